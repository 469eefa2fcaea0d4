"""`cleantech sources rejects|withdrawn|remove`: what the last good run of a source left out, what it no longer has, no more of it."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Annotated, Any, Literal

import typer
from rich.console import Console
from rich.table import Table

from api.commands.failure import CommandError, told
from api.commands.options import DEFAULT_DATA, Data
from api.commands.progress import Line
from graph.generation import DataFolder
from ingest.lastrun import WITHDRAWN, read_rejects, sources
from ingest.rebuild import remove
from visualisations.plain import cell

Name = Annotated[str, typer.Argument(help="The source, as `cleantech sources` names it.")]
Form = Annotated[Literal["table", "csv", "json"], typer.Option("--format", help="How to print.")]
_SHOWN = 60  # letters of a cell of a table


def rejects(source: Name, output: Form = "table", data: Data = DEFAULT_DATA) -> None:
    """List the rows that the last good run of SOURCE rejected, each with its reason."""
    with told("sources"):
        _known(DataFolder(data), source)
        rows = [asdict(problem) for problem in read_rejects(DataFolder(data), source)]
    _print(rows, ("file", "line", "column", "value", "message", "advice"), output, f"{source} rejected nothing.")


def withdrawn(source: Name, output: Form = "table", data: Data = DEFAULT_DATA) -> None:
    """List what SOURCE said once and says no longer: since which run it is gone, and what it was."""
    with told("sources"):
        folder = DataFolder(data)
        _known(folder, source)
        rows = list(_withdrawn(folder, source))
    _print(rows, ("key", "kind", "name", "withdrawn"), output, f"{source} has withdrawn nothing.")


def remove_source(
    source: Name,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    data: Data = DEFAULT_DATA,
) -> None:
    """Take all that SOURCE says out of the map, and build it anew. Raw files and decisions stay."""
    with told("sources"):
        folder = DataFolder(data)
        _known(folder, source)
        if not yes and not typer.confirm(f"Take all that {source} says out of the map?"):
            raise CommandError("nothing was removed")
        with Line() as line:
            published = remove(folder, source, progress=line)
    typer.echo(f"{source} is out of the map. Generation {published.generation.number} is published.")


def _known(data: DataFolder, source: str) -> None:
    held = sources(data)
    if source not in held:
        raise CommandError(f"nothing was ingested from {source!r}; there is: {', '.join(held) or 'nothing yet'}")


def _withdrawn(data: DataFolder, source: str) -> Iterator[Mapping[str, Any]]:
    path = data.path / "nodes" / source / WITHDRAWN
    for line in path.read_text("utf-8").splitlines() if path.exists() else ():
        said = json.loads(line)
        names = said["node"].get("values", {}).get("name", [])
        name = next((held["text"] if isinstance(held, dict) else held for held in names), "")
        yield {"key": said["key"], "kind": said["node"]["kind"], "name": name, "withdrawn": said["withdrawn"], **said}


def _print(rows: list[Any], columns: tuple[str, ...], output: str, none: str) -> None:
    if output == "json":
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    elif output == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([cell(row[name]) for name in columns] for row in rows)
    elif not rows:
        typer.echo(none)
    else:
        table = Table(box=None, header_style="bold")
        for name in columns:
            table.add_column(name, overflow="fold")
        for row in rows:
            table.add_row(*("" if row[name] is None else str(row[name])[:_SHOWN] for name in columns))
        Console().print(table)
