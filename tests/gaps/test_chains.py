"""Chains from research to the market break where they were broken, and unknown stages are not called missing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from graph.columns import Columns
from graph.gaps.answer import Answer
from graph.gaps.chains import chains
from graph.gaps.collaboration import collaboration
from graph.gaps.rows import STAGES, Chain
from graph.gaps.scope import Scope, scope_of
from graph.node import Concept, Node, Ref
from tests.gaps.maps import PAGE, Actor, Project, map_of

ON = ["batteries"]
STOCKHOLM = {
    "r": Actor("ResearchGroup", "place/se-ab", ON),
    "bed": Actor("TestBed", "place/se-ab", ON),
    "c1": Actor("Company", "place/se-ab", ON),
    "c2": Actor("Company", "place/se-ab", ON),
    "c3": Actor("Company", "place/se-ab", ON),
}
SKANE = {
    "s": Actor("ResearchGroup", "place/se-m", ON),
    **{f"d{number}": Actor("Company", "place/se-m", ON) for number in range(4)},
}
ABROAD = {"n": Actor("ResearchGroup", "NO", ON), **{f"o{number}": Actor("Company", "NO", ON) for number in range(4)}}
BUYERS = {"b1": Actor("Company", "DE"), "b2": Actor("PublicBody", "DE")}
ACTORS = {**STOCKHOLM, **SKANE, **ABROAD, **BUYERS}
PROJECTS = {
    "p": Project(["r", "c1"], techs=ON),
    "q": Project(["s", "d0"], techs=ON),
    "far": Project(["n", "o0"], techs=ON),
}


def used(bed: str, *who: str) -> list[Node]:
    """Partners of a test bed."""
    return [
        Node(f"rel/use-{bed}-{one}", "Participation", [PAGE])
        .add("participant", Ref(one))
        .add("inEffort", Ref(bed))
        .add("role", Concept("role", "partner"))
        for one in who
    ]


def sold(customer: str, supplier: str) -> Node:
    node = Node(f"rel/sold-{customer}-{supplier}", "Partnership", [PAGE]).add("customer", Ref(customer))
    return node.add("supplier", Ref(supplier)).add("partnershipKind", Concept("partnership", "customer"))


def found(columns: Columns, scope: Scope | None = None) -> Answer[Chain]:
    return chains(collaboration(columns, scope or scope_of(columns, technology=["batteries"])))


def by_region(answer: Answer[Chain]) -> Mapping[str, Chain]:
    return {row.region: row for row in answer.rows}


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Columns:
    more = [*used("bed", "r", "c1"), sold("b1", "c1"), sold("b2", "c2")]
    return map_of(tmp_path_factory.mktemp("chains"), ACTORS, PROJECTS, more)


def test_a_whole_chain_has_all_stages_with_who_stands_there(planted: Columns) -> None:
    row = by_region(found(planted))["place/se-ab"]
    assert (row.breaks, row.why.code) == (None, "chains-whole")
    keys = {link.stage: {planted.key_of[node] for node in link.actors} for link in row.links}
    assert keys == {
        "research": {"r"},
        "development": {"c1"},
        "pilot": {"bed", "r", "c1"},
        "company": {"c1", "c2", "c3"},
        "market": {"b1", "b2"},
    }
    # c1 takes part in the test bed, as does r; nobody ties c2 and c3; both buyers have a supplier
    assert [link.tied for link in row.links] == [1, 1, 3, 1, 2]


def test_the_first_stage_without_anybody_breaks_the_chain(planted: Columns) -> None:
    row = by_region(found(planted))["place/se-m"]
    assert (row.breaks, row.why.code) == ("pilot", "chains-no-pilot")
    assert all(proof.evidence for proof in row.proofs)
    assert row.proofs


def test_stages_that_the_sources_do_not_record_in_a_country_are_unknown(planted: Columns) -> None:
    answer = found(planted)
    row = by_region(answer)["NO"]
    assert row.breaks is None
    assert [link.stage for link in row.links if not link.known] == ["pilot", "market"]
    assert "chains-unsaid" in [note.code for note in answer.notes]


def test_broken_chains_come_first(planted: Columns) -> None:
    assert [row.breaks is None for row in found(planted).rows] == [False, True, True]


@pytest.mark.parametrize(
    ("projects", "breaks", "why"),
    [
        ({"q": Project(["d0", "d1"], techs=ON)}, "development", "chains-untied-development"),
        ({"q": Project(["s", "n"], techs=ON), "p": PROJECTS["p"]}, "development", "chains-no-development"),
    ],
    ids=["nobody is tied", "nobody is there"],
)
def test_where_a_chain_breaks(tmp_path: Path, projects: Mapping[str, Project], breaks: str, why: str) -> None:
    columns = map_of(tmp_path, ACTORS, projects)
    row = by_region(found(columns))["place/se-m"]
    assert (row.breaks, row.why.code) == (breaks, why)


def test_a_chain_without_research_has_no_beginning(tmp_path: Path) -> None:
    columns = map_of(tmp_path, {**STOCKHOLM, **SKANE, "s": Actor("Company", "place/se-m", ON)}, {"p": PROJECTS["p"]})
    row = by_region(found(columns))["place/se-m"]
    assert (row.breaks, row.why.code) == ("research", "chains-no-research")


def test_few_organisations_make_no_chain(tmp_path: Path) -> None:
    columns = map_of(tmp_path, {"a": Actor("Company", "SE", ON), "b": Actor("ResearchGroup", "SE", ON)}, {})
    answer = found(columns)
    assert answer.rows == ()
    assert answer.empty is not None
    assert answer.empty.code == "chains-none"


def test_said_activities_make_stages(tmp_path: Path) -> None:
    kinds = {"d1": "test", "d2": "use", "d3": "research"}
    said = [
        Node(f"rel/kind-{who}", "TechnologyActivity", [PAGE])
        .add("actor", Ref(who))
        .add("area", Concept("tech", "batteries"))
        .add("activityKind", Concept("activity", kind))
        for who, kind in kinds.items()
    ]
    columns = map_of(tmp_path, {**STOCKHOLM, **SKANE}, PROJECTS | {"far": Project(["s", "d0"])}, said)
    row = by_region(found(columns))["place/se-m"]
    at = {link.stage: {columns.key_of[node] for node in link.actors} for link in row.links}
    assert (at["pilot"], at["market"], at["research"]) == ({"d1"}, {"d2"}, {"s", "d3"})


def test_the_demo_gives_chains_with_records(demo_columns: Columns) -> None:
    answer = found(demo_columns, Scope())
    assert answer.rows == found(demo_columns, Scope()).rows
    assert {row.breaks for row in answer.rows} >= {"development", "pilot"}
    for row in answer.rows:
        assert [link.stage for link in row.links] == list(STAGES)
        assert row.proofs
        assert all(proof.evidence for proof in row.proofs)
