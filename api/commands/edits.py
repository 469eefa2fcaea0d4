"""`cleantech edits`: what was written over HTTP, and taking it back."""

from __future__ import annotations

import json
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table

from api.answers.edits import edit_out
from api.commands.edits_drop import Wanted, drop_edits, preview
from api.commands.failure import CommandError, told
from api.commands.options import DEFAULT_DATA, Data
from graph.edits import Edits
from graph.generation import DataFolder, Generation
from graph.overlay import Overlay
from graph.undo import History, Told

edits_app = typer.Typer(help="What was written through /sparql and /graph-store.", no_args_is_help=True)
_SHOWN = 60  # characters of an update


@edits_app.callback()
def top() -> None:
    """What was written through /sparql and /graph-store."""


@edits_app.command("list")
def list_edits(
    output: Annotated[Literal["table", "json"], typer.Option("--format", help="How to print.")] = "table",
    data: Data = DEFAULT_DATA,
) -> None:
    """The journal, oldest first, what each edit changed, and how many quads differ from what the build wrote."""
    with told("edits list"):
        current = _current(DataFolder(data))
        history = History.read(Edits.of(current.path))
        overlay = Overlay.of(current)
    if output == "json":
        edits = [edit_out(one).model_dump() for one in history.edits]
        held = {"added": len(overlay.added), "removed": len(overlay.removed), "edits": edits}
        typer.echo(json.dumps(held, ensure_ascii=False, indent=1))
        return
    table = Table(box=None, header_style="bold")
    for column in ("nr", "time (UTC)", "key", "kind", "changed", "stands", "what"):
        table.add_column(column, overflow="fold")
    for one in history.edits:
        entry = one.entry
        table.add_row(str(entry.number), entry.time, entry.key, entry.kind, _changed(one), _stands(one), _what(one))
    Console().print(table)
    typer.echo(f"{len(overlay.added):,} quads added, {len(overlay.removed):,} removed against the build.", err=True)


@edits_app.command("drop")
def drop(
    numbers: Annotated[list[int] | None, typer.Argument(help="The numbers of edits.", show_default=False)] = None,
    last: Annotated[bool, typer.Option("--last", help="The last one that stands.")] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Whatever was edited: back to what the build wrote.")
    ] = False,
    key: Annotated[str | None, typer.Option("--key", metavar="NAME", help="All that stand of one key.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print what would change; change nothing.")] = False,
    data: Data = DEFAULT_DATA,
) -> None:
    """Take edits back, all of them or none. That is an edit, too, and can be taken back by its number."""
    with told("edits drop"):
        if bool(numbers) + last + everything + (key is not None) != 1:
            raise CommandError("say which: numbers, --last, --key NAME or --all")
        folder = DataFolder(data)
        current = _current(folder)
        history = History.read(Edits.of(current.path))
        wanted = _wanted(history, numbers or [], last, everything, key)
        if dry_run:
            for line in preview(current, wanted):
                typer.echo(line)
            return
        done = drop_edits(folder, current, wanted)
    changed = "" if done.added is None else f": {done.added:,} quads added, {done.removed:,} removed"
    listed = ", ".join(map(str, done.undoes)) or "none"
    typer.echo(f"Taken back: {listed}{changed}. This is edit {done.number}.")


def _wanted(history: History, numbers: list[int], last: bool, everything: bool, key: str | None) -> Wanted:
    standing = history.standing
    if everything:
        return Wanted((), everything=True)
    if last:
        numbers = standing[-1:]
    elif key is not None:
        mine = {one.entry.number for one in history.edits if one.entry.key == key}
        numbers = [number for number in standing if number in mine]
    if not numbers:
        raise CommandError("no edit stands" + ("" if key is None else f" of the key {key}"))
    history.check(numbers)
    return Wanted(tuple(numbers))


def _current(data: DataFolder) -> Generation:
    current = data.current()
    if current is None:
        raise CommandError(f"{data.path} holds no map yet")
    return current


def _changed(one: Told) -> str:
    entry = one.entry
    return "unknown" if entry.added is None else f"+{entry.added:,} -{entry.removed:,}"


def _stands(one: Told) -> str:
    if one.undone_by is not None:
        return f"no: {one.undone_by}"
    return "yes" if one.undoable else "yes, not undoable"


def _what(one: Told) -> str:
    entry = one.entry
    if entry.undoes:
        return f"takes back {', '.join(map(str, entry.undoes))}"[:_SHOWN]
    return (entry.graph or " ".join((entry.text or f"sha256 {entry.sha256 or 'unknown'}").split()))[:_SHOWN]
