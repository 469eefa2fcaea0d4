"""Progress on standard error: one line that is written over on a terminal, one line a stage elsewhere."""

from __future__ import annotations

import sys
import time
from typing import Self

_WORDS = {
    "extract": "reading",
    "check": "checking the shapes",
    "resolve": "joining what is the same",
    "build": "building the graph",
    "keep": "keeping the run",
    "publish": "publishing",
}


class Line:
    """A callback for `ingest.run`; ends its line when left."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._stage = ""
        self._last = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._live and self._stage:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        """Show the stage and how far it is."""
        words = _WORDS.get(stage, stage)
        if not self._live:
            if stage != self._stage:
                sys.stderr.write(f"{words} …\n")
        elif stage != self._stage or time.monotonic() - self._last > 0.1:
            self._last = time.monotonic()
            count = f" {done:,}" + (f" of {total:,}" if total else "") if done else ""
            sys.stderr.write(f"\r\033[K{words}{count} …")
        sys.stderr.flush()
        self._stage = stage
