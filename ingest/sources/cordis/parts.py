"""Who takes part in which project, in what role, with how much money."""

from __future__ import annotations

from collections.abc import Iterator

from graph.node import Node
from ingest.contract import Record
from ingest.sources.cordis.proof import concept, euro, evidence, ref


def participation(record: Record) -> Iterator[Node]:
    """The participation; `amount` is the contribution of the Union as granted, `netAmount` what stays with the participant."""
    said = record.values
    node = Node(f"cordis:participation/{record.context['key']}", "Participation", [evidence(record, said["project"])])
    node.add("participant", ref(said["organisation"])).add("inEffort", ref(f"cordis:project/{said['project']}"))
    node.add("role", concept("role", said["role"]))
    node.add("amount", euro(said["contribution"])).add("netAmount", euro(said["net"]))
    if said["ended"]:
        node.add("status", concept("status", "ended"))
    yield node
