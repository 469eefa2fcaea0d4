"""Many sources, one node for each key: values united, evidence kept with the name of its source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

from graph.errors import BuildError
from graph.node import Evidence, Node, SourceNodes, Value
from ontology.schema import is_a

_T = TypeVar("_T")
Proof: TypeAlias = tuple[str, Evidence]  # the name of the source, and where in it

_THINGS = ("Agent", "JointEffort", "Place", "Call")


@dataclass(slots=True)
class Entry:
    """All that all sources say under one key."""

    key: str
    kind: str
    evidence: list[Proof] = field(default_factory=list)
    values: dict[str, list[Value]] = field(default_factory=dict)
    proofs: dict[tuple[str, Value], list[Proof]] = field(default_factory=dict)

    @property
    def is_relation(self) -> bool:
        """Whether it links things and is not one itself."""
        return is_a(self.kind, "Relation")

    @property
    def is_thing(self) -> bool:
        """Whether it stands on the map: an agent, a joint effort, a place or a call."""
        return any(is_a(self.kind, top) for top in _THINGS)

    def take(self, source: str, node: Node) -> None:
        """Add what `source` says; BuildError when the kinds exclude each other."""
        self.kind = _narrower(self.key, self.kind, node.kind)
        for evidence in node.evidence:
            _add(self.evidence, (source, evidence))
        for name, values in node.values.items():
            held = self.values.setdefault(name, [])
            for value in values:
                _add(held, value)
        for about, evidences in node.proofs.items():
            kept = self.proofs.setdefault(about, [])
            for evidence in evidences:
                _add(kept, (source, evidence))


def merge(sources: Sequence[SourceNodes]) -> Mapping[str, Entry]:
    """Entries by key, in the order of the keys; BuildError for a pointer to nothing or kinds that exclude each other."""
    names = [source.card.name for source in sources]
    if len(set(names)) < len(names):
        raise BuildError(f"two sources have the same name: {sorted(names)}")
    entries: dict[str, Entry] = {}
    for source in sorted(sources, key=lambda source: source.card.name):
        for node in source.nodes:
            entry = entries.setdefault(node.key, Entry(node.key, node.kind))
            entry.take(source.card.name, node)
            _check_key(node, source)
    dangling = sorted(_dangling(sources, entries))
    if dangling:
        raise BuildError(f"{len(dangling)} pointers lead to no node; the first: {dangling[0]}")
    return {key: entries[key] for key in sorted(entries)}


def _dangling(sources: Iterable[SourceNodes], entries: Mapping[str, Entry]) -> Iterable[str]:
    for source in sources:
        for node in source.nodes:
            for name, key in node.refs():
                if key not in entries:
                    yield f"{source.card.name}: {node.key} {name} {key}"


def _check_key(node: Node, source: SourceNodes) -> None:
    if not node.key or node.key != node.key.strip() or any(c in node.key for c in '<>"{}|\\^`#? \n'):
        raise BuildError(f"{source.card.name}: {node.key!r} cannot be part of an address")


def _narrower(key: str, one: str, other: str) -> str:
    if is_a(one, other):
        return one
    if is_a(other, one):
        return other
    raise BuildError(f"{key} is said to be a {one} and a {other}, which exclude each other")


def _add(held: list[_T], value: _T) -> None:
    if value not in held:
        held.append(value)
