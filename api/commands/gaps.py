"""`cleantech gaps`: where collaboration is missing, on the command line."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from api.answers.gaps import analysis, answer_out, answer_table, empty_said
from api.answers.gaps_findings import FINDINGS, HISTORIES, Ask, most_of, of_one, spread
from api.answers.gaps_method import formula, title
from api.commands.failure import TypedError
from api.commands.gaps_backtest import backtest
from api.commands.gaps_desk import Desk, as_json, put, told
from api.commands.gaps_explain import explain
from api.commands.gaps_feedback import feedback
from api.commands.gaps_options import Given, Limit, OtherRegion, Printed, scoped
from api.commands.gaps_pair import paths
from api.commands.gaps_score import score
from api.commands.gaps_show import show
from api.commands.gaps_words import Tongue
from graph.gaps.scope import scope_of
from graph.visible import visible

gaps_app = typer.Typer(help="Find where collaboration is missing, with reasons.", no_args_is_help=True)
_ROWS = 20

HistoryOption = Annotated[
    list[str], typer.Option("--history", help="never linked (the default), lapsed: not for long; twice for both.")
]
Of = Annotated[str, typer.Option("--of", metavar="KEY", help="The pairs of one organisation.")]
Long = Annotated[bool, typer.Option("--long", help="Every reason with its records, not the first four with one each.")]
By = Annotated[str, typer.Option("--by", help="How groups are made: type, region or region-type.")]


def pairs(
    given: Given,
    printed: Printed,
    history: HistoryOption = [],  # noqa: B006  Typer reads the default and never changes it
    other_region: OtherRegion = [],  # noqa: B006
    of: Of = "",
    limit: Limit = None,
    long: Long = False,
) -> None:
    """Missing pairs."""
    with told("pairs"):
        for one in history:
            if one not in HISTORIES:
                raise TypedError(f"--history: there is no {one[:100]!r}; known are {', '.join(HISTORIES)}")
        desk = Desk.open(printed.data)
        columns = desk.snapshot.columns
        scope = replace(given.scope(columns), other_regions=scope_of(columns, other_region=other_region).other_regions)
        chosen = tuple(one for one in HISTORIES if one in history) or HISTORIES[:1]
        ask = Ask("pairs", scope, history=chosen)
        _print(desk, of_one(ask, desk.organisation(of)) if of else ask, printed, limit, long)


def _answer(name: str, given: Given, printed: Printed, limit: int | None, by: str = "", long: bool = False) -> None:
    """Work a finding out and print it."""
    with told(name):
        desk = Desk.open(printed.data)
        _print(desk, Ask(name, given.scope(desk.snapshot.columns), by), printed, limit, long)


def _print(desk: Desk, asked: Ask, printed: Printed, limit: int | None, long: bool) -> None:
    shape = printed.shape
    if printed.out and shape == "table":
        raise TypedError("--out takes json or csv; say --format json or --format csv, or name the file so")
    most = most_of(asked)
    if limit is not None and limit > most:
        raise TypedError(f"--limit: {limit} is more than the {most:,} best rows that can be had here")
    rows = limit or (most if shape == "csv" else min(_ROWS, most))
    ask = spread(replace(asked, stamp=desk.said.stamp, answers=desk.said.answers), rows)
    found = analysis(desk.snapshot.columns, ask)
    if shape == "csv":
        put(printed, answer_table(desk.snapshot, ask, found, rows, printed.lang))
        why = empty_said(desk.snapshot, found, printed.lang)
        if why:
            typer.echo(visible(why), err=True)
        return
    answer = answer_out(desk.snapshot, ask, found, 0, rows)
    if shape == "json":
        put(printed, as_json(answer))
    else:
        show(ask.name, answer, answer.rows, Tongue(printed.lang), long=long)  # type: ignore[attr-defined]  # each has rows


def _register(name: str) -> None:
    """Give a finding its command."""
    finding = FINDINGS[name]

    def plain(given: Given, printed: Printed, limit: Limit = None) -> None:
        _answer(name, given, printed, limit)

    def reasoned(given: Given, printed: Printed, limit: Limit = None, long: Long = False) -> None:
        _answer(name, given, printed, limit, long=long)

    def grouped(given: Given, printed: Printed, by: By = "type", limit: Limit = None) -> None:
        with told(name):
            if by not in finding.by:
                raise TypedError(f"--by: there is no {by[:100]!r}; known are {', '.join(finding.by)}")
        _answer(name, given, printed, limit, "" if by == finding.by[0] else by)

    chosen = pairs if name == "pairs" else grouped if finding.by else reasoned if finding.answered else plain
    said = title(name).en
    gaps_app.command(name, help=f"{said}. {formula(name).en}", short_help=f"{said}.")(scoped(chosen))


for _name in FINDINGS:
    _register(_name)
gaps_app.command("explain")(scoped(explain))
gaps_app.command("paths")(scoped(paths, wide=True))
gaps_app.command("feedback")(feedback)
gaps_app.command("score")(score)
gaps_app.command("backtest")(backtest)
