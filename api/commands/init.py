"""`cleantech init`: make a data folder."""

from __future__ import annotations

from pathlib import Path

import typer

from api.commands.options import DataOption, faults_in_words
from graph.generation import DataFolder


def init(data: DataOption = Path("var")) -> None:
    """Make an empty data folder, or say that there is one."""
    with faults_in_words("init"):
        folder = DataFolder(data)
        generation = folder.current()
        if generation is not None:
            typer.echo(f"{data} holds generation {generation.number} already; nothing was changed")
            return
        with folder.lock():
            for part in ("raw", "nodes", "decisions", "generations"):
                folder.folder(part)
        typer.echo(f"{data} is ready; `cleantech ingest sweden --data {data}` fills it")
