"""Paths between two organisations are the best there are, each hop with its records."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path as Folder

import networkx as nx
import numpy as np
import pytest

from graph.columns import Columns
from graph.gaps.collaboration import collaboration
from graph.gaps.meetings import Hop
from graph.gaps.paths import go_betweens, path_answer, paths
from graph.gaps.routes import By, hops_between, routes
from graph.gaps.scope import Scope
from graph.node import Node, Ref
from tests.gaps.maps import PAGE, Actor, Project, map_of
from tests.gaps.networks import graph, weighted

Route = tuple[int, ...]


def best(told: nx.Graph, a: int, b: int, k: int, by: By) -> list[tuple[int, int, float]]:
    """What `routes` promises, by looking at all paths: how many are shared, hops, resistance."""
    most = nx.shortest_path_length(told, a, b) + 1
    left = [tuple(path) for path in nx.all_simple_paths(told, a, b, cutoff=most)]
    used: set[int] = set()
    found: list[tuple[int, int, float]] = []

    def cost(route: Route) -> tuple[int, int, float]:
        hops = len(route) - 1 if by == "shortest" else 0
        return len(used & set(route[1:-1])), hops, sum(told.edges[pair]["cost"] for pair in pairwise(route))

    while left and len(found) < k:
        route = min(left, key=cost)
        found.append(cost(route))
        used |= set(route[1:-1])
        left.remove(route)
    return found


@pytest.mark.parametrize("by", ["shortest", "strongest"])
@pytest.mark.parametrize("case", [(12, 0.25, 1), (25, 0.12, 2), (25, 0.3, 3), (40, 0.08, 4)])
def test_routes_are_the_best_of_all(case: tuple[int, float, int], by: By) -> None:
    weights = weighted(*case)
    told = graph(weights)
    for a, b in [(0, 1), (2, 7), (3, 11), (5, 9)]:
        ours = routes(weights, a, b, 4, by)
        if not nx.has_path(told, a, b):
            assert ours == []
            continue
        used: set[int] = set()
        seen = []
        for route in ours:
            hops = len(route) - 1 if by == "shortest" else 0
            seen.append((len(used & set(route[1:-1])), hops, sum(told.edges[pair]["cost"] for pair in pairwise(route))))
            used |= set(route[1:-1])
        assert np.array(seen) == pytest.approx(np.array(best(told, a, b, 4, by)))
        assert len(set(ours)) == len(ours)
        assert hops_between(weights, a, b) == nx.shortest_path_length(told, a, b)


def test_the_first_is_the_first_of_networkx() -> None:
    weights = weighted(60, 0.1, 6)
    told = graph(weights)
    for b in range(1, 20):
        first = routes(weights, 0, b, 1, "shortest")[0]
        assert len(first) == len(next(nx.shortest_simple_paths(told, 0, b)))


ACTORS = {
    "kth": Actor("HigherEducationInstitution", "place/se-ab"),
    "lab": Actor("ResearchGroup", "place/se-ab"),
    "cells": Actor("Company", "place/se-ab"),
    "grid": Actor("Company", "place/se-m"),
    "hub": Actor("Company", "place/se-m"),
    "far": Actor("Company"),
    "alone": Actor("Company"),
    "one": Actor("Company"),
    "two": Actor("Company"),
}
PROJECTS = {
    "p1": Project(["kth", "hub"], "2015", "2018"),
    "p2": Project(["hub", "cells"], "2019"),
    "p3": Project(["kth", "grid", "lab"], "2016"),
    "p4": Project(["grid", "cells"], None),
    "p5": Project(["cells", "far"], "2018"),
    "p6": Project(["kth", "hub"], "2018"),
    "apart": Project(["one", "two"], "2018"),
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Columns:
    unit = Node("lab", "ResearchGroup").add("unitOf", Ref("kth"))
    deal = Node("rel/deal", "Partnership", [PAGE]).add("party", Ref("lab")).add("party", Ref("far"))
    return map_of(tmp_path_factory.mktemp("paths"), ACTORS, PROJECTS, [unit, deal])


def keys(columns: Columns, nodes: tuple[int, ...]) -> list[str]:
    return [columns.key_of[node] for node in nodes]


def test_each_path_has_its_hops_and_each_hop_its_records(small: Columns) -> None:
    net = collaboration(small, Scope(half_life=0))
    found = paths(net, small.node_of["kth"], small.node_of["cells"])
    assert [keys(small, path.nodes) for path in found] == [
        ["kth", "hub", "cells"],
        ["kth", "grid", "cells"],
        ["kth", "lab", "far", "cells"],
    ]
    hop = found[0].hops[0]
    assert [small.key_of[held.thing or 0] for held in hop.meetings] == ["p1", "p6"]
    assert (hop.strength, hop.first_year, hop.last_year) == (2, 2015, 2018)
    assert found[0].strength == pytest.approx(1 / (1 / 2 + 1 / 1))
    undated = found[1].hops[1]
    assert (undated.first_year, undated.last_year) == (None, None)
    for path in found:
        for held in path.hops:
            assert_records(small, held)


def assert_records(columns: Columns, hop: Hop) -> None:
    assert hop.meetings
    for meeting in hop.meetings:
        for proof in meeting.proofs:
            assert proof.evidence
            assert set(columns.evidence["document"].gather(list(proof.evidence))) <= {"https://example.org/map"}
            assert proof.thing == (meeting.thing if meeting.thing is not None else hop.a)


def test_a_partnership_is_a_hop_and_its_page_is_that_of_a_party(small: Columns) -> None:
    found = paths(collaboration(small), small.node_of["lab"], small.node_of["far"], k=1)
    assert [meeting.tie for meeting in found[0].hops[0].meetings] == ["partnership"]
    assert_records(small, found[0].hops[0])


def test_with_roll_up_a_unit_speaks_for_the_whole(small: Columns) -> None:
    net = collaboration(small, Scope(rollup=True))
    found = paths(net, small.node_of["lab"], small.node_of["far"], k=1)
    assert keys(small, found[0].nodes) == ["kth", "far"]
    assert_records(small, found[0].hops[0])
    answer = path_answer(net, small.node_of["lab"], small.node_of["kth"])
    assert answer.empty is not None
    assert answer.empty.code == "same-ends"


@pytest.mark.parametrize(
    ("a", "b", "code"),
    [
        ("kth", "one", "no-path"),
        ("kth", "alone", "end-without-ties"),
        ("kth", "kth", "same-ends"),
        ("kth", "p1", "no-organisation"),
    ],
)
def test_no_path_is_said_with_its_reason(small: Columns, a: str, b: str, code: str) -> None:
    net = collaboration(small)
    for answer in (
        path_answer(net, small.node_of[a], small.node_of[b]),
        go_betweens(net, small.node_of[a], small.node_of[b]),
    ):
        assert answer.rows == ()
        assert answer.empty is not None
        assert answer.empty.code == (code if code != "no-path" else answer.empty.code)
        assert answer.empty.code in {code, "no-common-partner"}
    assert paths(net, 10**9, -1) == ()


def test_who_could_introduce_them_is_ranked_by_the_weaker_tie(small: Columns) -> None:
    net = collaboration(small, Scope(half_life=0))
    answer = go_betweens(net, small.node_of["kth"], small.node_of["cells"])
    assert [(small.key_of[row.actor], row.strength) for row in answer.rows] == [("hub", 1.0), ("grid", 0.5)]
    assert keys(small, (answer.rows[0].to_a.a, answer.rows[0].to_a.b)) == ["kth", "hub"]
    assert keys(small, (answer.rows[0].to_b.a, answer.rows[0].to_b.b)) == ["hub", "cells"]
    assert go_betweens(net, small.node_of["kth"], small.node_of["cells"], limit=1).total == 2


def test_years_and_ties_of_the_scope_count(small: Columns) -> None:
    ends = small.node_of["kth"], small.node_of["cells"]
    found = paths(collaboration(small, Scope(ties=("project",), year_from=2017)), *ends)
    assert [keys(small, path.nodes) for path in found] == [["kth", "hub", "cells"]]


def test_the_map_of_one_organisation_has_no_path(tmp_path: Folder) -> None:
    columns = map_of(tmp_path, {"one": Actor(), "other": Actor()}, {})
    answer = path_answer(collaboration(columns), columns.node_of["one"], columns.node_of["other"])
    assert answer.empty is not None
    assert answer.empty.code == "end-without-ties"
