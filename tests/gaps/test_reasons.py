"""Reasons: what is said is so, resolves to records, and goes away with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import polars as pl
import pytest

from graph.columns import RELATIONS, Columns
from graph.gaps.answer import Reason
from graph.gaps.collaboration import collaboration
from graph.gaps.pairs import pair, pairs
from graph.gaps.reasons import Told, reasons
from graph.gaps.scope import scope_of
from graph.gaps.words import say
from graph.node import Concept, Node, PartialDate, Ref, Text
from tests.gaps.maps import PAGE, Actor, Project, map_of

BATTERIES = ("batteries",)


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


def without(columns: Columns, cited: set[int], things: set[int]) -> Columns:
    """The columns as if nobody had written down what is cited: no relation, technology or place that rests on it alone."""
    gone = columns.relations.filter(_rests_on(cited))
    kept = columns.relations.filter(~_rests_on(cited)).drop("relation").with_row_index("relation")
    said = gone.filter(pl.col("tie") == "technology").select(pl.col("a").alias("node"))
    ends = pl.concat([said["node"], pl.Series(sorted(things), dtype=pl.UInt32)])
    technology = columns.technology.filter(~pl.col("node").is_in(ends.implode()))
    facts = columns.facts.filter(~(pl.col("node").is_in(list(things)) & pl.col("property").is_in(["call", "name"])))
    return Columns(columns.nodes, kept.cast(RELATIONS), facts, columns.evidence, technology, columns.links)


def _rests_on(cited: set[int]) -> pl.Expr:
    return (pl.col("evidence").list.len() > 0) & pl.col("evidence").list.eval(
        pl.element().is_in(list(cited))
    ).list.all()


def test_whoever_takes_the_cited_records_away_lowers_the_score(demo_columns: Columns) -> None:
    net = collaboration(demo_columns, scope_of(demo_columns))
    for row in pairs(net, limit=6).rows:
        cited = {one for reason in row.reasons for proof in reason.proofs for one in proof.evidence}
        things = {proof.thing for reason in row.reasons for proof in reason.proofs}
        poorer = without(demo_columns, cited, things)
        again = collaboration(poorer, scope_of(poorer))
        ends = int(again.row_of[row.a]), int(again.row_of[row.b])
        after = pair(again, *ends, row.history)
        assert after.score < row.score


def test_every_reason_of_the_demo_resolves_to_records(demo_columns: Columns) -> None:
    net = collaboration(demo_columns, scope_of(demo_columns))
    rows = pairs(net, limit=400, most_each=400).rows
    assert len(rows) == 400
    for row in rows:
        for reason in (*row.reasons, *row.against):
            assert reason.proofs
            for proof in reason.proofs:
                assert 0 <= proof.thing < demo_columns.nodes.height
                assert proof.evidence
                assert max(proof.evidence) < demo_columns.evidence.height
            for lang in ("en", "sv"):
                assert say(reason.note, lang, lambda node: str(demo_columns.nodes["name_en"][node]))
