"""`cleantech gaps feedback`: say what became of a pair, list what was said, take it back."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from api.answers.gaps_said import said_page
from api.commands.failure import TypedError
from api.commands.gaps_desk import Desk, told
from api.commands.gaps_show import console
from api.commands.options import DEFAULT_DATA, Data
from api.gap_answers import Said
from graph.visible import visible
from ingest.deciding import DecisionError
from ingest.gap_answers import WHATS, answer, read, take_back

_ALL = 1_000_000


def feedback(
    one: Annotated[str, typer.Argument(metavar="[A]", help="An organisation by its key, such as kth.")] = "",
    other: Annotated[str, typer.Argument(metavar="[B]", help="Another one.")] = "",
    said: Annotated[str, typer.Argument(metavar="[ANSWER]", help=f"{', '.join(WHATS)}.")] = "",
    note: Annotated[str, typer.Option("--note", help="More about it.")] = "",
    listed: Annotated[bool, typer.Option("--list", help="What was said, the newest first.")] = False,
    undo: Annotated[str, typer.Option("--undo", metavar="ID", help="Take one answer back.")] = "",
    data: Data = DEFAULT_DATA,
) -> None:
    """Say of two organisations what a missing pair is. It counts from the next question on; the newest answer counts."""
    with told("feedback"):
        if sum((bool(one), listed, bool(undo))) != 1 or (bool(one) and not (other and said)):
            raise TypedError(f"say two organisations and what they are ({', '.join(WHATS)}), or --list, or --undo ID")
        desk = Desk.open(data)
        try:
            if listed:
                _list(desk)
            elif undo:
                typer.echo(f"Taken back: {take_back(desk.data, undo).undoes}.")
            else:
                _say(desk, (one, other), said, note)
        except DecisionError as error:
            raise TypedError(str(error)) from error


def _say(desk: Desk, ends: tuple[str, str], said: str, note: str) -> None:
    one, other = (desk.snapshot.columns.key_of[desk.organisation(key)] for key in ends)
    written = answer(desk.data, one, other, said, note=note)
    names = [desk.snapshot.things.name(desk.snapshot.columns.node_of[key]).en for key in (one, other)]
    typer.echo(f"{written.id}: {visible(names[0])} and {visible(names[1])}: {written.answer}.")


def _list(desk: Desk) -> None:
    page = said_page(desk.snapshot, Said.of(desk.snapshot, read(desk.data)), 0, _ALL)
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in ("id", "time (UTC)", "by", "organisation", "other", "answer", "note"):
        table.add_column(column, overflow="fold")
    for one in page.answers:
        cells = (one.id, one.at[:19], one.by, one.one_key, one.other_key, one.answer, one.note)
        table.add_row(*(Text(visible(text)) for text in cells))
    if page.answers:
        console().print(table)
    typer.echo(f"{page.total:,} answers.", err=True)
