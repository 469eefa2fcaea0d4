"""`cleantech sources`: which sources there are and what their last run gave."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table

from api.commands.options import DataOption, faults_in_words
from graph.generation import DataFolder
from ingest.registry import cards

FormatOption = Annotated[Literal["table", "json"], typer.Option("--format", help="A table, or JSON for machines.")]


def sources(data: DataOption = Path("var"), format_: FormatOption = "table") -> None:
    """List the sources with publisher, licence and last run."""
    with faults_in_words("sources"):
        rows = _rows(data)
    if format_ == "json":
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    table = Table("source", "title", "publisher", "licence", "data of", "records", box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(str(value) if value is not None else "-" for value in row.values()))
    console = Console()
    console.print(table, soft_wrap=not console.is_terminal)


def _rows(data: Path) -> list[dict[str, str | int | None]]:
    generation = DataFolder(data).current()
    last = {each.name: each for each in generation.manifest.sources} if generation else {}
    return [
        {
            "source": card.name,
            "title": card.title["en"],
            "publisher": card.publisher,
            "licence": card.licence,
            "data_date": last[card.name].date if card.name in last else None,
            "records": last[card.name].records if card.name in last else None,
        }
        for card in cards()
    ]
