"""`cleantech init`: a data folder."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from api.commands.failure import told
from api.commands.options import DEFAULT_DATA, Data
from graph.generation import DataFolder
from graph.plain import plain_generation
from ontology.terms import BASE


def init(
    plain: Annotated[bool, typer.Option("--plain", help="A bare store: no map, every graph may be written.")] = False,
    data: Data = DEFAULT_DATA,
) -> None:
    """Make an empty data folder, or check that there is one that can be used."""
    with told("init"):
        folder = DataFolder(data)
        with folder.lock():
            folder.folder("generations")
        if plain:
            plain_generation(folder, BASE, built=datetime.now(UTC).isoformat(timespec="seconds"))
            typer.echo(f"{data} is a bare store; `cleantech keys add NAME` makes a key, `cleantech serve` serves it.")
            return
        current = folder.current()
    state = "empty; `cleantech ingest sweden` fills it" if current is None else f"at generation {current.number}"
    typer.echo(f"{data} is a data folder, {state}.")
