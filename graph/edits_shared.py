"""Several processes on the edits of one data folder: one writes, and the others read its newest checkpoint."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Collection
from pathlib import Path

from graph.edits import Edits, EditsClosedError

_TRIES = 20


class WritingRight:
    """The right to write edits in a data folder: one process has it, until it gives it back or ends."""

    def __init__(self, data: Path) -> None:
        self._path = data / "writing.lock"
        self._handle: int | None = None

    def take(self) -> bool:
        """Whether this process has it now. In a folder that cannot be written nobody has: each writer is told why."""
        if self._handle is not None:
            return True
        try:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError:
            return True
        if not _locked(handle, fcntl.LOCK_EX):
            return False
        self._handle = handle
        return True

    def give_back(self) -> None:
        """Let another process write."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


class Following:
    """Reads what another process writes, and keeps it from tidying away the checkpoints that are read."""

    def __init__(self) -> None:
        self._held: dict[Path, int] = {}
        self._journal: tuple[Path, int, int] | None = None
        self._number = 0

    def newest(self, edits: Edits) -> tuple[Path | None, int]:
        """The newest checkpoint, kept from now on, and the number of an edit that it holds; None before the first."""
        number = self._last(edits)  # first: the checkpoint is as new, or newer
        for _ in range(_TRIES):
            latest = edits.latest()
            if latest is None or self._hold(latest):
                return latest, number
        raise EditsClosedError("The checkpoints change too quickly to be read.")

    def keep_only(self, stores: Collection[Path]) -> None:
        """Let go of all checkpoints but these."""
        for path in [path for path in self._held if path not in stores]:
            os.close(self._held.pop(path))

    def _last(self, edits: Edits) -> int:
        path = edits.path / "journal.jsonl"
        try:
            stat = path.stat()
        except FileNotFoundError:
            return 0
        seen = (path, stat.st_size, stat.st_mtime_ns)
        if seen != self._journal:
            journal = edits.journal()
            self._number, self._journal = journal[-1].number if journal else 0, seen
        return self._number

    def _hold(self, path: Path) -> bool:
        if path in self._held:
            return True
        try:
            handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            return False
        if not _locked(handle, fcntl.LOCK_SH):
            return False
        if not path.is_dir():  # removed before it was held
            os.close(handle)
            return False
        self._held[path] = handle
        return True


def _locked(handle: int, how: int) -> bool:
    """Whether the lock is had at once; the handle is closed when it is not."""
    try:
        fcntl.flock(handle, how | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return False
    return True
