"""`cleantech rebuild`: the map anew from what is kept, with what people decided since."""

from __future__ import annotations

from typing import Annotated

import typer

from api.commands.failure import told
from api.commands.options import DEFAULT_DATA, Data
from api.commands.progress import Line
from graph.generation import DataFolder
from ingest.rebuild import rebuild as run


def rebuild(
    drop_edits: Annotated[bool, typer.Option("--drop-edits", help="Leave behind what was written over HTTP.")] = False,
    data: Data = DEFAULT_DATA,
) -> None:
    """Build the map anew from the last good runs and the decisions; no source is read. On any error it stays as it is."""
    with told("rebuild"), Line() as line:
        published = run(DataFolder(data), drop_edits=drop_edits, progress=line)
    for words in published.resolution.lines:
        typer.echo(f"  {words}")
    if any(published.edits):
        typer.echo(f"  {published.edits[0]:,} edited quads and {published.edits[1]:,} removals were carried over")
    typer.echo(f"Generation {published.generation.number} is published.")
