"""Brokers between groups: what counting every path gives, planted brokers on top, and honest answers where there is nothing."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from graph.columns import Columns
from graph.gaps.actors import TYPES
from graph.gaps.brokers import brokers
from graph.gaps.collaboration import collaboration
from graph.gaps.detours import Detours
from graph.gaps.rows import Dependence
from graph.gaps.scope import Scope, scope_of
from tests.gaps.maps import Actor, Project, map_of
from tests.gaps.networks import graph, links, weighted


def counted(told: nx.Graph, one: list[int], other: list[int], broker: int) -> tuple[int, int]:
    """Pairs lost without the broker and pairs with it, by walking; each pair once."""
    without = told.copy()
    without.remove_node(broker)
    lost, pairs = set(), set()
    for a, b in product(one, other):
        if a == b or broker in (a, b) or not nx.has_path(told, a, b) or nx.shortest_path_length(told, a, b) > 3:
            continue
        pairs.add(frozenset((a, b)))
        if not nx.has_path(without, a, b) or nx.shortest_path_length(without, a, b) > 3:
            lost.add(frozenset((a, b)))
    return len(lost), len(pairs)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_is_lost_is_what_walking_finds(seed: int) -> None:
    weights = weighted(30, 0.07, seed, alone=2)
    detours, told = Detours(links(weights)), graph(weights)
    groups = [np.arange(0, 12), np.arange(12, 30)]
    tied = [row for row in range(30) if told.degree(row)]
    for a, b in [(0, 0), (0, 1), (1, 1)]:
        for broker in tied:
            expected = counted(told, groups[a].tolist(), groups[b].tolist(), broker)
            assert detours.lost(groups[a], groups[b], broker) == expected


def paths_by_broker(columns: Columns, net_scope: Scope) -> dict[tuple[str, str], dict[int, int]]:
    """Paths of two steps between those without a tie, by the types of their ends, by looking at every triad."""
    net = collaboration(columns, net_scope)
    told = nx.from_scipy_sparse_array(net.weights)
    kept = told.subgraph(np.flatnonzero(net.working_on(net_scope.technologies)).tolist())
    found: dict[tuple[str, str], dict[int, int]] = {}
    for m in kept:
        for a, b in product(kept[m], repeat=2):
            if a < b and not kept.has_edge(a, b):
                ends = sorted(int(net.types[end]) for end in (a, b))
                by_broker = found.setdefault((str(ends[0]), str(ends[1])), {})
                by_broker[int(net.nodes[m])] = by_broker.get(int(net.nodes[m]), 0) + 1
    return found


@pytest.mark.parametrize("technologies", [(), ("batteries",), ("hydrogen",)])
def test_shares_are_those_of_counting_every_path(demo_columns: Columns, technologies: tuple[str, ...]) -> None:
    scope = Scope(technologies=technologies)
    expected = paths_by_broker(demo_columns, scope)
    answer = brokers(collaboration(demo_columns, scope), limit=1000)
    assert answer.rows
    for row in answer.rows:
        assert row.a.type is not None
        assert row.b.type is not None
        ends = sorted([TYPES.index(row.a.type), TYPES.index(row.b.type)])
        by_broker = expected[str(ends[0]), str(ends[1])]
        assert row.paths == sum(by_broker.values())
        assert row.share == pytest.approx(max(by_broker.values()) / row.paths)
        assert by_broker[row.broker] == max(by_broker.values())
        assert row.lost is not None
        assert row.pairs is not None
        assert 0 <= row.lost <= row.pairs


def planted(folder: Path) -> Columns:
    """Five institutes and five companies that only `bridge` joins, beside a company that institutes know well."""
    actors = {f"lab{n}": Actor("ResearchInstitute", "place/se-ab", ["batteries"]) for n in range(5)}
    actors |= {f"firm{n}": Actor("Company", "place/se-m", ["batteries"]) for n in range(5)}
    actors |= {
        "bridge": Actor("Incubator", "place/se-ab", ["batteries"]),
        "far": Actor("Company", "NO", ["wind-power"]),
    }
    projects = {f"r{n}": Project([f"lab{n}", "bridge"]) for n in range(5)}
    projects |= {f"c{n}": Project([f"firm{n}", "bridge"]) for n in range(5)}
    projects |= {"own": Project(["firm0", "firm1", "far"])}
    return map_of(folder, actors, projects)


@pytest.fixture(scope="module")
def bridged(tmp_path_factory: pytest.TempPathFactory) -> Columns:
    return planted(tmp_path_factory.mktemp("bridged"))


def test_a_planted_broker_holds_all_and_its_records_say_so(bridged: Columns) -> None:
    scope = scope_of(bridged, technology=["batteries"], type="research-company")
    answer = brokers(collaboration(bridged, scope))
    assert answer.total == 1
    row = answer.rows[0]
    assert bridged.key_of[row.broker] == "bridge"
    assert (row.share, row.paths, row.lost, row.pairs) == (1.0, 25, 25, 25)
    assert (row.a.type, row.a.actors, row.b.type, row.b.actors) == ("research", 5, "company", 5)
    assert {bridged.key_of[proof.thing][0] for proof in row.proofs} == {"r", "c"}
    assert all(proof.evidence for proof in row.proofs)
    assert answer.notes[0].code == "absence"


def test_groups_may_be_regions_times_types(bridged: Columns) -> None:
    named = brokers(collaboration(bridged, scope_of(bridged, technology=["batteries"], region=["SE110"])))
    found = {(row.a.region, row.a.type, row.b.region, row.b.type): row for row in named.rows}
    across = found["place/se-ab", "research", None, "company"]
    assert (across.paths, across.lost, across.b.actors) == (25, 25, 5)
    assert ("place/se-ab", "research", "place/se-ab", "research") in found
    assert (None, "company", None, "company") not in found, "neither end is in the region"
    within = brokers(
        collaboration(bridged, scope_of(bridged, technology=["batteries"], region=["SE110", "SE224"], reach="within"))
    )
    assert ("place/se-ab", "place/se-m") in {(row.a.region, row.b.region) for row in within.rows}
    each = brokers(collaboration(bridged, Scope(technologies=("batteries",))), by="region")
    assert ("place/se-ab", "place/se-m") in {tuple(sorted((str(r.a.region), str(r.b.region)))) for r in each.rows}


def test_the_worst_stands_first_and_few_paths_do_not_outdo_many(demo_columns: Columns) -> None:
    rows = brokers(collaboration(demo_columns), limit=1000).rows

    def lost(row: Dependence) -> float:
        return (row.lost or 0) / (row.pairs or 1)

    assert lost(rows[0]) > lost(rows[-1])
    tiny = next(row for row in rows if row.pairs is not None and row.pairs <= 3)
    assert lost(tiny) == 1
    assert rows.index(tiny) > 0
    assert rows == brokers(collaboration(demo_columns), limit=1000).rows


def test_small_groups_are_left_out_and_counted(bridged: Columns) -> None:
    answer = brokers(collaboration(bridged, Scope(technologies=("batteries",))))
    assert {row.a.type for row in answer.rows} | {row.b.type for row in answer.rows} == {"research", "company"}
    few = next(note for note in answer.notes if note.code == "few-in-group")
    assert few.values == {"pairs": 3, "fewest": 5}


def test_nothing_to_find_is_said(bridged: Columns) -> None:
    for scope, code in [
        (Scope(technologies=("batteries",), regions=("NO",)), "no-actors"),
        (Scope(year_to=1990), "no-ties-within"),
        (Scope(technologies=("batteries",), types=("investor", "public")), "no-actors"),
    ]:
        answer = brokers(collaboration(bridged, scope))
        assert answer.rows == ()
        assert answer.empty is not None
        assert answer.empty.code == code


def test_beyond_the_size_what_is_lost_is_not_guessed(demo_columns: Columns, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.gaps.brokers.LARGEST", 100)
    answer = brokers(collaboration(demo_columns))
    assert {(row.lost, row.pairs) for row in answer.rows} == {(None, None)}
    assert "loss-not-counted" in {note.code for note in answer.notes}
