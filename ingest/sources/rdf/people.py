"""Who is kept of the people: those with a public role, by name and role alone."""

from __future__ import annotations

from collections.abc import Sequence

from graph.node import Concept, Node, Ref
from ingest.sources.rdf.report import Losses
from ingest.sources.rdf.words import PUBLIC
from ontology.schema import is_a


def without_private_people(nodes: Sequence[Node], losses: Losses) -> list[Node]:
    """The nodes without positions that are not public, without people who have no other, and without what leads there."""
    kept = [node for node in nodes if node.kind != "Position" or _public(node)]
    losses.dropped["a position of a person that is not public"] += len(nodes) - len(kept)
    holders = {key for node in kept if node.kind == "Position" for name, key in node.refs() if name == "holder"}
    private = {node.key for node in kept if node.kind == "Person" and node.key not in holders}
    losses.dropped["a person without a public role"] += len(private)
    found = []
    for node in kept:
        leads = any(key in private for _, key in node.refs())
        if node.key in private or (leads and is_a(node.kind, "Relation")):
            losses.dropped["a link to such a person"] += node.key not in private
            continue
        for name, values in list(node.values.items()) if leads else ():
            node.values[name] = [value for value in values if not (isinstance(value, Ref) and value.key in private)]
            losses.dropped["a link to such a person"] += len(values) - len(node.values[name])
            if not node.values[name]:
                del node.values[name]
        found.append(node)
    for reason in [reason for reason, times in losses.dropped.items() if not times]:
        del losses.dropped[reason]
    return found


def _public(node: Node) -> bool:
    return any(isinstance(value, Concept) and value.slug in PUBLIC for value in node.values.get("role", []))
