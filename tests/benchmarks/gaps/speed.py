"""`python -m tests.benchmarks.gaps.speed COLUMNS whole|part`: score all pairs of a map in this process; prints what it took.

`part` cuts the map to the 5,000 busiest organisations and 20,000 efforts first.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import replace
from pathlib import Path

import networkx as nx
import numpy as np
import polars as pl

from graph.columns import Columns
from graph.gaps.collaboration import Collaboration, collaboration
from graph.gaps.scoring import scored, scored_for
from graph.gaps.scoring_model import model

ORGANISATIONS, EFFORTS = 5_000, 20_000
_PAIRS = 20_000
_ASKED = 20


def part(columns: Columns) -> Columns:
    """The busiest organisations and the first efforts that they take part in."""
    taken = columns.relations.filter(pl.col("b_property") == "inEffort")
    organisations = columns.nodes.filter(pl.col("group") == "organisation")["node"]
    busy = taken.filter(pl.col("a").is_in(organisations.implode())).group_by("a").len()
    kept = busy.sort(["len", "a"], descending=[True, False])["a"].head(ORGANISATIONS)
    efforts = taken.filter(pl.col("a").is_in(kept.implode()))["b"].unique().sort().head(EFFORTS)
    left = (pl.col("group") == "organisation") & ~pl.col("node").is_in(kept.implode())
    nodes = columns.nodes.with_columns(pl.when(left).then(pl.lit("other")).otherwise("group").alias("group"))
    relations = columns.relations.filter(pl.col("a").is_in(kept.implode()), pl.col("b").is_in(efforts.implode()))
    return replace(columns, nodes=nodes, relations=relations)


def run(columns: Columns) -> dict[str, float]:
    """Seconds, and pairs a second of ours and of NetworkX."""
    began = time.perf_counter()
    net = collaboration(columns)
    model(net)
    built = time.perf_counter()
    table = scored(net)
    done = time.perf_counter()
    rows = np.argsort(-net.strength, kind="stable")[:: max(1, len(net.nodes) // _ASKED)]
    each = []
    for row in rows.tolist():
        at = time.perf_counter()
        scored_for(net, row)
        each.append(time.perf_counter() - at)
    size = len(net.nodes)
    return {
        "organisations": float(size),
        "occasions": float(net.occasions.height),
        "pairs": float(table.height),
        "build": built - began,
        "score": done - built,
        "one": max(each),
        "ours": size * (size - 1) / 2 / (done - built),
        "networkx": _plain(net),
    }


def _plain(net: Collaboration) -> float:
    """Pairs a second of `resource_allocation_index` over the same ties."""
    ties = net.ever.tocoo()
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(net.nodes)))
    graph.add_edges_from(zip(ties.coords[0].tolist(), ties.coords[1].tolist(), strict=True))
    random = np.random.default_rng(1)
    a, b = random.choice(np.flatnonzero(net.strength > 0), (2, _PAIRS))
    pairs = [(one, other) for one, other in zip(a.tolist(), b.tolist(), strict=True) if one != other]
    began = time.perf_counter()
    for _ in nx.resource_allocation_index(graph, pairs):
        pass
    return len(pairs) / (time.perf_counter() - began)


if __name__ == "__main__":
    held = Columns.load(Path(sys.argv[1]))
    print(json.dumps(run(part(held) if sys.argv[2] == "part" else held)))
