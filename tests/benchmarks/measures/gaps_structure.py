"""Structure of the collaboration network: each measure's time on a seeded network and on the data of `--keep`, beside plain NetworkX."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import networkx as nx
import numpy as np
from scipy.sparse import csr_array, triu

from graph.columns import Columns
from graph.gaps.betweenness import SAMPLE, betweenness
from graph.gaps.brokerage import brokerage
from graph.gaps.brokers import brokers
from graph.gaps.collaboration import Collaboration, collaboration
from graph.gaps.communities import partition
from graph.gaps.paths import path_answer
from graph.gaps.routes import routes
from graph.gaps.structure import holes, pagerank
from graph.generation import DataFolder
from tests.benchmarks.rig import Rig
from tests.benchmarks.row import Row

ACTORS, PROJECTS = 5_000, 20_000
_QUESTIONS = 10


def measure(rig: Rig) -> Iterator[Row]:
    """The seeded network always; a data folder with CORDIS when `--keep` names one."""
    weights = _network(np.random.default_rng(0))
    yield Row("structure: ties of the seeded network", weights.nnz / 2000, "thousand")
    yield from _ours(weights, "seeded")
    yield from _beside(weights)
    held = None if rig.kept is None else DataFolder(rig.kept).current()
    if held is not None:
        yield from _real(collaboration(Columns.load(held.columns)))


def _network(drawn: np.random.Generator) -> csr_array:
    """5,000 organisations of uneven eagerness in 20,000 projects of 2 to 15, weighted by 1 / (n - 1)."""
    eager = 1.0 / np.arange(1, ACTORS + 1) ** 0.7
    eager /= eager.sum()
    sizes = np.minimum(2 + drawn.geometric(0.25, PROJECTS), 15)
    projects = [np.unique(drawn.choice(ACTORS, size, p=eager)) for size in sizes]
    projects = [actors for actors in projects if len(actors) > 1]
    lengths = np.array([len(actors) for actors in projects])
    where = np.concatenate(projects), np.repeat(np.arange(len(projects)), lengths)
    held = csr_array((np.ones(len(where[0])), where), shape=(ACTORS, len(projects)))
    found = csr_array(held.multiply(1.0 / (lengths - 1)[np.newaxis, :]).tocsr() @ held.T)
    found.setdiag(0)
    found.eliminate_zeros()
    found.sort_indices()
    return found


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _ours(weights: csr_array, where: str) -> Iterator[Row]:
    links = csr_array((np.ones(weights.nnz), weights.indices, weights.indptr), shape=weights.shape)
    yield Row(f"structure, {where}: PageRank", _timed(lambda: pagerank(weights)), "s")
    yield Row(f"structure, {where}: betweenness from {SAMPLE} sources", _timed(lambda: betweenness(links)), "s")
    everybody = np.arange(weights.shape[0])
    yield Row(f"structure, {where}: Burt, both, everybody", _timed(lambda: holes(weights, everybody)), "s")
    yield Row(f"structure, {where}: communities, three seeds", _timed(lambda: partition(weights, seeds=(0, 1, 2))), "s")
    live = np.flatnonzero(np.diff(weights.indptr))
    ends = np.random.default_rng(1).choice(live, (_QUESTIONS, 2))
    times = [_timed(lambda a=int(a), b=int(b): routes(weights, a, b, 3, "shortest")) * 1000 for a, b in ends]  # type: ignore[misc]
    yield Row.of(f"structure, {where}: three routes", times, "ms")


def _beside(weights: csr_array) -> Iterator[Row]:
    """How many times longer plain NetworkX takes for the same (what takes minutes is left out)."""
    upper = triu(weights, 1).tocoo()
    graph = nx.Graph()
    graph.add_nodes_from(range(weights.shape[0]))
    graph.add_weighted_edges_from(zip(*(part.tolist() for part in (*upper.coords, upper.data)), strict=True))
    links = csr_array((np.ones(weights.nnz), weights.indices, weights.indptr), shape=weights.shape)
    slow = _timed(lambda: nx.betweenness_centrality(graph, k=4, seed=0)) * SAMPLE / 4
    yield Row("structure: NetworkX over ours, betweenness", slow / _timed(lambda: betweenness(links)), "x")
    ego = nx.ego_graph(graph, 0)
    alone = _timed(lambda: nx.constraint(ego, weight="weight"))
    inner = nx.to_scipy_sparse_array(ego, format="csr", dtype=np.float64)
    inner.sort_indices()
    ours = _timed(lambda: holes(inner, np.arange(inner.shape[0])))
    yield Row(f"structure: NetworkX over ours, Burt on {len(ego):,} nodes", alone / ours, "x")
    drawn = np.random.default_rng(1).choice(ACTORS, (_QUESTIONS, 2)).tolist()
    ends = [(a, b) for a, b in drawn if a != b and nx.has_path(graph, a, b)]
    theirs = _timed(lambda: [next(nx.shortest_simple_paths(graph, a, b, weight="weight")) for a, b in ends])
    mine = _timed(lambda: [routes(weights, a, b, 1, "strongest") for a, b in ends])
    yield Row("structure: NetworkX over ours, the first path by weight", theirs / mine, "x")


def _real(net: Collaboration) -> Iterator[Row]:
    weights = net.weights
    weights.sort_indices()
    yield Row("structure: ties of the kept data", weights.nnz / 2000, "thousand")
    yield from _ours(weights, "kept data")
    yield Row("structure, kept data: brokers of all types", _timed(lambda: brokers(net)), "s")
    yield Row("structure, kept data: brokerage, 50 rows", _timed(lambda: brokerage(net)), "s")
    live = net.nodes[net.strength > 0]
    ends = np.random.default_rng(1).choice(live, (_QUESTIONS, 2))
    times = [_timed(lambda a=int(a), b=int(b): path_answer(net, a, b)) * 1000 for a, b in ends]  # type: ignore[misc]
    yield Row.of("structure, kept data: three paths with the records of every hop", times, "ms")
