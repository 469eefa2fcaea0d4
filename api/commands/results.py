"""Answers on standard output: a table for people, or the bytes as they came."""

from __future__ import annotations

import json
import sys
from typing import Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

_LEAST_WIDTH = 200  # columns, where nobody looks at a terminal


def show(body: bytes, *, as_table: bool) -> None:
    """Print SPARQL JSON as a table, anything else as it is."""
    if not as_table:
        sys.stdout.buffer.write(body)
        if not body.endswith(b"\n"):
            sys.stdout.buffer.write(b"\n")
        sys.stdout.buffer.flush()
        return
    answer: dict[str, Any] = json.loads(body)
    if "boolean" in answer:
        typer.echo("yes" if answer["boolean"] else "no")
        return
    names: list[str] = answer["head"]["vars"]
    rows: list[dict[str, dict[str, str]]] = answer["results"]["bindings"]
    console = Console() if sys.stdout.isatty() else Console(width=_LEAST_WIDTH, no_color=True)
    table = Table(box=None, header_style="bold")
    for name in names:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(Text(row[name]["value"] if name in row else "") for name in names))
    console.print(table)
    typer.echo(f"{len(rows):,} row{'' if len(rows) == 1 else 's'}", err=True)
