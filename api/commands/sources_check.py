"""`cleantech sources check`: what is wrong with an input, cell by cell, and what would come in."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Annotated, Literal

import typer

from api.commands.export_output import target, write
from api.commands.failure import CommandError, told
from api.commands.options import Inputs, Settings, inputs_of, settings_of
from api.commands.progress import Line
from ingest.check import Checked, check
from ingest.problem import Problem
from ingest.registry import names
from visualisations.export import ExportError
from visualisations.plain import cell

_COLUMNS = ("file", "sheet", "line", "column", "value", "message", "advice")
_SHOWN = 200


def check_source(
    source: Annotated[str, typer.Argument(help=f"The source: {', '.join(names())}.")],
    inputs: Inputs = None,
    settings: Settings = None,
    output: Annotated[Literal["text", "json"], typer.Option("--format", help="How to report.")] = "text",
    out: Annotated[
        str | None, typer.Option("--out", metavar="FILE", help="Write the problems there too, as CSV; - to print them.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite FILE.")] = False,
) -> None:
    """Say what is wrong with the input, and what would come in. Writes nothing but FILE; exit code 1 when something is wrong."""
    with told("sources check"):
        given, options = inputs_of(inputs), settings_of(settings)
        with Line() as line:
            checked = check(
                source,
                given,
                options=options,
                progress=lambda done, total: line("extract", done, total),
            )
        try:
            if out is not None:
                write(target(out, force), _as_csv(checked.problems))
        except ExportError as error:
            raise CommandError(str(error)) from error
    if output == "json":
        typer.echo(json.dumps(_as_json(checked), ensure_ascii=False, indent=1))
    elif out != "-":
        _tell(checked)
    if not checked.good:
        raise typer.Exit(1)


def _placed(problem: Problem) -> Mapping[str, str | int | None]:
    """The problem by column; a sheet of a workbook stands apart from its file."""
    file, mark, sheet = problem.file.partition(".xlsx!")
    return {**asdict(problem), "file": f"{file}.xlsx" if mark else problem.file, "sheet": sheet or None}


def _as_json(checked: Checked) -> Mapping[str, object]:
    placed = [{name: _placed(problem)[name] for name in _COLUMNS} for problem in checked.problems]
    return {**asdict(checked), "good": checked.good, "problems": placed}


def _as_csv(problems: Sequence[Problem]) -> bytes:
    """UTF-8 with its mark, so that Excel reads it; a value that a spreadsheet would run has an apostrophe before it."""
    held = io.StringIO(newline="")
    table = csv.writer(held)
    table.writerow(_COLUMNS)
    for problem in problems:
        table.writerow([cell(_placed(problem)[name]) for name in _COLUMNS])
    return held.getvalue().encode("utf-8-sig")


def _tell(checked: Checked) -> None:
    for problem in checked.problems[:_SHOWN]:
        placed = _placed(problem)
        words = [str(placed["file"])]
        words += [f"sheet {placed['sheet']}"] if placed["sheet"] else []
        words += [f"line {problem.line}"] if problem.line is not None else []
        words += [f"column {problem.column}"] if problem.column is not None else []
        value = (
            f" (the cell: {problem.value[:60]!r})"
            if problem.value and repr(problem.value) not in problem.message
            else ""
        )
        typer.echo(f"{', '.join(words)}: {problem.message}{value}\n    {problem.advice}")
    if len(checked.problems) > _SHOWN:
        typer.echo(f"... and {len(checked.problems) - _SHOWN} more; --out FILE holds them all")
    for warning in checked.warnings:
        typer.echo(f"warning: {warning}")
    typer.echo(f"{checked.source}: {checked.records:,} records would come in, {checked.rejected:,} rows would not.")
    for kind, count in checked.kinds.items():
        typer.echo(f"  {count:,} {kind}")
    for breach in checked.breached:
        typer.echo(f"An ingest would stop: {breach}.")
    typer.echo("Nothing was written to the map.")
