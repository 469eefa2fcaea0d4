"""Poor maps and narrow scopes get an honest answer from every finding of regions, and proofs that resolve."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.columns import Columns
from graph.gaps.answer import Answer, Note, Proof
from graph.gaps.chains import chains
from graph.gaps.collaboration import Collaboration, collaboration
from graph.gaps.deserts import deserts
from graph.gaps.orphans import orphans
from graph.gaps.rows import Chain, Desert, Introduction
from graph.gaps.scope import Scope, scope_of
from graph.gaps.venture_day import venture_day
from graph.gaps.whitespace import white_space
from graph.gaps.words import say
from graph.node import Node, Ref
from tests.benchmarks.seeded import seeded
from tests.gaps.maps import PAGE, Actor, Project, map_of

Finding = Callable[[Collaboration], Answer[object]]
FINDINGS = (orphans, deserts, chains, white_space, venture_day)
each = pytest.mark.parametrize("find", FINDINGS, ids=lambda find: find.__name__)


def notes(answer: Answer[object]) -> Iterator[Note]:
    yield from answer.notes
    if answer.empty is not None:
        yield answer.empty
    for row in answer.rows:
        if isinstance(row, Desert | Chain):
            yield row.why
        if isinstance(row, Introduction):
            yield from (reason.note for reason in (*row.reasons, *row.against))


def proofs(answer: Answer[object]) -> Iterator[Proof]:
    for row in answer.rows:
        if isinstance(row, Introduction):
            yield from (proof for reason in (*row.reasons, *row.against) for proof in reason.proofs)
        else:
            yield from row.proofs  # type: ignore[attr-defined]


def check(columns: Columns, answer: Answer[object]) -> None:
    """Every sentence can be said, and every proof stands in the table of evidence."""
    for note in notes(answer):
        for lang in ("en", "sv"):
            assert say(note, lang, lambda node: columns.key_of[node])
    for proof in proofs(answer):
        assert proof.evidence
        assert 0 <= proof.thing < columns.nodes.height
        assert all(0 <= one < columns.evidence.height for one in proof.evidence)
    assert answer.rows or answer.empty is not None
    assert answer.notes[0].code == "absence"


@each
def test_one_organisation(find: Finding, tmp_path: Path) -> None:
    columns = map_of(tmp_path, {"a": Actor("Company", "SE", ["batteries"])}, {})
    check(columns, find(collaboration(columns)))


@each
def test_a_map_with_no_organisation(find: Finding, tmp_path: Path) -> None:
    columns = map_of(tmp_path, {}, {})
    check(columns, find(collaboration(columns)))


@each
def test_nothing_dated_nothing_placed_no_money(find: Finding, tmp_path: Path) -> None:
    actors = {f"a{n}": Actor("Company" if n % 2 else "ResearchGroup", None, ["batteries"]) for n in range(12)}
    projects = {f"p{n}": Project([f"a{n}", f"a{n + 1}"], None, None, ["batteries"]) for n in range(11)}
    columns = map_of(tmp_path, actors, projects)
    check(columns, find(collaboration(columns)))


@each
def test_groups_rolled_up(find: Finding, tmp_path: Path) -> None:
    units = [Node("unit", "ResearchGroup", [PAGE]).add("unitOf", Ref("school"))]
    actors = {"school": Actor("HigherEducationInstitution", "SE", ["batteries"]), "firm": Actor("Company", "SE")}
    columns = map_of(tmp_path, actors, {"p": Project(["unit", "firm"], techs=["wind-power"])}, units)
    check(columns, find(collaboration(columns, Scope(rollup=True))))


@each
def test_narrow_scopes_on_the_demo(find: Finding, demo_columns: Columns) -> None:
    for filters in (
        {"technology": ["batteries"], "region": ["SE110"], "reach": "within"},
        {"technology": ["lighting"], "region": ["NO"]} if "tech/lighting" in demo_columns.node_of else {},
        {"year_from": 1950, "year_to": 1951},
        {"tie": ["venture"]},
    ):
        check(demo_columns, find(collaboration(demo_columns, scope_of(demo_columns, **filters))))


@each
def test_a_seeded_network_gives_the_same_twice(find: Finding) -> None:
    columns = seeded(400, 1500)
    answer = find(collaboration(columns))
    check(columns, answer)
    again = seeded(400, 1500)
    assert find(collaboration(again)).rows == answer.rows
    assert answer.coverage.tied
