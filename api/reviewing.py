"""What people decided, as it stands for the map that is served: read again when a file has changed."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from api.served import Snapshot
from graph.generation import DataFolder
from graph.identities import Identities
from ingest.decision_lines import REVIEW, SUPPRESSED, Decision, Pair
from ingest.decisions import FOLDER, Decisions
from ingest.decisions_built import changed, unbuilt
from ingest.decisions_moved import Move, Moved, moved


@dataclass(frozen=True)
class Standing:
    """Decisions beside the identities of one generation. `stamp` changes when a file of decisions does."""

    stamp: str
    said: Decisions
    settled: Moved
    unbuilt: frozenset[str]

    @classmethod
    def of(cls, snapshot: Snapshot, said: Decisions, stamp: str = "") -> Standing:
        """The decisions, moved to the keys of this generation."""
        identities = snapshot.identities
        return cls(stamp, said, moved(said, prints(identities), ids(identities)), unbuilt(snapshot.generation, said))

    @property
    def beside(self) -> str:
        """What the answers depend on beside the generation: for their validators."""
        return f"decisions {self.stamp}"

    @cached_property
    def waiting(self) -> int:
        """Of how many pairs and keys something else is in force than when the map was built."""
        return changed(self.said, self.unbuilt)

    @cached_property
    def pairs(self) -> frozenset[Pair]:
        """The pairs of which somebody said something."""
        return frozenset(self.settled.decisions.standing)

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """Those in force, under the keys of now, the newest first."""
        held = self.settled.decisions.standing.values()
        return tuple(sorted(held, key=lambda one: (one.at, one.id), reverse=True))

    @cached_property
    def moves(self) -> dict[str, Move]:
        """What moved, by the id of the decision."""
        return {move.id: move for move in self.settled.moves}


def prints(identities: Identities) -> dict[str, str]:
    """The fingerprint by the key of a record."""
    return dict(identities.clusters.select("key", "fingerprint").iter_rows())


def ids(identities: Identities) -> frozenset[str]:
    """The ids of all things that records stand for."""
    return frozenset(identities.clusters["id"])


@dataclass
class Reviewing:
    """Of one server. Safe in threads."""

    data: DataFolder
    _held: tuple[tuple[str, str], Standing] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def now(self, snapshot: Snapshot) -> Standing:
        """What stands; InputError when a line of the files is wrong."""
        with self._lock:
            key = (snapshot.version, self._stamp())
            if self._held is None or self._held[0] != key:
                self._held = key, Standing.of(snapshot, Decisions.read(self.data), key[1])
            return self._held[1]

    def _stamp(self) -> str:
        folder = self.data.path / FOLDER
        return "-".join(state_of(folder / name) for name in (REVIEW, SUPPRESSED))


def state_of(path: Path) -> str:
    """Differs when the file does."""
    try:
        held = path.stat()
    except OSError:
        return "none"
    return f"{held.st_ino}.{held.st_size}.{held.st_mtime_ns}"
