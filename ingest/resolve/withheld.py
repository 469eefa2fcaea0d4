"""What is not published because of a suppression: the thing, and every relation that loses an end with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.node import Node, Ref, SourceNodes
from ontology.schema import is_a

_FEWEST = {"party": 2}  # of a relation; of every other property that points to something, one


def withheld(sources: Sequence[SourceNodes], gone: Iterable[str]) -> tuple[list[Sequence[Node]], frozenset[str], int]:
    """Nodes of each source that stay, all keys that are withheld, and how many nodes that took out."""
    keys = frozenset(gone)
    kept: list[Sequence[Node]] = [source.nodes for source in sources]
    if not keys:
        return kept, keys, 0
    before = sum(len(nodes) for nodes in kept)
    while True:
        kept = [[node for node in nodes if node.key not in keys] for nodes in kept]
        lost = {node.key for nodes in kept for node in nodes if is_a(node.kind, "Relation") and _loses(node, keys)}
        if not lost:
            return kept, keys, before - sum(len(nodes) for nodes in kept)
        keys |= lost


def _loses(node: Node, gone: frozenset[str]) -> bool:
    """Whether a relation has too few ends left in one of its properties."""
    for name, values in node.values.items():
        refs = [value.key for value in values if isinstance(value, Ref)]
        left = sum(key not in gone for key in refs)
        if left < len(refs) and left < _FEWEST.get(name, 1):
            return True
    return False
