"""`python -m tests.benchmarks.scale.mapping ZIP FILE`: the map phase alone; prints how many triples it gives.

A kind and each value of a node count as a triple, a sum of money as four (link, kind, value, currency); evidence is made and
written, too, but not counted.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from graph.node import Money, Node
from ingest.contract import Extraction, Record
from ingest.merge import merged
from ingest.nodefile import dump_nodes
from ingest.raw import RawStore
from ingest.registry import load


def mapped(archive: Path, out: Path) -> int:
    """Extract, map, make one node of those that say the same, write all of them; the number of triples."""
    source = load("cordis", (archive,))
    task = Extraction((archive,), _ignore, _ignore, RawStore(None).keep, options=source.card.options)
    records = (record for record in source.extract(task, {}) if isinstance(record, Record))
    nodes = source.reconcile(merged(chain.from_iterable(map(source.map, records))))
    out.write_bytes(dump_nodes(nodes))
    return sum(map(triples, nodes))


def triples(node: Node) -> int:
    """How many triples say the node, evidence aside."""
    return 1 + sum(4 if isinstance(value, Money) else 1 for value in _values(node))


def _values(node: Node) -> Iterable[object]:
    return chain.from_iterable(node.values.values())


def _ignore(_said: object) -> None:
    """Faults are counted elsewhere."""


if __name__ == "__main__":
    print(mapped(Path(sys.argv[1]), Path(sys.argv[2])))
