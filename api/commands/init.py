"""`cleantech init`: a data folder."""

from __future__ import annotations

import typer

from api.commands.failure import told
from api.commands.options import DEFAULT_DATA, Data
from graph.generation import DataFolder


def init(data: Data = DEFAULT_DATA) -> None:
    """Make an empty data folder, or check that there is one that can be used."""
    with told("init"):
        folder = DataFolder(data)
        with folder.lock():
            folder.folder("generations")
        current = folder.current()
    state = "empty; `cleantech ingest sweden` fills it" if current is None else f"at generation {current.number}"
    typer.echo(f"{data} is a data folder, {state}.")
