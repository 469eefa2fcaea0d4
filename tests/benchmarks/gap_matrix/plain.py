"""The same intervals as one would write them first: one exchange after the other on a NetworkX graph, ties by its edges."""

from __future__ import annotations

import random
from itertools import combinations

import networkx as nx
import numpy as np

from graph.gaps.tally import Floats, Table


def chance(table: Table, count: int, seed: int) -> list[Floats]:
    """O of `count` reshuffles: as many exchanges for each as there are participations."""
    graph = nx.Graph()
    graph.add_edges_from(
        (("actor", int(a)), ("occasion", int(o))) for a, o in zip(table.actors, table.occasions, strict=True)
    )
    rng = random.Random(seed)
    edges = [(a, o) if a[0] == "actor" else (o, a) for a, o in graph.edges]
    found = []
    for _ in range(count):
        for _ in range(len(edges)):
            i, j = rng.randrange(len(edges)), rng.randrange(len(edges))
            (a, o), (b, p) = edges[i], edges[j]
            if a == b or o == p or graph.has_edge(a, p) or graph.has_edge(b, o):
                continue
            graph.remove_edges_from([(a, o), (b, p)])
            graph.add_edges_from([(a, p), (b, o)])
            edges[i], edges[j] = (a, p), (b, o)
        found.append(_observed(graph, table))
    return found


def _observed(graph: nx.Graph, table: Table) -> Floats:
    observed = np.zeros((table.count, table.count))
    for occasion, worth in enumerate(table.worth):
        around = [number for _, number in graph[("occasion", occasion)]]
        for one, other in combinations(around, 2):
            a, b = sorted((int(table.groups[one]), int(table.groups[other])))
            if a >= 0:
                observed[a, b] += worth / (len(around) - 1)
    return observed
