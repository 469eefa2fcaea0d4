"""`python -m tests.benchmarks.scale.mapping ZIP FILE`: the map phase alone, from the tables to nodes in a file.

Prints seconds of reading, of mapping, of making one node of those that say the same, of writing, and how many triples it gives.
A kind and each value of a node count as a triple, a sum of money as four (link, kind, value, currency); evidence is made and
written, too, but not counted.
"""

from __future__ import annotations

import gc
import sys
import time
from itertools import chain, pairwise
from pathlib import Path

from graph.node import Money, Node
from ingest.merge import merged
from ingest.nodefile import node_line
from ingest.registry import load
from ontology.terms import PROPERTIES
from tests.benchmarks.mapped import records

_SUMS = sorted(name for name, term in PROPERTIES.items() if "MonetaryAmount" in term.range)


def mapped(archive: Path, out: Path) -> list[float]:
    """Extract, map, unite, write; the seconds of each, and the number of triples."""
    source = load("cordis", (archive,))
    times = [time.perf_counter()]
    held = list(records(source, (archive,)))
    times.append(time.perf_counter())
    found = list(chain.from_iterable(map(source.map, held)))
    times.append(time.perf_counter())
    nodes = source.reconcile(merged(found))
    times.append(time.perf_counter())
    with out.open("wb") as file:
        file.writelines(map(node_line, nodes))
    times.append(time.perf_counter())
    return [*(after - before for before, after in pairwise(times)), sum(map(triples, nodes))]


def triples(node: Node) -> int:
    """How many triples say the node, evidence aside."""
    held = node.values
    money = sum(isinstance(value, Money) for name in _SUMS for value in held.get(name, ()))
    return 1 + sum(map(len, held.values())) + 3 * money


if __name__ == "__main__":
    gc.disable()  # as an ingest does
    print(*mapped(Path(sys.argv[1]), Path(sys.argv[2])))
