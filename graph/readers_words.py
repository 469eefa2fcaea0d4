"""What a process writes to stderr before it ends: the engine says there why it gave up, and says it nowhere else."""

from __future__ import annotations

import os
import sys

_MOST = 1_000  # bytes that are read


class LastWords:
    """A file in memory to give to a process as its stderr."""

    def __init__(self) -> None:
        # Elsewhere than on Linux nothing is kept.
        self._file: int | None = (
            os.memfd_create("stderr") if sys.platform == "linux" else os.open(os.devnull, os.O_WRONLY)
        )

    def fileno(self) -> int:
        """The number of the open file."""
        if self._file is None:
            raise ValueError("the words were taken already")
        return self._file

    def take(self) -> str:
        """The first thousand bytes; empty the second time, for the file is closed then."""
        if self._file is None:
            return ""
        file, self._file = self._file, None
        try:
            return os.pread(file, _MOST, 0).decode("utf-8", "replace")
        except OSError:
            return ""
        finally:
            os.close(file)
