"""The matrix of groups: its numbers by counting every pair, its statuses, and what it says where there is nothing."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from graph.columns import Columns
from graph.gaps.actors import TYPES
from graph.gaps.answer import Answer
from graph.gaps.brokers import brokers
from graph.gaps.collaboration import Collaboration, collaboration
from graph.gaps.grouping import BY, By, heads, regions
from graph.gaps.matrix import LEAST, matrix
from graph.gaps.matrix_parts import FEWEST
from graph.gaps.rows import Cell, Group
from graph.gaps.scope import Scope, scope_of
from graph.gaps.words import say
from graph.node import Node, Ref
from tests.gaps.maps import PAGE, Actor, Project, map_of

KINDS = ("HigherEducationInstitution", "Company", "PublicBody", "InvestmentOrganization", "Organization")
PLACES = ("place/se-ab", "place/se-m", "NO", None)


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Columns:
    """40 organisations of five kinds in four places, 120 projects on two areas; some are undated, some have no area."""
    rng = np.random.default_rng(5)
    kinds = rng.choice(len(KINDS), 40, p=[0.3, 0.4, 0.1, 0.1, 0.1])
    techs = rng.random(40) < 0.3
    actors = {
        f"o{n}": Actor(KINDS[kinds[n]], PLACES[n % 4], ["batteries"] if techs[n] else [], f"Number {n}")
        for n in range(40)
    }
    projects = {}
    for number in range(120):
        who = rng.choice(list(actors), rng.integers(1, 9), replace=False).tolist()
        start = None if number % 10 == 0 else str(2008 + number % 12)
        areas = (["batteries"], ["wind-power"], ["batteries", "wind-power"], [])[number % 4]
        projects[f"p{number}"] = Project(who, start, None if number % 3 else "2022", areas)
    return map_of(tmp_path_factory.mktemp("mixed"), actors, projects)


def group_of(net: Collaboration, row: int, by: By) -> tuple[str | None, str | None] | None:
    """What the row counts as; None for none."""
    region, kind = regions(net)[row], TYPES[net.types[row]]
    if by == "region":
        return None if region is None else (region, None)
    if kind == "other" or (by == "region-type" and region is None):
        return None
    return (region if by == "region-type" else None), kind


def counted(
    net: Collaboration, tech: str, by: By
) -> dict[frozenset[tuple[str | None, str | None]], tuple[float, float, int]]:
    """O, E and the pairs never linked of every cell, by going through every pair of actors."""
    on = np.flatnonzero(net.occasions_on([tech]))
    there = net.incidence.toarray()[:, on]
    size = there.sum(axis=0)
    weight = there * (net.decay[on] / (size - 1))
    strength = (there * net.decay[on]).sum(axis=1)
    works = net.working_on([tech])
    cells: dict[frozenset[tuple[str | None, str | None]], list[float]] = {}
    for i, j in combinations(range(len(net.nodes)), 2):
        one, other = group_of(net, i, by), group_of(net, j, by)
        if one is None or other is None or not (works[i] and works[j]):
            continue
        cell = cells.setdefault(frozenset((one, other)), [0.0, 0.0, 0.0])
        cell[0] += float((weight[i] * there[j]).sum())
        cell[1] += strength[i] * strength[j] / strength.sum()
        cell[2] += 1 - int(net.ever[i, j])
    return {key: (held[0], held[1], int(held[2])) for key, held in cells.items()}


@pytest.mark.parametrize("by", BY)
@pytest.mark.parametrize("half_life", [5.0, 0.0])
def test_the_numbers_are_those_of_counting_every_pair(mixed: Columns, by: By, half_life: float) -> None:
    scope = scope_of(mixed, technology=["batteries"], half_life=half_life)
    net = collaboration(mixed, scope)
    expected = counted(net, "batteries", by)
    found = {frozenset(((c.a.region, c.a.type), (c.b.region, c.b.type))): c for c in matrix(net, by=by).rows}
    assert found
    for key, cell in found.items():
        seen, chance, never = expected.get(key, (0.0, 0.0, 0))
        assert cell.observed == pytest.approx(seen, abs=1e-9), key
        assert cell.expected == pytest.approx(chance, abs=1e-9), key
        assert cell.gap == pytest.approx(math.log((seen + 1) / (chance + 1)), abs=1e-9)
        assert cell.missing_pairs == never, key
    large = [key for key, (_, chance, _) in expected.items() if chance >= LEAST]
    assert set(large) <= set(found)


def test_what_all_cells_expect_is_what_all_pairs_expect(mixed: Columns) -> None:
    """M/2 but for the pairs of an actor with itself and for those in no group."""
    net = collaboration(mixed, scope_of(mixed, half_life=0))
    strength = (net.incidence.toarray() * net.decay).sum(axis=1)
    grouped = net.types != TYPES.index("other")
    mass = strength[grouped]
    expected = (mass.sum() ** 2 - (mass**2).sum()) / strength.sum() / 2
    cells = [cell for cell in matrix(net, limit=None).rows if cell.technology is None]
    assert sum(cell.expected for cell in cells) == pytest.approx(expected)


def test_the_status_follows_from_the_numbers(demo_columns: Columns) -> None:
    cells = matrix(collaboration(demo_columns), limit=None).rows
    assert {cell.status for cell in cells} == {"gap", "as-expected", "over-linked", "cannot-say", "too-few-actors"}
    for cell in cells:
        few = min(cell.a.heads, cell.b.heads) < FEWEST
        assert (cell.status == "too-few-actors") == few
        if cell.low is None or cell.high is None:
            assert cell.status in ("too-few-actors", "cannot-say")
            continue
        assert cell.expected >= LEAST
        assert cell.low <= cell.high
        assert cell.status == ("gap" if cell.high < 0 else "over-linked" if cell.low > 0 else "as-expected")


def test_the_most_severe_come_first_and_the_limit_leaves_the_rest(demo_columns: Columns) -> None:
    net = collaboration(demo_columns)
    whole, cut = matrix(net, limit=None), matrix(net, limit=7)
    assert whole.total == cut.total == len(whole.rows) > 7
    assert cut.rows == whole.rows[:7]
    order = ["gap", "as-expected", "over-linked", "cannot-say", "too-few-actors"]
    ranks = [(order.index(cell.status), round(cell.gap, 9)) for cell in whole.rows]
    assert ranks == sorted(ranks)


def test_the_same_map_and_seed_give_the_same_rows(demo_columns: Columns) -> None:
    net = collaboration(demo_columns, scope_of(demo_columns, technology=["batteries"]))
    assert matrix(net) == matrix(net)
    assert matrix(net, seed=1) != matrix(net)


def test_without_reshuffles_nothing_is_said(demo_columns: Columns) -> None:
    cells = matrix(collaboration(demo_columns), reshuffles=0, limit=None).rows
    assert {cell.status for cell in cells} == {"cannot-say", "too-few-actors"}
    assert all(cell.low is None and cell.high is None for cell in cells)


def test_a_region_stands_against_what_is_outside(mixed: Columns) -> None:
    net = collaboration(mixed, scope_of(mixed, technology=["batteries"], region=["SE110"]))
    touching = matrix(net, limit=None)
    assert {(cell.a.region, cell.a.outside) for cell in touching.rows} == {("place/se-ab", False)}
    assert {(cell.b.region, cell.b.outside) for cell in touching.rows} == {("place/se-ab", False), (None, True)}
    within = matrix(replace(net, scope=replace(net.scope, reach="within")), limit=None)
    assert {(cell.b.region, cell.b.outside) for cell in within.rows} == {("place/se-ab", False)}
    assert set(within.rows) < set(touching.rows)


def test_inside_and_outside_make_up_the_whole(mixed: Columns) -> None:
    """What a type has with another one is what its parts have with the parts of the other."""
    scope = scope_of(mixed, technology=["batteries"], type="research-company")
    (whole,) = matrix(collaboration(mixed, scope)).rows
    parts = matrix(collaboration(mixed, replace(scope, regions=("place/se-ab",)))).rows
    beyond = matrix(
        collaboration(mixed, replace(scope, regions=("place/se-m", "NO", "place/se-ab"), reach="within"))
    ).rows
    assert len(parts) == 3
    assert sum(cell.observed for cell in parts) < whole.observed
    assert sum(cell.missing_pairs for cell in beyond) < whole.missing_pairs
    assert len(beyond) == 9


def test_types_of_the_scope_choose_and_turn_the_cells(mixed: Columns) -> None:
    net = collaboration(mixed, scope_of(mixed, technology=["batteries"], type="company-research"))
    (cell,) = matrix(net).rows
    assert (cell.a.type, cell.b.type) == ("company", "research")
    turned = collaboration(mixed, scope_of(mixed, technology=["batteries"], type="research-company"))
    (other,) = matrix(turned).rows
    assert other == replace(cell, a=cell.b, b=cell.a)
    near = collaboration(mixed, replace(net.scope, regions=("place/se-ab", "NO")))
    for by in BY[1:]:
        rows = matrix(near, by=by, limit=None).rows
        assert {(one.a.type, one.b.type) for one in rows} == {("company", "research")}


def test_a_type_that_nobody_is_of_has_too_few_actors(mixed: Columns) -> None:
    net = collaboration(mixed, scope_of(mixed, technology=["batteries"], type="funder-company"))
    (cell,) = matrix(net).rows
    assert cell.a == Group(None, "funder", 0)
    assert cell.status == "too-few-actors"


def test_no_dates_no_statement(tmp_path: Path) -> None:
    """Without dates old ties cannot be told from new ones; when ties do not age, dates are not needed."""
    columns = dense(tmp_path, None)
    aged = matrix(collaboration(columns, scope_of(columns, technology=["batteries"])))
    assert {cell.status for cell in aged.rows} == {"cannot-say"}
    assert [note.code for note in aged.notes] == ["absence", "matrix-silent", "matrix-undated"]
    ageless = matrix(collaboration(columns, scope_of(columns, technology=["batteries"], half_life=0)))
    assert "cannot-say" not in {cell.status for cell in ageless.rows}


def test_undated_occasions_are_left_out_when_years_are_asked_for(tmp_path: Path) -> None:
    columns = dense(tmp_path, None)
    answer = matrix(collaboration(columns, scope_of(columns, technology=["batteries"], year_from=2015)))
    assert_empty(answer, "no-years-recorded")


def dense(folder: Path, start: str | None) -> Columns:
    """Twelve companies and research organisations in forty projects of six."""
    rng = np.random.default_rng(1)
    actors = {f"o{n}": Actor(KINDS[n % 2], techs=["batteries"]) for n in range(24)}
    return map_of(
        folder,
        actors,
        {
            f"p{n}": Project(rng.choice(list(actors), 6, replace=False).tolist(), start, None, ["batteries"])
            for n in range(40)
        },
    )


def test_few_ties_say_nothing(tmp_path: Path) -> None:
    actors = {f"o{n}": Actor(KINDS[n % 2], techs=["batteries"]) for n in range(20)}
    columns = map_of(tmp_path, actors, {"p": Project(["o1", "o2", "o3"], "2020", None, ["batteries"])})
    answer = matrix(collaboration(columns, scope_of(columns, technology=["batteries"])))
    assert {cell.status for cell in answer.rows} == {"cannot-say"}
    assert "matrix-silent" in {note.code for note in answer.notes}


def test_one_organisation_has_nobody_to_miss(tmp_path: Path) -> None:
    columns = map_of(tmp_path, {"a": Actor(techs=["batteries"])}, {"p": Project(["a"], techs=["batteries"])})
    assert_empty(matrix(collaboration(columns)), "no-ties")
    assert_empty(matrix(collaboration(columns, scope_of(columns, technology=["batteries"]))), "no-ties")


def test_nobody_in_the_region(mixed: Columns) -> None:
    scope = Scope(technologies=("batteries",), regions=("FI",))
    assert_empty(matrix(collaboration(mixed, scope)), "no-actors")


def test_nobody_has_a_place(tmp_path: Path) -> None:
    columns = dense(tmp_path, "2020")
    assert_empty(matrix(collaboration(columns), by="region"), "matrix-ungrouped")


def test_regions_with_few_actors_are_counted_and_left_out(mixed: Columns) -> None:
    """Unless the scope asks for them: then they are there, as too few."""
    net = collaboration(mixed, scope_of(mixed, technology=["batteries"]))
    answer = matrix(net, by="region-type")
    groups = (group_of(net, int(row), "region-type") for row in np.flatnonzero(net.working_on(["batteries"])))
    sizes = Counter(group for group in groups if group is not None)
    assert min(min(cell.a.heads, cell.b.heads) for cell in answer.rows) >= FEWEST
    (small,) = (note for note in answer.notes if note.code == "matrix-small")
    assert small.values["groups"] == sum(size < FEWEST for size in sizes.values()) > 0
    asked = matrix(
        collaboration(mixed, scope_of(mixed, technology=["batteries"], region=["NO"])), by="region-type", limit=None
    )
    assert any(cell.a.region == "NO" and cell.status == "too-few-actors" for cell in asked.rows)


def test_whose_county_is_not_known_is_in_no_region(demo_columns: Columns) -> None:
    """Where counties are known, a region that is only `somewhere in the country` would be none."""
    answer = matrix(collaboration(demo_columns), by="region", limit=None)
    assert "SE" not in {group.region for cell in answer.rows for group in (cell.a, cell.b)}
    (note,) = (note for note in answer.notes if note.code == "matrix-placeless")
    organisations = demo_columns.nodes.filter(pl.col("group") == "organisation")
    lost = organisations.filter(pl.col("county").is_null(), pl.col("country").is_null() | (pl.col("country") == "SE"))
    assert note.values["actors"] == lost.height


def test_subsidiaries_count_as_their_owner(demo_columns: Columns) -> None:
    one, whole = (
        matrix(collaboration(demo_columns, scope_of(demo_columns, type="company-research", rollup=rollup)), limit=None)
        for rollup in (True, False)
    )
    sizes = [
        {cell.technology: cell.a.actors for cell in answer.rows if cell.technology is None} for answer in (one, whole)
    ]
    assert sizes[0][None] < sizes[1][None]


def assert_empty(answer: Answer[Cell], code: str) -> None:
    """No rows, no total, and a sentence in both languages that says why."""
    assert answer.rows == ()
    assert answer.total == 0
    assert answer.empty is not None
    assert answer.empty.code == code
    assert say(answer.empty, "en", str) != say(answer.empty, "sv", str)


def test_a_university_and_its_own_groups_are_one_actor(tmp_path: Path) -> None:
    """Four labs of one university and one other: six organisations, and two actors."""
    labs = [f"lab{n}" for n in range(4)]
    research = {key: Actor("ResearchGroup", "SE", ["batteries"]) for key in labs}
    research |= {key: Actor("HigherEducationInstitution", "SE", ["batteries"]) for key in ("uni", "other")}
    firms = {f"f{n}": Actor("Company", "SE", ["batteries"]) for n in range(6)}
    projects = {f"p{n}": Project([*research, *firms], "2020", None, ["batteries"]) for n in range(9)}
    units = [Node(key, "ResearchGroup", [PAGE]).add("unitOf", Ref("uni")) for key in labs]
    columns = map_of(tmp_path, research | firms, projects, units)
    net = collaboration(columns, scope_of(columns, technology=["batteries"], type="research-company"))
    assert heads(net, net.of_type("research")) == 2
    assert heads(net, net.of_type("company")) == 6
    assert heads(net, np.zeros(len(net.nodes), dtype=bool)) == 0
    (cell,) = matrix(net, reshuffles=20).rows
    assert (cell.a.actors, cell.a.heads, cell.b.heads) == (6, 2, 6)
    assert cell.status == "too-few-actors"
    assert not brokers(net).rows
