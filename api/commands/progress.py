"""Progress on standard error: bars with rate and time left on a terminal, one line a stage elsewhere."""

from __future__ import annotations

import sys
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

_WORDS = {
    "extract": "reading",
    "check": "checking the shapes",
    "resolve": "joining what is the same",
    "build": "building the graph",
    "keep": "keeping the run",
    "publish": "publishing",
}


class _Rate(ProgressColumn):
    """How many are done, of how many, and how many a second."""

    def render(self, task: Task) -> Text:
        """`12,000 of 116,241, 4,100/s`."""
        if task.completed <= 1:  # a stage that cannot count
            return Text("")
        of = f" of {task.total:,.0f}" if task.total else ""
        rate = f", {task.speed:,.0f}/s" if task.speed and not task.finished else ""
        return Text(f"{task.completed:,.0f}{of}{rate}")


class Line:
    """A callback for `ingest.run`; ends its line when left."""

    def __init__(self) -> None:
        self._live: Progress | None = None
        if sys.stderr.isatty():
            columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(24), _Rate())
            self._live = Progress(
                *columns, TimeElapsedColumn(), TimeRemainingColumn(compact=True), console=Console(stderr=True)
            )
        self._stage = ""
        self._task = TaskID(0)

    def __enter__(self) -> Self:
        if self._live is not None:
            self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._live is not None:
            self._live.stop()

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        """Show the stage and how far it is."""
        words = _WORDS.get(stage, stage)
        if self._live is None:
            if stage != self._stage:
                sys.stderr.write(f"{words} …\n")
                sys.stderr.flush()
        else:
            if stage != self._stage:
                self._finish()
                self._task = self._live.add_task(words, total=total)
            self._live.update(self._task, completed=done, total=total)
        self._stage = stage

    def _finish(self) -> None:
        """The stage before is over, known total or not."""
        if self._live is not None and self._stage:
            task = self._live.tasks[self._task]
            self._live.update(self._task, total=task.completed or 1, completed=task.completed or 1)
