"""How far a run has come, as a bar on stderr; silent when nobody watches."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from ingest.run import Progress as Told

_STAGES = {
    "extract": "reading records",
    "resolve": "resolving references",
    "build": "building the graph, the search index and the layout",
    "keep": "keeping this run",
    "publish": "publishing",
}


@contextmanager
def bar() -> Iterator[Told]:
    """A callback for `ingest.run`; its bar is gone when the block ends."""
    console = Console(stderr=True)
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as shown:
        task = shown.add_task("starting", total=None)

        def told(stage: str, done: int, total: int | None) -> None:
            shown.update(task, description=_STAGES.get(stage, stage), completed=done, total=total)

        yield told
