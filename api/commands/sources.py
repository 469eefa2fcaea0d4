"""`cleantech sources`: where data can come from."""

from __future__ import annotations

import json
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table

from api.commands.failure import told
from api.commands.options import DEFAULT_DATA, Data
from graph.generation import DataFolder
from ingest.registry import cards


def sources(
    output: Annotated[Literal["table", "json"], typer.Option("--format", help="How to print.")] = "table",
    data: Data = DEFAULT_DATA,
) -> None:
    """List the sources with publisher, licence and the last run in the data folder."""
    with told("sources"):
        current = DataFolder(data).current()
        runs = {source.name: source for source in current.manifest.sources} if current else {}
        held = cards()
        rows = [
            {
                "name": card.name,
                "title": card.title["en"],
                "publisher": card.publisher,
                "licence": card.licence,
                "homepage": card.homepage,
                "refresh": card.refresh,
                "last_run": runs[card.name].started if card.name in runs else None,
                "records": runs[card.name].records if card.name in runs else None,
            }
            for card in held
        ]
    if output == "json":
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    table = Table(box=None, header_style="bold")
    for name in ("name", "title", "licence", "last run (UTC)", "records"):
        table.add_column(name, overflow="fold")
    for card in held:
        ran = runs.get(card.name)
        last, count = (ran.started, f"{ran.records:,}") if ran else ("never", "")
        table.add_row(card.name, card.title["en"], card.licence, last, count)
    Console().print(table)
