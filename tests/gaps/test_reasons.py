"""Reasons: what is said is so, resolves to records, and goes away with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from graph.columns import RELATIONS, Columns
from graph.gaps.answer import Reason
from graph.gaps.candidates import field
from graph.gaps.collaboration import collaboration
from graph.gaps.ground import ground
from graph.gaps.pairs import pair, pairs
from graph.gaps.reasons import Told, reasons
from graph.gaps.rows import MissingPair
from graph.gaps.scope import scope_of
from graph.gaps.words import say
from graph.node import Concept, Node, PartialDate, Ref, Text
from tests.gaps.maps import PAGE, Actor, Project, map_of

BATTERIES = ("batteries",)
_SAMPLE = 23  # every pair of the demo takes more than a minute; 1 does so


def relation(key: str, kind: str, **ends: object) -> Node:
    node = Node(f"rel/{key}", kind, [PAGE])
    for name, value in ends.items():
        node.add(name, value)  # type: ignore[arg-type]
    return node


def doing(who: str, what: str) -> Node:
    area = {"area": Concept("tech", "batteries"), "activityKind": Concept("activity", what)}
    return relation(f"does-{who}", "TechnologyActivity", actor=Ref(who), **area)


def world(folder: Path) -> Columns:
    actors = {
        "lab": Actor("ResearchInstitute", "place/se-ab", (), "Lab"),
        "firm": Actor("Company", "place/se-ab", (), "Firm"),
        "far": Actor("Company", "place/se-m", BATTERIES, "Far"),
        "between": Actor("Company", "DE", (), "Between"),
        "payer": Actor("FundingAgency", "SE", (), "Payer"),
        "bombardier-one": Actor("Company", "DE", (), "Bombardier Transportation GmbH"),
        "bombardier-two": Actor("Company", "SE", (), "Bombardier Sweden AB"),
        "twice-one": Actor("Company", "SE", (), "Voltaic Cells AB"),
        "twice-two": Actor("Company", "SE", (), "Voltaic Cells Aktiebolag"),
    }
    projects = {
        "p1": Project(("lab:coordinator", "between"), "2023", "2025", BATTERIES, "Recycled lithium anodes"),
        "p2": Project(
            ("firm", "between:coordinator"), "2024", "2025", BATTERIES, "Lithium anodes from scrap, recycled"
        ),
        "p3": Project(("lab:coordinator", "between"), "2020", "2022", (), "Charging"),
        "p4": Project(("far", "payer:coordinator"), "2010", "2012", (), "Old study"),
    }
    called = [Node(key, "Project", [PAGE]).add("call", Ref("call")) for key in ("p1", "p2")]
    call = Node("call", "Call", [PAGE]).add("name", Text("Cells 2023", "en"))
    coming = Node("coming", "Call", [PAGE]).add("name", Text("Cells 2027", "en"))
    coming.add("closes", PartialDate.parse("2027-03-01")).add("topic", Concept("tech", "batteries"))
    money = [relation(f"pays-{key}", "Grant", funder=Ref("payer"), fundedEffort=Ref(key)) for key in ("p1", "p2")]
    more = [*called, call, coming, *money, doing("lab", "research"), doing("firm", "production")]
    others = {f"other{number}": Actor("Company", "NO") for number in range(8)}
    paid = {f"q{number}": Project((f"other{number}",), "2024", "2025") for number in range(8)}
    elsewhere = [relation(f"pays-q{nr}", "Grant", funder=Ref("bank"), fundedEffort=Ref(f"q{nr}")) for nr in range(8)]
    bank = Node("bank", "FundingAgency", [PAGE]).add("name", Text("Bank", "en"))
    return map_of(folder, actors | others, projects | paid, [*more, *elsewhere, bank])


@pytest.fixture(scope="module")
def columns(tmp_path_factory: pytest.TempPathFactory) -> Columns:
    return world(tmp_path_factory.mktemp("reasons"))


def told(columns: Columns, a: str, b: str) -> Told:
    net = collaboration(columns, scope_of(columns, technology=["batteries"]))
    return reasons(net, [(int(net.row_of[columns.node_of[a]]), int(net.row_of[columns.node_of[b]]))])[0]


def codes(found: Iterable[Reason]) -> set[str]:
    return {reason.note.code for reason in found}


def named(columns: Columns, found: Iterable[Reason], code: str) -> Mapping[str, list[str]]:
    (reason,) = [reason for reason in found if reason.note.code == code]
    return {name: [columns.key_of[node] for node in nodes] for name, nodes in reason.note.things.items()}


def test_every_kind_of_reason_that_the_records_give_is_told(columns: Columns) -> None:
    found = told(columns, "firm", "lab")
    assert codes(found.reasons) == {
        "shared-topic-both", "shared-technology", "common-partner-met", "research-maker", "leads-and-joins",
        "open-call", "same-call", "same-funder", "same-county", "both-active",
    }  # fmt: skip
    assert not found.against
    met = named(columns, found.reasons, "common-partner-met")
    assert met == {"a": ["firm"], "b": ["lab"], "partner": ["between"], "project_a": ["p2"], "project_b": ["p1"]}
    assert named(columns, found.reasons, "research-maker") == {
        "a": ["lab"],
        "b": ["firm"],
        "technology": ["tech/batteries"],
    }
    assert named(columns, found.reasons, "same-funder")["funder"] == ["payer"]
    assert named(columns, found.reasons, "open-call")["call"] == ["coming"]
    (topic,) = [reason for reason in found.reasons if reason.note.code == "shared-topic-both"]
    assert {"lithium", "anodes", "recycled"} >= set(str(topic.note.values["words"]).split(", "))


def test_the_sentences_read(columns: Columns) -> None:
    names = columns.nodes["name_en"]
    said = {say(reason.note, "en", lambda node: str(names[node])) for reason in told(columns, "firm", "lab").reasons}
    assert "In Batteries, Lab does research or development and Firm makes or sells." in said
    assert "Both are in Stockholm County." in said
    assert "Both are at work: Firm last in 2024, Lab last in 2024." in said


@pytest.mark.parametrize(
    ("a", "b", "code"),
    [
        ("far", "firm", "dormant"),
        ("bombardier-one", "bombardier-two", "same-brand"),
        ("twice-one", "twice-two", "probable-duplicate"),
    ],
)
def test_what_speaks_against_a_pair_is_told(columns: Columns, a: str, b: str, code: str) -> None:
    assert code in codes(told(columns, a, b).against)


def test_who_is_dormant_is_measured_by_what_its_source_knows(columns: Columns) -> None:
    (reason,) = [reason for reason in told(columns, "far", "firm").against if reason.note.code == "dormant"]
    assert reason.note.values == {"year": "2012", "horizon": "2024"}


def test_places_and_legal_forms_are_no_topic(tmp_path: Path) -> None:
    said = {"one": "Makes nordic equipment in Stockholm", "two": "Nordic supplier of equipment, Stockholm"}
    nodes = [Node(key, "Company", [PAGE]).add("description", Text(text, "en")) for key, text in said.items()]
    columns = map_of(tmp_path, {key: Actor("Company", "place/se-ab") for key in said}, {}, nodes)
    net = collaboration(columns, scope_of(columns))
    assert codes(reasons(net, [(0, 1)])[0].reasons) == {"same-county"}


def test_the_top_of_the_technologies_is_no_reason(tmp_path: Path) -> None:
    actors = {
        "grid": Actor("Company", "SE", ("demand-response",)),
        "cell": Actor("Company", "NO", ("batteries",)),
        "more": Actor("Company", "NO", ("batteries",)),
    }
    columns = map_of(tmp_path, actors, {})
    net = collaboration(columns, scope_of(columns))
    rows = {key: int(net.row_of[columns.node_of[key]]) for key in actors}
    assert net.stated[:, net.tech_column[columns.node_of["tech/cleantech"]]].sum() == 3
    assert not reasons(net, [(rows["grid"], rows["cell"])])[0].reasons
    assert codes(reasons(net, [(rows["cell"], rows["more"])])[0].reasons) == {"shared-technology", "same-country"}


def test_two_companies_with_one_focus_may_compete_unless_one_supplies_the_other(tmp_path: Path) -> None:
    actors = {key: Actor("Company", "SE", BATTERIES) for key in ("one", "two", "maker", "user")}
    actors |= {
        "wide": Actor("Company", "SE", ("batteries", "solar-pv")),
        "lab": Actor("ResearchInstitute", "SE", BATTERIES),
    }
    columns = map_of(tmp_path, actors, {}, [doing("maker", "production"), doing("user", "use")])
    assert codes(told(columns, "one", "two").against) == {"may-compete"}
    for other in ("wide", "lab"):
        assert not told(columns, "one", other).against
    assert not told(columns, "maker", "user").against


@pytest.fixture(scope="module")
def silent(tmp_path_factory: pytest.TempPathFactory) -> Columns:
    actors = {
        "uni": Actor("HigherEducationInstitution", "SE"),
        "dept": Actor("ResearchGroup", "SE"),
        "member": Actor("Company", "SE"),
        "quiet": Actor("Company", "SE"),
        "centre": Actor("Network", "SE"),
        "new": Actor("Company", "SE"),
    }
    projects = {
        "p1": Project(("dept:coordinator", "quiet", "centre", "member"), "2008", "2010"),
        "p2": Project(("uni:coordinator",), "2022", "2024"),
        "p3": Project(("new",), "2023", "2024"),
    }
    part = relation("in", "Participation", participant=Ref("member"), inEffort=Ref("lasting"))
    part.add("role", Concept("role", "member"))
    lasting = (
        Node("lasting", "Programme", [PAGE]).add("name", Text("Lasting", "en")).add("start", PartialDate.parse("2012"))
    )
    unit = Node("dept", "ResearchGroup", [PAGE]).add("unitOf", Ref("uni"))
    return map_of(tmp_path_factory.mktemp("silent"), actors, projects, [unit, lasting, part])


def test_who_is_silent_is_judged_with_its_group_and_its_lasting_efforts(silent: Columns) -> None:
    net = collaboration(silent, scope_of(silent))
    found = ground(net).silent
    assert {silent.key_of[node] for node in net.nodes[found]} == {"quiet"}


def without(columns: Columns, cited: set[int]) -> Columns:
    """The columns as if nobody had written down what is cited: no relation, fact, technology, place, name or text that rests
    on it alone."""
    gone = columns.relations.filter(_rests_on(cited))
    kept = columns.relations.filter(~_rests_on(cited)).drop("relation").with_row_index("relation")
    unsaid = columns.facts.filter(_rests_on(cited))
    said = gone.filter(pl.col("tie") == "technology")["a"]
    topics = unsaid.filter(pl.col("property") == "topic")["node"]
    technology = columns.technology.filter(~pl.col("node").is_in(pl.concat([said, topics]).implode()))
    sites = gone.filter(pl.col("tie") == "site")["a"]
    placeless = pl.concat([sites, unsaid.filter(pl.col("property") == "countryCode")["node"]])
    where = ["place", "county", "municipality", "country", "lat", "lon"]
    nowhere = pl.col("node").is_in(placeless.implode())
    texts = ["name_sv", "description_en", "description_sv"]
    nodes = columns.nodes.with_columns(
        *(pl.when(nowhere).then(None).otherwise(pl.col(name)).alias(name) for name in where),
        *(pl.when(_rests_on(cited)).then(None).otherwise(pl.col(name)).alias(name) for name in texts),
        pl.when(_rests_on(cited)).then(pl.lit("Organisation 1")).otherwise("name_en").alias("name_en"),
    )
    facts = columns.facts.filter(~_rests_on(cited))
    return Columns(nodes, kept.cast(RELATIONS), facts, columns.evidence, technology, columns.links)


def _rests_on(cited: set[int]) -> pl.Expr:
    return (pl.col("evidence").list.len() > 0) & pl.col("evidence").list.eval(
        pl.element().is_in(list(cited))
    ).list.all()


def apart(columns: Columns) -> Columns:
    """The same map, where each relation, thing and fact has a record of its own."""
    numbered = []
    first = 0
    for table in (columns.relations, columns.nodes, columns.facts):
        ids = pl.Series("evidence", [[one] for one in range(first, first + table.height)], dtype=pl.List(pl.UInt32))
        numbered.append(table.with_columns(ids))
        first += table.height
    evidence = pl.concat([columns.evidence.head(1)] * first).with_columns(
        pl.Series("evidence", range(first), dtype=columns.evidence.schema["evidence"])
    )
    relations, nodes, facts = numbered
    return Columns(nodes, relations, facts, evidence, columns.technology, columns.links)


def drops(columns: Columns, row: MissingPair, code: str, **said: Sequence[str]) -> tuple[float, float]:
    """What the pair scores, and what without the records that this kind of reason cites."""
    cited = {one for told in row.reasons if told.note.code == code for proof in told.proofs for one in proof.evidence}
    poorer = without(columns, cited)
    again = collaboration(poorer, scope_of(poorer, **said))  # type: ignore[arg-type]
    after = pair(again, int(again.row_of[row.a]), int(again.row_of[row.b]), row.history)
    return row.score, after.score


def test_each_kind_of_reason_goes_with_its_records(columns: Columns) -> None:
    held = apart(columns)
    net = collaboration(held, scope_of(held, technology=["batteries"]))
    firm, lab = (int(net.row_of[held.node_of[key]]) for key in ("firm", "lab"))
    row = pair(net, firm, lab, "never")
    kinds = codes(row.reasons)
    assert len(kinds) == 10
    for code in sorted(kinds):
        before, after = drops(held, row, code, technology=["batteries"])
        assert after < before, code


def test_each_kind_of_reason_of_the_demo_goes_with_its_records(demo_columns: Columns) -> None:
    net = collaboration(demo_columns, scope_of(demo_columns))
    first: dict[str, MissingPair] = {}
    for row in pairs(net, limit=400, most_each=400).rows:
        for reason in row.reasons:
            first.setdefault(reason.note.code, row)
    assert {"shared-topic-both", "shared-technology", "common-partner-met", "same-town", "same-funder"} <= first.keys()
    for code, row in sorted(first.items()):
        before, after = drops(demo_columns, row, code)
        assert after < before, code


def test_every_reason_of_the_demo_resolves_to_records(demo_columns: Columns) -> None:
    net = collaboration(demo_columns, scope_of(demo_columns))
    everybody = np.flatnonzero(field(net).both).tolist()
    ends = [(a, b) for a in everybody for b in everybody if a < b and not net.ever[a, b]]
    assert len(ends) > 50_000
    for found in reasons(net, ends[::_SAMPLE]):
        for reason in (*found.reasons, *found.against):
            assert reason.proofs
            for proof in reason.proofs:
                assert 0 <= proof.thing < demo_columns.nodes.height
                assert proof.evidence
                assert max(proof.evidence) < demo_columns.evidence.height


def test_every_reason_of_the_first_pairs_of_the_demo_can_be_said(demo_columns: Columns) -> None:
    net = collaboration(demo_columns, scope_of(demo_columns))
    rows = pairs(net, limit=400, most_each=400).rows
    assert len(rows) == 400
    for row in rows:
        for reason in (*row.reasons, *row.against):
            for lang in ("en", "sv"):
                assert say(reason.note, lang, lambda node: str(demo_columns.nodes["name_en"][node]))
