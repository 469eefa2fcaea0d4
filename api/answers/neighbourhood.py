"""What stands around one thing."""

from __future__ import annotations

from api.models import NeighbourEdge, NeighbourhoodOut, NeighbourOut
from api.served import Snapshot
from graph.neighbourhood import neighbourhood


def around(snapshot: Snapshot, node: int, depth: int, limit: int) -> NeighbourhoodOut:
    """At most `limit` things within `depth` steps, with the lines among them."""
    keys = snapshot.columns.key_of
    found = neighbourhood(snapshot.columns, keys[node], depth, limit)
    if found is None:  # pragma: no cover - the node comes from the same columns
        raise KeyError(keys[node])
    x, y = snapshot.columns.nodes["x"], snapshot.columns.nodes["y"]
    return NeighbourhoodOut(
        focus=keys[found.focus],
        nodes=[
            NeighbourOut(
                **snapshot.things.ref(one).model_dump(),
                degree=snapshot.things.degrees[one],
                x=None if x[one] is None else round(x[one], 1),
                y=None if y[one] is None else round(y[one], 1),
            )
            for one in found.nodes
        ],
        edges=[
            NeighbourEdge(a=keys[edge.a], b=keys[edge.b], tie=edge.tie, role=edge.role, start=edge.start, end=edge.end)
            for edge in found.edges
        ],
        truncated=found.truncated,
    )
