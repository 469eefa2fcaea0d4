"""`cleantech gaps`: where collaboration is missing, on the command line."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from api.answers.gaps import analysis, answer_out, answer_table
from api.answers.gaps_findings import FINDINGS, MOST, Ask, spread
from api.answers.gaps_method import formula, title
from api.commands.failure import TypedError
from api.commands.gaps_desk import Desk, as_json, put, told
from api.commands.gaps_options import Given, Limit, Printed, scoped
from api.commands.gaps_pair import paths
from api.commands.gaps_show import show
from api.commands.gaps_words import Tongue

gaps_app = typer.Typer(help="Find where collaboration is missing, with reasons.", no_args_is_help=True)
_ROWS = 20

By = Annotated[str, typer.Option("--by", help="How groups are made: type, region or region-type.")]


def _answer(name: str, given: Given, printed: Printed, limit: int | None, **more: Any) -> None:  # noqa: ANN401
    """Work a finding out and print it. `more` are parts of the question."""
    with told(name):
        desk = Desk.open(printed.data)
        rows = limit or (MOST if printed.shape == "csv" else _ROWS)
        ask = spread(Ask(name, given.scope(desk.snapshot.columns), **more), rows)
        found = analysis(desk.snapshot.columns, ask)
        if printed.shape == "csv":
            put(printed, answer_table(desk.snapshot, ask, found, rows, printed.lang))
            return
        answer = answer_out(desk.snapshot, ask, found, 0, rows)
        if printed.shape == "json":
            put(printed, as_json(answer))
            return
        if printed.out:
            raise TypedError("--out takes json or csv; say --format json or --format csv, or name the file so")
        show(name, answer, answer.rows, Tongue(printed.lang))  # type: ignore[attr-defined]  # each has rows


def _register(name: str) -> None:
    """Give a finding its command."""
    finding = FINDINGS[name]

    def plain(given: Given, printed: Printed, limit: Limit = None) -> None:
        _answer(name, given, printed, limit)

    def grouped(given: Given, printed: Printed, by: By = "type", limit: Limit = None) -> None:
        with told(name):
            if by not in finding.by:
                raise TypedError(f"--by: there is no {by[:100]!r}; known are {', '.join(finding.by)}")
        _answer(name, given, printed, limit, by="" if by == finding.by[0] else by)

    chosen = grouped if finding.by else plain
    gaps_app.command(name, help=f"{title(name).en}. {formula(name).en}", short_help=f"{title(name).en}.")(
        scoped(chosen)
    )


for _name in FINDINGS:
    _register(_name)

gaps_app.command("paths")(scoped(paths, wide=True))
