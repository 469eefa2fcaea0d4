"""`cleantech gaps backtest`: how well the scores would have foretold what came, on the command line."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Annotated, Final

import polars as pl
import typer
from rich.table import Table

from api.answers.gaps_backtest import backtest_out
from api.answers.gaps_words import header
from api.commands.failure import TypedError
from api.commands.gaps_desk import Desk, as_json, put, told
from api.commands.gaps_options import Force, LangOption, Out, Output, Printed, Technology
from api.commands.gaps_show import console
from api.commands.gaps_words import DASH, Tongue
from api.commands.options import DEFAULT_DATA, Data
from api.models_gaps import BackTestOut, BackTestRow
from graph.columns import Columns
from graph.gaps.backtest import backtest as tested
from graph.gaps.scope import scope_of

_NUMBERS: Final = [name for name in BackTestRow.model_fields if name != "method"]


def backtest(
    cut: Annotated[int, typer.Option("--cut", metavar="YEAR", min=1, max=9999, help="Train on what began before it.")],
    window: Annotated[int, typer.Option("--window", metavar="YEARS", min=1, max=50, help="How far to look on.")] = 2,
    least: Annotated[
        int, typer.Option("--least", metavar="N", min=1, help="Leave out who had fewer projects before the cut.")
    ] = 1,
    technology: Technology = [],  # noqa: B006  Typer reads the default and never changes it
    data: Data = DEFAULT_DATA,
    lang: LangOption = "en",
    format: Output = None,  # noqa: A002  the name of the option
    out: Out = "",
    force: Force = False,
) -> None:
    """Train on what began before a year, and tell how well each method foretold who met for the first time after it."""
    printed = Printed(data, lang, format, out, force)
    with told("backtest"):
        if printed.out and printed.shape == "table":
            raise TypedError("--out takes json or csv; say --format json or --format csv, or name the file so")
        columns = Desk.open(data).snapshot.columns
        answer = backtest_out(tested(columns, cut, window=window, least=least, things=_about(columns, technology)))
        if printed.shape == "json":
            put(printed, as_json(answer))
        elif printed.shape == "csv":
            put(printed, _csv(answer, Tongue(lang)))
            if not answer.first:
                _nothing(answer, Tongue(lang))
        else:
            _show(answer, Tongue(lang))


def _about(columns: Columns, technology: list[str]) -> list[int] | None:
    """The efforts about any of the technologies, or narrower ones; None for all."""
    slugs = scope_of(columns, technology=technology).technologies
    if not slugs:
        return None
    nodes = [columns.node_of[f"tech/{slug}"] for slug in slugs]
    efforts = columns.nodes.filter(pl.col("group") == "effort")["node"]
    held = columns.technology.filter(pl.col("tech").is_in(nodes), pl.col("node").is_in(efforts.implode()))
    return sorted(held["node"].unique().to_list())


def _csv(answer: BackTestOut, say: Tongue) -> bytes:
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([getattr(header(name), say.lang) for name in ("method", *_NUMBERS)])
    writer.writerows([row.method, *(getattr(row, name) for name in _NUMBERS)] for row in answer.rows)
    return out.getvalue().encode()


def _nothing(answer: BackTestOut, say: Tongue) -> None:
    typer.echo(say.word("no_pairs", cut=str(answer.cut), years=_years(answer)), err=True)


def _years(answer: BackTestOut) -> str:
    last = answer.cut + answer.window - 1
    return str(answer.cut) if last == answer.cut else f"{answer.cut}–{last}"


def _show(answer: BackTestOut, say: Tongue) -> None:
    if not answer.first:
        _nothing(answer, say)
        return
    years = _years(answer)
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column(say.head("method"))
    for name in _NUMBERS:
        table.add_column(say.head(name), justify="right")
    for row in answer.rows:
        numbers = (getattr(row, name) for name in _NUMBERS)
        table.add_row(row.method, *(DASH if one is None else say.number(one, 3) for one in numbers))
    console().print(table)
    words = {"known": say.number(answer.known), "first": say.number(answer.first), "cut": str(answer.cut)}
    typer.echo(say.word("backtest", years=years, **words), err=True)
