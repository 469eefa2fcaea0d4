"""The fast measures are those of NetworkX; roles and their chance are those of counting and of drawing."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest

from graph.columns import Columns
from graph.gaps.betweenness import betweenness
from graph.gaps.brokerage import brokerage
from graph.gaps.collaboration import collaboration
from graph.gaps.communities import agreement, communities, partition
from graph.gaps.roles import ROLES, roles
from graph.gaps.scope import Scope, scope_of
from graph.gaps.structure import holes, pagerank
from tests.gaps.networks import graph, links, weighted

CASES = [(6, 0.6, 1, 0), (30, 0.15, 2, 3), (60, 0.3, 3, 1), (80, 0.05, 4, 0)]
each = pytest.mark.parametrize("case", CASES)


@each
def test_pagerank_is_that_of_networkx(case: tuple[int, float, int, int]) -> None:
    weights = weighted(*case)
    expected = nx.pagerank(graph(weights), tol=1e-12)
    assert pagerank(weights) == pytest.approx([expected[node] for node in range(case[0])], abs=1e-9)


@each
def test_betweenness_is_that_of_networkx(case: tuple[int, float, int, int]) -> None:
    weights = weighted(*case)
    expected = nx.betweenness_centrality(graph(weights))
    assert betweenness(links(weights)) == pytest.approx([expected[node] for node in range(case[0])])


def test_sampled_betweenness_is_near_and_always_the_same() -> None:
    held = links(weighted(200, 0.03, 5))
    exact, sampled = betweenness(held), betweenness(held, exact=0, sources=100)
    assert np.corrcoef(exact, sampled)[0, 1] > 0.95
    assert sampled.sum() == pytest.approx(exact.sum(), rel=0.1)
    assert np.array_equal(sampled, betweenness(held, exact=0, sources=100))


@each
def test_constraint_and_effective_size_are_those_of_networkx(case: tuple[int, float, int, int]) -> None:
    weights = weighted(*case)
    rows = np.arange(case[0])
    constraint, size = holes(weights, rows)
    told = graph(weights)
    # Without `nodes`, NetworkX 3.6.1 takes a short way for the effective size that is off from the second digit.
    constraints = nx.constraint(told, weight="weight")
    sizes = nx.effective_size(told, nodes=list(told), weight="weight")
    assert constraint == pytest.approx([constraints[row] for row in rows], nan_ok=True)
    assert size == pytest.approx([sizes[row] for row in rows], nan_ok=True)
    some = np.array([4, 1])
    assert holes(weights, some)[0] == pytest.approx(constraint[some], nan_ok=True)


def counted(told: nx.Graph, types: np.ndarray, row: int) -> dict[str, int]:
    """Roles by looking at every pair of partners."""
    found = dict.fromkeys(ROLES, 0)
    for a, b in combinations(told[row], 2):
        if told.has_edge(a, b):
            continue
        same = {types[a] == types[row], types[b] == types[row]}
        if same == {True}:
            found["coordinator"] += 1
        elif same == {True, False}:
            found["gatekeeper"] += 1
            found["representative"] += 1
        elif types[a] == types[b]:
            found["consultant"] += 1
        else:
            found["liaison"] += 1
    return found


@each
def test_roles_are_those_of_counting_every_triad(case: tuple[int, float, int, int]) -> None:
    weights = weighted(*case)
    types = np.random.default_rng(9).integers(0, 4, case[0])
    for row in range(case[0]):
        assert roles(links(weights), types, 4, row).counts == counted(graph(weights), types, row)


def test_chance_is_what_types_handed_out_at_random_give() -> None:
    weights = weighted(40, 0.2, 6)
    drawn = np.random.default_rng(7)
    types = drawn.integers(0, 3, 40)
    told, row = graph(weights), 5
    others = np.array([node for node in told if node != row and told[node]])
    seen = []
    for _ in range(3000):
        mixed = types.copy()
        mixed[others] = drawn.permutation(types[others])
        seen.append(counted(told, mixed, row))
    ours = roles(links(weights), types, 3, row)
    for role in ROLES:
        values = np.array([one[role] for one in seen])
        expected = (ours.counts[role] - values.mean()) / values.std()
        assert ours.z[role] == pytest.approx(expected, abs=0.15)


def test_where_chance_has_no_room_there_is_no_score() -> None:
    weights = weighted(10, 0.5, 8)
    found = roles(links(weights), np.zeros(10, dtype=np.int64), 2, 0)
    assert set(found.z.values()) == {None}
    assert found.counts["coordinator"] > 0
    assert found.counts["liaison"] == 0


def test_agreement_is_one_for_the_same_partition_and_nought_by_chance() -> None:
    drawn = np.random.default_rng(3)
    one = drawn.integers(0, 5, 2000)
    assert agreement(one, (one + 1) % 5) == 1
    assert agreement(one, drawn.integers(0, 5, 2000)) == pytest.approx(0, abs=0.01)
    assert agreement(np.array([0, 0, 1, 1]), np.array([0, 0, 1, 2])) == pytest.approx(4 / 7)


def test_planted_communities_are_found_each_time() -> None:
    told = nx.planted_partition_graph(3, 20, 0.6, 0.02, seed=4)
    nx.set_edge_attributes(told, 1.0, "weight")
    weights = nx.to_scipy_sparse_array(told, format="csr", dtype=np.float64)
    found = partition(weights)
    assert found.agreement == pytest.approx(1)
    assert agreement(found.of, np.repeat([0, 1, 2], 20)) == pytest.approx(1)


def test_the_communities_of_the_demo_say_what_they_are_about(demo_columns: Columns) -> None:
    answer = communities(collaboration(demo_columns))
    assert [row.size for row in answer.rows] == sorted((row.size for row in answer.rows), reverse=True)
    assert sum(row.size for row in answer.rows) == answer.coverage.tied
    agreed = next(note for note in answer.notes if note.code == "communities-agree")
    assert 0.5 < float(str(agreed.values["agreement"])) <= 1
    first = answer.rows[0]
    assert first.technologies
    assert 0 < first.inside <= 1
    assert answer == communities(collaboration(demo_columns))


def test_brokerage_ranks_by_betweenness_and_tells_of_those_asked_for(demo_columns: Columns) -> None:
    whole = brokerage(collaboration(demo_columns), limit=1000)
    told = [row.betweenness for row in whole.rows]
    assert told == sorted(told, reverse=True)
    assert whole.total == len(whole.rows) == whole.coverage.tied
    scope = scope_of(demo_columns, technology=["batteries"], region=["SE110"], type="research-company")
    some = brokerage(collaboration(demo_columns, scope), limit=2)
    assert len(some.rows) == 2 < some.total
    assert {demo_columns.nodes["county"][row.actor] for row in some.rows} == {"place/se-ab"}
    assert all(0 < (row.constraint or 0) < 2 for row in some.rows)


def test_nobody_to_tell_of_is_said(demo_columns: Columns) -> None:
    answer = brokerage(collaboration(demo_columns, Scope(technologies=("batteries",), regions=("XX",))))
    assert answer.rows == ()
    assert answer.empty is not None
    answer = brokerage(collaboration(demo_columns, Scope(year_to=1950)))
    assert answer.empty is not None
    assert answer.empty.code == "no-ties-within"
