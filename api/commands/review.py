"""`cleantech review`: people say which records are the same."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from api.answers.review import decisions_page, queue, queue_table
from api.answers.review_models import DecisionsOut, QueueOut
from api.commands.failure import CommandError, told
from api.commands.options import DEFAULT_DATA, Data
from api.commands.review_desk import Desk, Unknown, verdict_of
from api.commands.review_sitting import Sitting
from graph.candidate_queue import Wish
from graph.generation import DataFolder
from graph.visible import visible
from ingest.deciding import undo as take_back
from ingest.decision_lines import Decision
from ingest.decisions import Decisions
from visualisations.plain import cell

review_app = typer.Typer(help="Say which records are the same.", invoke_without_command=True)
_ALL = 1_000_000
_WIDTH = 200  # columns, where nobody looks at a terminal
_COLUMNS = ("id", "at", "by", "one", "other", "verdict", "note", "built")


@review_app.callback()
def top(context: typer.Context, data: Data = DEFAULT_DATA) -> None:
    """Look at pairs of records that look alike, one at a time, and decide by one key. On a terminal."""
    context.obj = data
    if context.invoked_subcommand is not None:
        return
    with told("review"):
        if not sys.stdin.isatty():
            raise CommandError(
                "standard input is no terminal; use `cleantech review list` and `cleantech review decide`"
            )
        desk = Desk.open(DataFolder(data))
        Sitting(desk, Console()).run()
        desk.tell_waiting()


def _folder(context: typer.Context, data: Path) -> DataFolder:
    """`--data` may stand before the name of the command or after it."""
    return DataFolder(context.obj if data == DEFAULT_DATA and context.obj is not None else data)


@review_app.command("list")
def list_pairs(
    context: typer.Context,
    output: Annotated[Literal["table", "json", "csv"], typer.Option("--format", help="How to print.")] = "table",
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="How many at most: 50, or all for csv, unless it is said.")
    ] = None,
    decided: Annotated[bool, typer.Option("--decided", help="Decisions in force, the newest first.")] = False,
    moved: Annotated[
        bool, typer.Option("--moved", help="Decisions that moved to another key, or wait for a record.")
    ] = False,
    data: Data = DEFAULT_DATA,
) -> None:
    """The pairs that nobody decided, those that change most first; or what was decided."""
    with told("review list"):
        desk = Desk.open(_folder(context, data))
        most = limit or (_ALL if output == "csv" else 50)
        if decided or moved:
            _tell_decisions(decisions_page(desk.snapshot, desk.standing, 0, most, None, moved), output)
        elif output == "csv":
            sys.stdout.write(queue_table(desk.snapshot, desk.standing, Wish(), "en", most).decode())
        else:
            _tell_queue(queue(desk.snapshot, desk.standing, Wish(), 0, most), output)
        desk.tell_waiting()


def _console() -> Console:
    return Console() if sys.stdout.isatty() else Console(width=_WIDTH, no_color=True)


def _text(said: str) -> Text:
    """As text, so that nothing in it is taken for a style or turns the terminal."""
    return Text(visible(said))


def _tell_queue(page: QueueOut, output: str) -> None:
    if output == "json":
        typer.echo(page.model_dump_json(indent=1))
        return
    table = Table(box=None, header_style="bold")
    for column in ("record", "name", "other record", "name", "likeness", "weight", "reasons"):
        table.add_column(column, overflow="fold")
    for pair in page.pairs:
        told_of = (pair.one, pair.one_thing.name.en, pair.other, pair.other_thing.name.en)
        table.add_row(*map(_text, (*told_of, f"{pair.score:g}", f"{pair.weight:g}", ", ".join(pair.reasons))))
    _console().print(table)
    typer.echo(f"{len(page.pairs):,} of {page.open:,} open pairs; {page.decided:,} are decided.", err=True)


def _tell_decisions(page: DecisionsOut, output: str) -> None:
    if output == "json":
        typer.echo(page.model_dump_json(indent=1))
        return
    if output == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\r\n")
        writer.writerow(_COLUMNS)
        writer.writerows([cell(getattr(said, name)) for name in _COLUMNS] for said in page.decisions)
        return
    table = Table(box=None, header_style="bold")
    for column in ("id", "time (UTC)", "by", "record", "other record", "verdict", "note"):
        table.add_column(column, overflow="fold")
    for said in page.decisions:
        flags = [f"moved: {old} is {new} now" for old, new in said.moved.items()]
        flags += [f"waits: {key} is nowhere" for key in said.unknown]
        note = "\n".join([said.note] * bool(said.note) + flags)
        table.add_row(*map(_text, (said.id, said.at[:19], said.by, said.one, said.other, said.verdict, note)))
    _console().print(table)
    typer.echo(f"{len(page.decisions):,} of {page.total:,} decisions.", err=True)


@review_app.command()
def decide(
    context: typer.Context,
    one: Annotated[str, typer.Argument(help="The key of a record, or of a thing that has one record.")],
    other: Annotated[str, typer.Argument(help="The key of the other one.")],
    verdict: Annotated[str, typer.Argument(help="same, different or unsure.")],
    note: Annotated[str, typer.Option("--note", help="Why.")] = "",
    unknown: Unknown = False,
    data: Data = DEFAULT_DATA,
) -> None:
    """Say of two records whether they are the same; the newest decision about a pair counts."""
    with told("review decide"):
        said_of = verdict_of(verdict)
        desk = Desk.open(_folder(context, data))
        one, other = (desk.record_of(key, unknown=unknown) for key in (one, other))
        said = desk.decide(one, other, said_of, note)
        for key in said.pair:
            if not desk.knows(key):
                typer.echo(f"warning: {key} is no record of this map; the decision waits for it", err=True)
        typer.echo(f"{said.id}: {said.one} and {said.other} are {_words(said)}.")
        desk.tell_waiting()


def _words(said: Decision) -> str:
    return {"same": "the same", "different": "different", "unsure": "left open"}[said.verdict]


@review_app.command()
def undo(
    context: typer.Context,
    decision: Annotated[str | None, typer.Argument(metavar="[ID]", help="The id of a decision.")] = None,
    last: Annotated[bool, typer.Option("--last", help="The newest one that stands.")] = False,
    data: Data = DEFAULT_DATA,
) -> None:
    """Take a decision or a suppression back; what was said before it counts again."""
    with told("review undo"):
        folder = _folder(context, data)
        if last == (decision is not None):
            raise CommandError("say which: the id of a decision, or --last")
        if decision is None:
            held = Decisions.read(folder).standing.values()
            newest = max(held, key=lambda said: (said.at, said.id), default=None)
            if newest is None:
                raise CommandError("no decision stands")
            decision = newest.id
        taken = take_back(folder, decision)
        typer.echo(f"Taken back: {taken.undoes}.")
        Desk.open(folder).tell_waiting()
