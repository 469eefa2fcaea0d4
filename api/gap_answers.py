"""What people said of pairs, as it stands for the map that is served: read again when the file has changed."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

from api.reviewing import state_of
from api.served import Snapshot
from graph.generation import DataFolder
from ingest.decisions import FOLDER
from ingest.gap_answers import GAPS, Answers, GapAnswer, by_nodes, read


@dataclass(frozen=True)
class Said:
    """`answers` by pairs of node ids of one map; `standing` are those in force, the newest first. `stamp` changes when the
    file does."""

    stamp: str = ""
    answers: Mapping[tuple[int, int], str] = field(default_factory=dict)
    standing: tuple[GapAnswer, ...] = ()

    @classmethod
    def of(cls, snapshot: Snapshot, held: Answers, stamp: str = "") -> Said:
        """The same from what was read."""
        newest = sorted(held.standing.values(), key=lambda said: (said.at, said.id), reverse=True)
        return cls(stamp, by_nodes(snapshot.columns, snapshot.identities, held), tuple(newest))


@dataclass
class GapAnswers:
    """Of one server. Safe in threads."""

    data: DataFolder
    _held: tuple[tuple[str, str], Said] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def now(self, snapshot: Snapshot) -> Said:
        """What stands; InputError when a line of the file is wrong."""
        with self._lock:
            stamp = state_of(self.data.path / FOLDER / GAPS)
            key = (snapshot.version, stamp)
            if self._held is None or self._held[0] != key:
                self._held = key, Said.of(snapshot, read(self.data), stamp)
            return self._held[1]
