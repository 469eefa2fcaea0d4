"""What stands of what a source says, beside the others: references resolved, chains that go round taken out.

What cannot stand is rejected with a reason: a reference to nothing, a chain of parts that goes round, a key that two
sources use for kinds that exclude each other. Who is who is another matter: see `ingest.resolve`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from graph.node import Node, Ref
from ingest.problem import Problem
from ingest.references import cycle
from ontology.schema import is_a

CHAINS = ("unitOf", "partOf", "within")


def standing(nodes: Sequence[Node], others: Mapping[str, str]) -> tuple[list[Node], list[Problem]]:
    """The nodes that stand, beside the nodes of other sources (key -> kind), and why the rest does not."""
    kept: list[Node] = []
    problems: list[Problem] = []
    for node in nodes:
        held = others.get(node.key, node.kind)
        if is_a(held, node.kind) or is_a(node.kind, held):
            kept.append(node)
        else:
            message = f"{node.key} is a {node.kind} here and a {held} in another source"
            problems.append(_problem(node, "kind", held, message, "a place, a cluster and its company stay apart"))
    for name in CHAINS:
        kept, found = _without_circles(kept, name)
        problems += found
    while True:
        keys = {node.key for node in kept} | set(others)
        dangling = {node.key: lost for node in kept if (lost := [ref for ref in node.refs() if ref[1] not in keys])}
        if not dangling:
            return kept, problems
        for node in kept:
            for name, key in dangling.get(node.key, []):
                message = f"{node.key} points to {key!r}, which is nowhere"
                problems.append(_problem(node, name, key, message, "add it, or remove the reference"))
        kept = [node for node in kept if node.key not in dangling]


def _without_circles(nodes: Sequence[Node], name: str) -> tuple[list[Node], list[Problem]]:
    above: dict[str, str] = {
        node.key: value.key for node in nodes for value in node.values.get(name, []) if isinstance(value, Ref)
    }
    kept: list[Node] = []
    problems: list[Problem] = []
    for node in nodes:
        way = cycle(above, node.key)
        if way:
            message = f"the chain {' -> '.join(way)} goes round"
            problems.append(_problem(node, name, way[1], message, "remove one of these statements"))
        else:
            kept.append(node)
    return kept, problems


def _problem(node: Node, name: str, value: str, message: str, advice: str) -> Problem:
    file, line = _place(node.evidence or [proof for proofs in node.proofs.values() for proof in proofs])
    return Problem(file, line, name, value, message, advice)


def _place(proofs: Iterable[object]) -> tuple[str, int | None]:
    record = next((str(getattr(proof, "record", "") or "") for proof in proofs), "")
    file, _, row = record.partition(":")
    return file or "nodes", int(row) if row.isdecimal() else None
