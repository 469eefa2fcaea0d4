"""`cleantech edits`: what was written over HTTP."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table

from api.commands.failure import CommandError, told
from api.commands.options import DEFAULT_DATA, Data
from graph.edits import Edits
from graph.generation import DataFolder
from graph.overlay import Overlay

edits_app = typer.Typer(help="What was written through /sparql and /graph-store.", no_args_is_help=True)
_SHOWN = 80  # characters of an update


@edits_app.callback()
def top() -> None:
    """What was written through /sparql and /graph-store."""


@edits_app.command("list")
def list_edits(
    output: Annotated[Literal["table", "json"], typer.Option("--format", help="How to print.")] = "table",
    data: Data = DEFAULT_DATA,
) -> None:
    """The journal, oldest first, and how many quads differ from what the build wrote."""
    with told("edits list"):
        current = DataFolder(data).current()
        if current is None:
            raise CommandError(f"{data} holds no map yet")
        journal = Edits.of(current.path).journal()
        overlay = Overlay.of(current)
    if output == "json":
        held = {"added": len(overlay.added), "removed": len(overlay.removed), "edits": [asdict(one) for one in journal]}
        typer.echo(json.dumps(held, ensure_ascii=False, indent=1))
        return
    table = Table(box=None, header_style="bold")
    for column in ("nr", "time (UTC)", "key", "kind", "what"):
        table.add_column(column, overflow="fold")
    for one in journal:
        what = one.graph or " ".join((one.text or f"sha256 {one.sha256 or 'unknown'}").split())
        table.add_row(str(one.number), one.time, one.key, one.kind, what[:_SHOWN])
    Console().print(table)
    typer.echo(f"{len(overlay.added):,} quads added, {len(overlay.removed):,} removed against the build.", err=True)
