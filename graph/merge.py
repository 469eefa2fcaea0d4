"""Many sources, one node for each key: values united, evidence kept with the name of its source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from graph.agreed import SINGLE, agreed, proofs_of_all
from graph.errors import BuildError
from graph.node import Evidence, Node, Ref, SourceNodes, Value
from ontology.schema import exclude, is_a

Proof: TypeAlias = tuple[str, Evidence]  # the name of the source, and where in it

_THINGS = ("Agent", "JointEffort", "Place", "Call")
_FORBIDDEN = re.compile(r'[<>"{}|\\^`#? \n]')


@dataclass(slots=True)
class Entry:
    """All that all sources say under one key.

    `said` are the nodes with the names of their sources. `values` is the node's own while there is but one: not to be
    changed.
    """

    key: str
    kind: str
    said: tuple[tuple[str, Node], ...]
    values: Mapping[str, Sequence[Value]]

    @classmethod
    def of(cls, source: str, node: Node) -> Entry:
        """What the first source says."""
        return cls(node.key, node.kind, ((source, node),), node.values)

    @property
    def is_relation(self) -> bool:
        """Whether it links things and is not one itself."""
        return is_a(self.kind, "Relation")

    @property
    def is_thing(self) -> bool:
        """Whether it stands on the map: an agent, a joint effort, a place or a call."""
        return any(is_a(self.kind, top) for top in _THINGS)

    @property
    def evidence(self) -> list[Proof]:
        """Evidence for the whole of it, each once."""
        return list(dict.fromkeys((source, proof) for source, node in self.said for proof in node.evidence))

    @property
    def proofs(self) -> Mapping[tuple[str, Value], Sequence[Proof]]:
        """Evidence for one value alone, by property and value; of several records, for each value that one of them says."""
        if len(self.said) > 1 and self.is_thing:
            return proofs_of_all(self.said)
        found: dict[tuple[str, Value], list[Proof]] = {}
        for source, node in self.said:
            for about, proofs in node.proofs.items():
                found.setdefault(about, []).extend((source, proof) for proof in proofs)
        return found

    @property
    def beside(self) -> Mapping[str, Sequence[Value]]:
        """Values that less believed records give where one holds: the profile shows them, too, each with its evidence."""
        found: dict[str, list[Value]] = {}
        for name in SINGLE & self.values.keys():
            said = dict.fromkeys(value for _, node in self.said for value in node.values.get(name, ()))
            found[name] = [value for value in said if value not in self.values[name]]
        return found

    def take(self, source: str, node: Node) -> None:
        """Add what another record says, which is believed less; BuildError when the kinds exclude each other."""
        self.kind = _narrower(self.key, self.kind, node.kind)
        self.said = (*self.said, (source, node))
        self.values = agreed(self.values, node.values)


def merge(sources: Sequence[SourceNodes]) -> Mapping[str, Entry]:
    """Entries by key, in the order of the keys; BuildError for a pointer to nothing or kinds that exclude each other."""
    names = [source.card.name for source in sources]
    if len(set(names)) < len(names):
        raise BuildError(f"two sources have the same name: {sorted(names)}")
    entries: dict[str, Entry] = {}
    for source in sorted(sources, key=lambda source: source.card.precedence):
        name = source.card.name
        for node in source.nodes:
            entry = entries.get(node.key)
            if entry is None:
                _check_key(node.key, name)
                entries[node.key] = Entry.of(name, node)
            else:
                entry.take(name, node)
    dangling = sorted(_dangling(sources, entries))
    if dangling:
        raise BuildError(f"{len(dangling)} pointers lead to no node; the first: {dangling[0]}")
    return {key: entries[key] for key in sorted(entries)}


def _dangling(sources: Iterable[SourceNodes], entries: Mapping[str, Entry]) -> Iterable[str]:
    for source in sources:
        for node in source.nodes:
            for name, held in node.values.items():
                for value in held:
                    if type(value) is Ref and value.key not in entries:
                        yield f"{source.card.name}: {node.key} {name} {value.key}"


def _check_key(key: str, source: str) -> None:
    if not key or key != key.strip() or _FORBIDDEN.search(key):
        raise BuildError(f"{source}: {key!r} cannot be part of an address")


def _narrower(key: str, one: str, other: str) -> str:
    """The narrower of two kinds; the first, which is believed more, when they only differ."""
    if exclude(one, other):
        raise BuildError(f"{key} is said to be a {one} and a {other}, which exclude each other")
    return other if is_a(other, one) else one
