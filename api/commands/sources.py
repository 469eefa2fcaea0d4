"""`cleantech sources`: where data can come from; own tables, checked before they are taken in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.console import Console
from rich.table import Table

from api.commands.failure import told
from api.commands.options import DEFAULT_DATA, Data
from api.commands.sources_check import check_source
from api.commands.sources_kept import rejects, remove_source, withdrawn
from graph.generation import DataFolder
from graph.manifest import SourceSummary
from graph.node import SourceCard
from ingest.registry import cards
from ingest.skeleton import new_source, new_tables

sources_app = typer.Typer(help="Where data can come from.", invoke_without_command=True)
new_app = typer.Typer(help="Begin something new: own tables, or a source in the code.", no_args_is_help=True)
sources_app.add_typer(new_app, name="new")
sources_app.command("check")(check_source)
sources_app.command("rejects")(rejects)
sources_app.command("withdrawn")(withdrawn)
sources_app.command("remove")(remove_source)

Form = Annotated[Literal["table", "json"], typer.Option("--format", help="How to print.")]


@sources_app.callback()
def top(context: typer.Context, output: Form = "table", data: Data = DEFAULT_DATA) -> None:
    """List the sources with publisher, licence and the last run in the data folder."""
    if context.invoked_subcommand is None:
        _list(output, data)


@sources_app.command("list")
def list_sources(output: Form = "table", data: Data = DEFAULT_DATA) -> None:
    """The same as `cleantech sources`."""
    _list(output, data)


@new_app.callback()
def new() -> None:
    """Begin something new: own tables, or a source in the code."""


@new_app.command("tabular")
def new_tabular(
    folder: Annotated[Path, typer.Argument(help="Where to write; made if it is not there.")] = Path("my-tables"),
) -> None:
    """Write a commented mapping and tables with invented rows into FOLDER. Nothing is overwritten."""
    with told("sources new"):
        written = new_tables(folder)
    for path in written:
        typer.echo(str(path))
    typer.echo(f"Fill them in, then: cleantech sources check tabular --input {folder}", err=True)


@new_app.command("source")
def new_code(name: Annotated[str, typer.Argument(help="Its name: small letters and digits.")]) -> None:
    """Write a source in the code, with its first test, into this checkout of the project."""
    with told("sources new"):
        written = new_source(name)
    for path in written:
        typer.echo(str(path))
    typer.echo("Go on as docs/how-to/add-a-source.md says.", err=True)


def _list(output: str, data: Path) -> None:
    """Those of the project, and those that the map holds beside them (own tables)."""
    with told("sources"):
        current = DataFolder(data).current()
        runs = {source.name: source for source in current.manifest.sources} if current else {}
        held = cards()
        own = [run for name, run in runs.items() if name not in {card.name for card in held}]
        rows = [_entry(card, card.refresh, runs.get(card.name)) for card in held]
        rows += [_entry(run, None, run) for run in own]
    if output == "json":
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    table = Table(box=None, header_style="bold")
    for name in ("name", "title", "licence", "last run (UTC)", "records"):
        table.add_column(name, overflow="fold")
    for row in rows:
        count = "" if row["records"] is None else f"{row['records']:,}"
        table.add_row(row["name"], row["title"], row["licence"], row["last_run"] or "never", count)
    Console().print(table)


def _entry(said: SourceCard | SourceSummary, refresh: str | None, run: SourceSummary | None) -> dict[str, Any]:
    return {
        "name": said.name,
        "title": said.title["en"],
        "publisher": said.publisher,
        "licence": said.licence,
        "homepage": said.homepage,
        "refresh": refresh,
        "last_run": run.started if run else None,
        "records": run.records if run else None,
    }
