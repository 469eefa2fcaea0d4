"""Which row of a network an organisation is."""

from __future__ import annotations

from graph.errors import GraphError
from graph.gaps.collaboration import Collaboration


class ActorError(GraphError):
    """A node is no organisation of this network. `node` is its id."""

    def __init__(self, node: int, message: str) -> None:
        super().__init__(message)
        self.node = node


def row_of(net: Collaboration, node: int) -> int:
    """The row of an organisation by its node id, after the roll-up of the scope. ActorError when it is none."""
    columns = net.columns
    if not 0 <= node < columns.nodes.height:
        raise ActorError(node, f"there is no thing {node} on this map")
    row = int(net.row_of[node])
    if row < 0:
        raise ActorError(node, f"{columns.key_of[node]} is a {columns.nodes['kind'][node]}, no organisation")
    return int(net.owner[row]) if net.scope.rollup else row
