"""On networks that are made up: a gap that was planted is found, and none is found where everything was shuffled."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from graph.columns import Columns
from graph.gaps.collaboration import collaboration
from graph.gaps.matrix import LEAST, matrix
from graph.gaps.reshuffle import reshuffles
from graph.gaps.scope import scope_of
from graph.gaps.tally import Table, Tally, tallies
from tests.gaps.maps import Actor, Project, map_of

Ints = npt.NDArray[np.int64]
GROUPS, OFTEN = 12, 200


def network(seed: int, *, liking: float = 1.0, actors: int = 360, occasions: int = 600) -> Table:
    """Occasions of 2 to 15 actors, some of whom are in very many. With a liking above 1 the groups stand in a ring and
    take rather to themselves and their neighbours."""
    rng = np.random.default_rng(seed)
    groups = np.arange(actors) % GROUPS
    likely = rng.lognormal(0, 1, actors)
    who = []
    for _ in range(occasions):
        centre = rng.integers(GROUPS)
        away = np.minimum((groups - centre) % GROUPS, (centre - groups) % GROUPS)
        weight = likely * np.where(away <= 1, liking, 1.0)
        who.append(rng.choice(actors, 2 + rng.geometric(0.25) % 14, replace=False, p=weight / weight.sum()))
    sizes = [len(each) for each in who]
    worth = 2.0 ** (-rng.integers(0, 8, occasions) / 5)
    return Table(np.concatenate(who), np.repeat(np.arange(occasions), sizes), worth, groups, GROUPS)


def parted(table: Table, a: int, b: int, seed: int) -> Table:
    """The table without any tie between two groups: of each occasion with both, one of them goes."""
    rng = np.random.default_rng(seed)
    group = table.groups[table.actors]
    goes = np.where(rng.random(len(table.worth)) < 0.5, a, b)[table.occasions]
    both = np.ones(len(table.worth), dtype=bool)
    for each in (a, b):
        both &= np.bincount(table.occasions[group == each], minlength=len(table.worth)) > 0
    stays = ~(both[table.occasions] & (group == goes))
    return replace(table, actors=table.actors[stays], occasions=table.occasions[stays])


def shuffled(table: Table, seed: int) -> Table:
    (dealt,) = reshuffles(table.actors, table.occasions, np.array([0]), 1, seed)
    return replace(table, actors=dealt)


def gaps(found: Tally) -> list[tuple[int, int]]:
    """Cells with the status gap, the deepest first."""
    cells = [
        (a, b)
        for a in range(GROUPS)
        for b in range(a, GROUPS)
        if found.expected[a, b] >= LEAST and found.high[a, b] < 0
    ]
    return sorted(cells, key=lambda cell: float(found.gap[cell]))


@pytest.mark.parametrize("liking", [1.0, 4.0])
@pytest.mark.parametrize("seed", range(8))
def test_a_planted_gap_is_among_the_first_five(seed: int, liking: float) -> None:
    rng = np.random.default_rng(seed + 1000)
    a, b = sorted(rng.choice(GROUPS, 2, replace=False).tolist())
    (found,) = tallies([parted(network(seed, liking=liking), a, b, seed)], OFTEN, 0, LEAST)
    assert found.expected[a, b] >= LEAST
    assert found.observed[a, b] == 0
    assert (a, b) in gaps(found)[:5]


@pytest.mark.parametrize("liking", [1.0, 4.0])
def test_a_shuffled_network_has_hardly_any_gap(liking: float) -> None:
    """At most one cell in twenty at E >= 5, also where the network was full of structure before."""
    tables = [shuffled(network(seed, liking=liking), seed + 50) for seed in range(12)]
    found = tallies(tables, OFTEN, 1, LEAST)
    tested = sum(int((each.expected[np.triu_indices(GROUPS)] >= LEAST).sum()) for each in found)
    assert tested > 400
    assert sum(len(gaps(each)) for each in found) <= 0.05 * tested


def test_groups_that_mean_nothing_have_hardly_any_gap() -> None:
    """The network keeps all its structure, and the groups are drawn by lot."""
    tables = []
    for seed in range(12):
        table = network(seed, liking=4.0)
        tables.append(replace(table, groups=np.random.default_rng(seed).permutation(table.groups)))
    found = tallies(tables, OFTEN, 2, LEAST)
    tested = sum(int((each.expected[np.triu_indices(GROUPS)] >= LEAST).sum()) for each in found)
    assert sum(len(gaps(each)) for each in found) <= 0.05 * tested


def test_without_the_gap_the_interval_holds_the_gap_that_was_planted() -> None:
    """The same cell before and after: as chance would have it, then far below."""
    table = network(3)
    before, after = tallies([table, parted(table, 2, 7, 0)], OFTEN, 0, LEAST)
    assert before.low[2, 7] <= 0 <= before.high[2, 7]
    assert after.high[2, 7] < -1


KINDS = {
    "research": "HigherEducationInstitution",
    "company": "Company",
    "public": "PublicBody",
    "investor": "InvestmentOrganization",
}


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Columns:
    """Four kinds of actors on batteries, and never a company with a public body."""
    rng = np.random.default_rng(0)
    names = [f"{kind}-{number}" for kind in KINDS for number in range(12)]
    actors = {name: Actor(KINDS[name.partition("-")[0]], techs=["batteries"]) for name in names}
    projects = {}
    for number in range(90):
        picked = rng.choice(names, rng.integers(3, 8), replace=False).tolist()
        drop = "company" if number % 2 else "public"
        if {"company", "public"} <= {name.partition("-")[0] for name in picked}:
            picked = [name for name in picked if not name.startswith(drop)]
        projects[f"p{number}"] = Project(picked, "2020", "2024", ["batteries"])
    return map_of(tmp_path_factory.mktemp("planted"), actors, projects)


def test_the_matrix_of_a_map_begins_with_the_planted_gap(planted: Columns) -> None:
    answer = matrix(collaboration(planted, scope_of(planted, technology=["batteries"])))
    first = answer.rows[0]
    assert {first.a.type, first.b.type} == {"company", "public"}
    assert first.status == "gap"
    assert first.observed == 0
    assert first.high is not None
    assert first.high < 0
    assert first.missing_pairs == 144


def test_a_broader_technology_does_not_say_the_same_again(planted: Columns) -> None:
    """All is on batteries, so energy storage and clean technology have nothing to add; who names them gets them."""
    answer = matrix(collaboration(planted))
    assert {cell.technology for cell in answer.rows} == {None, planted.node_of["tech/batteries"]}
    (note,) = (note for note in answer.notes if note.code == "matrix-same")
    assert planted.node_of["tech/energy-storage"] in note.things["technologies"]
    named = matrix(collaboration(planted, scope_of(planted, technology=["energy-storage"])))
    assert {cell.technology for cell in named.rows} == {planted.node_of["tech/energy-storage"]}
