"""Where the edits of a generation are kept, and the journal that tells who wrote what.

generations/<n>/edits/ { live/  checkpoints/<k>/  deltas/<m>.gz  journal.jsonl }: `live` is the store of the writer, a
checkpoint is a copy of it (hard links) that readers open; the greatest number is what is served. A delta is what edit m
changed.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from graph.errors import DataFolderError, GraphError

_KEPT = 2  # checkpoints: the one that is served and the one before


class EditsClosedError(GraphError):
    """A build carries the edits over at this moment, or another process writes: try again soon."""


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One acknowledged edit. `time` is ISO 8601 in UTC; `text` is the update, or None when `sha256` stands for a long body.

    `added` and `removed` count quads; None when nobody looked. `undoes` are the edits that an undo took back. `author`
    tells the key from others of its name; None: nobody but an admin may take the edit back.
    """

    number: int
    time: str
    key: str
    kind: str  # update | put | post | delete | undo | recovered
    graph: str | None = None
    text: str | None = None
    sha256: str | None = None
    added: int | None = None
    removed: int | None = None
    undoes: Sequence[int] = ()
    author: str | None = None

    def line(self) -> bytes:
        """As it stands in the file."""
        held = {name: value for name, value in asdict(self).items() if value not in (None, ())}
        return json.dumps(held, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"


@dataclass(frozen=True, slots=True)
class Edits:
    """The folder `edits` of one generation; nothing is made before the first write."""

    path: Path

    @classmethod
    def of(cls, generation: Path) -> Self:
        """The edits of the generation in this folder."""
        return cls(generation / "edits")

    @property
    def live(self) -> Path:
        """The store that the writer owns."""
        return self.path / "live"

    @property
    def any(self) -> bool:
        """Whether anything was ever written."""
        return self.live.is_dir()

    def checkpoint(self, number: int) -> Path:
        """The folder of a checkpoint."""
        return self.path / "checkpoints" / str(number)

    @property
    def deltas(self) -> Path:
        """The folder of the deltas."""
        return self.path / "deltas"

    def delta(self, number: int) -> Path:
        """The file that tells what an edit changed; there may be none."""
        return self.deltas / f"{number}.gz"

    def numbers(self) -> list[int]:
        """The numbers of the whole checkpoints, oldest first."""
        folder = self.path / "checkpoints"
        return sorted(int(one.name) for one in folder.iterdir() if one.name.isdecimal()) if folder.is_dir() else []

    def latest(self) -> Path | None:
        """The newest checkpoint: it holds every acknowledged edit."""
        numbers = self.numbers()
        return self.checkpoint(numbers[-1]) if numbers else None

    def tidy(self, in_use: Collection[Path]) -> None:
        """Remove what was left half-made and all but the newest checkpoints, those `in_use` and those another process holds."""
        kept = {str(number) for number in self.numbers()[-_KEPT:]} | {path.name for path in in_use}
        folder = self.path / "checkpoints"
        for entry in folder.iterdir() if folder.is_dir() else ():
            if entry.name not in kept:
                _remove(entry)

    def journal(self) -> list[JournalEntry]:
        """All entries, oldest first. A last line that a kill cut off is left out: it was never acknowledged."""
        try:
            lines = (self.path / "journal.jsonl").read_bytes().splitlines(keepends=True)
        except FileNotFoundError:
            return []
        try:
            return [JournalEntry(**json.loads(line)) for line in lines if line.endswith(b"\n")]
        except (ValueError, TypeError) as error:
            raise DataFolderError(f"{self.path / 'journal.jsonl'} is damaged: {error}") from error

    def write_down(self, entries: Collection[JournalEntry], *, durable: bool) -> None:
        """Append entries; `durable`: they are on the disk when this returns."""
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / "journal.jsonl").open("ab+") as file:
            file.seek(0, os.SEEK_END)
            if file.tell():
                file.seek(-1, os.SEEK_END)
                if file.read(1) != b"\n":  # a kill cut the last line off
                    _cut_last_line(file)
            file.write(b"".join(entry.line() for entry in entries))
            file.flush()
            if durable:
                os.fsync(file.fileno())


def _remove(checkpoint: Path) -> None:
    """Unless another process reads it (see graph.edits_shared)."""
    handle = os.open(checkpoint, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(checkpoint, ignore_errors=True)
    except BlockingIOError:
        return
    finally:
        os.close(handle)


def _cut_last_line(file: Any) -> None:  # noqa: ANN401 - the type of open files depends on the mode
    file.seek(0)
    file.truncate(file.read().rfind(b"\n") + 1)
    file.seek(0, os.SEEK_END)


@contextmanager
def edits_lock(data: Path, *, seconds: float = 0.0) -> Iterator[None]:
    """The right to change or to carry over edits of the data folder, across processes; EditsClosedError after `seconds`."""
    data.mkdir(parents=True, exist_ok=True)
    handle = os.open(data / "edits.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        deadline = time.monotonic() + seconds
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if time.monotonic() >= deadline:
                    raise EditsClosedError("The edits are closed for a moment; try again soon.") from error
                time.sleep(0.02)
        yield
    finally:
        os.close(handle)
