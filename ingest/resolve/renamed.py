"""Nodes under the ids of things: made anew as they are read, so that what a source said is neither changed nor copied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import overload

from graph.node import Node, Ref, Value


@dataclass(slots=True)
class Names:
    """New keys by old ones. `gone` are keys of things that are withheld: what points to them no longer does."""

    ids: Mapping[str, str]
    gone: frozenset[str] = frozenset()
    _refs: dict[str, Ref] = field(default_factory=dict)

    def value(self, value: Value) -> Value:
        """The value under the new key."""
        if not isinstance(value, Ref):
            return value
        new = self.ids.get(value.key)
        return value if new is None else self._refs.setdefault(new, Ref(new))

    def node(self, node: Node) -> Node:
        """The node under the new keys; the same one when nothing in it is called otherwise."""
        key = self.ids.get(node.key, node.key)
        held = node.values
        refers = [
            name
            for name, values in held.items()
            for value in values
            if isinstance(value, Ref) and (value.key in self.ids or value.key in self.gone)
        ]
        if key == node.key and not refers:
            return node
        new = Node(key, node.kind, node.evidence, held, node.proofs)
        if refers:
            new.values = held | {name: self._values(held[name]) for name in refers}
            new.values = {name: values for name, values in new.values.items() if values}
            new.proofs = {
                (name, self.value(value)): proofs
                for (name, value), proofs in node.proofs.items()
                if not (isinstance(value, Ref) and value.key in self.gone)
            }
        return new

    def _values(self, values: Sequence[Value]) -> list[Value]:
        """Each once: two values may have become one."""
        kept = (self.value(v) for v in values if not (isinstance(v, Ref) and v.key in self.gone))
        return list(dict.fromkeys(kept))


@dataclass(frozen=True, slots=True)
class Renamed(Sequence[Node]):
    """The nodes of a source under new keys."""

    nodes: Sequence[Node]
    names: Names

    def __len__(self) -> int:
        return len(self.nodes)

    def __iter__(self) -> Iterator[Node]:
        return map(self.names.node, self.nodes)

    @overload
    def __getitem__(self, index: int) -> Node: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Node]: ...

    def __getitem__(self, index: int | slice) -> Node | Sequence[Node]:
        if isinstance(index, slice):
            return Renamed(self.nodes[index], self.names)
        return self.names.node(self.nodes[index])
