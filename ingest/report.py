"""What a run did, for people and machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from graph.node import Node
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

    `unchanged`: the run before had read the same. `edits`: how many quads that were added and removed over HTTP were carried over.
    `things`: what resolution did, in words.
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
    unchanged: bool = False
    things: Sequence[str] = ()

    def as_json(self) -> Mapping[str, Any]:
        """Plain JSON, every part by its name."""
        return asdict(self)


def kinds(nodes: Sequence[Node]) -> Mapping[str, int]:
    """How many nodes there are of each kind, the most first."""
    return dict(sorted(Counter(node.kind for node in nodes).items(), key=lambda item: (-item[1], item[0])))
