"""What changed between two runs, and what vanished: two sorted files of nodes, walked side by side."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingest.lastrun import NODES, WITHDRAWN, key_and_kind
from ingest.report import Diff


@dataclass(slots=True)
class Walk:
    """Goes through the new lines, which `lines` hands on, beside those of the run before in `folder` (None: none was)."""

    folder: Path | None
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    vanished: list[bytes] = field(default_factory=list)

    @property
    def diff(self) -> Diff:
        """What was found."""
        return Diff(tuple(self.added), tuple(self.removed), tuple(self.changed))

    def through(self, lines: Iterable[bytes]) -> None:
        """Take all new lines, sorted by key."""
        before = _keyed(self._old())
        key, old = next(before, (None, b""))
        for line in lines:
            new = key_and_kind(line)[0]
            while key is not None and key < new:
                self._gone(key, old)
                key, old = next(before, (None, b""))
            if key != new:
                self.added.append(new)
                continue
            if old != line:
                self.changed.append(new)
            key, old = next(before, (None, b""))
        while key is not None:
            self._gone(key, old)
            key, old = next(before, (None, b""))

    def _gone(self, key: str, line: bytes) -> None:
        self.removed.append(key)
        self.vanished.append(line)

    def _old(self) -> Iterator[bytes]:
        if self.folder is not None:
            with (self.folder / NODES).open("rb") as file:
                yield from file


def _keyed(lines: Iterable[bytes]) -> Iterator[tuple[str | None, bytes]]:
    for line in lines:
        yield key_and_kind(line)[0], line


def withdrawn_before(folder: Path) -> list[bytes]:
    """The lines of `withdrawn.jsonl` in the folder of a run; none when it is not there."""
    path = folder / WITHDRAWN
    return path.read_bytes().splitlines(keepends=True) if path.exists() else []


def key_of_withdrawn(line: bytes) -> str:
    """The key that such a line is about."""
    return str(json.loads(line)["key"])


def withdrawn(folder: Path | None, walk: Walk, when: str, inputs: Mapping[str, str]) -> list[bytes]:
    """The lines of `withdrawn.jsonl`: those of before that did not come back, and what vanished now.

    Each is `{"key", "withdrawn", "inputs", "node"}`: since which run it is gone, what the run before had read, what it said.
    """
    held = {key_of_withdrawn(line): line for line in withdrawn_before(folder)} if folder is not None else {}
    for key in walk.added:
        held.pop(key, None)
    for line in walk.vanished:
        said: dict[str, Any] = {"key": key_and_kind(line)[0], "withdrawn": when, "inputs": dict(inputs)}
        said["node"] = json.loads(line)
        held[said["key"]] = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    return [held[key] for key in sorted(held)]
