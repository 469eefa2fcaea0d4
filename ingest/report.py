"""What a run did, for people and machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from graph.node import Node
from ingest.nodefile import to_json
from ingest.problem import Problem


@dataclass(frozen=True, slots=True)
class Diff:
    """Keys of nodes that are new, gone, or say something else than in the last good run."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


@dataclass(frozen=True, slots=True)
class Report:
    """`records` and `rejected` count rows; `kinds` counts nodes; `generation` is None in a dry run.

    `edits`: how many quads that were added and removed over HTTP were carried over.
    """

    source: str
    records: int
    rejected: int
    kinds: Mapping[str, int]
    rejects: Sequence[Problem]
    warnings: Sequence[str]
    diff: Diff
    generation: int | None
    edits: tuple[int, int] = (0, 0)

    def as_json(self) -> Mapping[str, Any]:
        """Plain JSON, every part by its name."""
        return asdict(self)


def difference(before: Sequence[Node], after: Sequence[Node]) -> Diff:
    """What changed between two runs; evidence counts too."""
    old = {node.key: to_json(node) for node in before}
    new = {node.key: to_json(node) for node in after}
    return Diff(
        added=tuple(sorted(new.keys() - old.keys())),
        removed=tuple(sorted(old.keys() - new.keys())),
        changed=tuple(sorted(key for key in new.keys() & old.keys() if new[key] != old[key])),
    )


def kinds(nodes: Sequence[Node]) -> Mapping[str, int]:
    """How many nodes there are of each kind, the most first."""
    return dict(sorted(Counter(node.kind for node in nodes).items(), key=lambda item: (-item[1], item[0])))
