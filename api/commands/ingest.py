"""`cleantech ingest SOURCE`: read a source, check it, build a generation and publish it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Literal

import typer

from api.commands.options import DataOption, faults_in_words
from api.commands.progress import bar
from graph.generation import DataFolder
from ingest.problem import render
from ingest.report import Report
from ingest.run import ingest as run

SourceArgument = Annotated[str, typer.Argument(metavar="SOURCE", help="Its name; `cleantech sources` lists them.")]
InputOption = Annotated[Path | None, typer.Option("--input", metavar="PATH", help="Its files; default: what it ships.")]
DryOption = Annotated[bool, typer.Option("--dry-run", help="Say what would change; write nothing.")]
FormatOption = Annotated[Literal["text", "json"], typer.Option("--format", help="How the report is written.")]

_LISTED = 20


def ingest(
    source: SourceArgument,
    data: DataOption = Path("var"),
    input_: InputOption = None,
    dry_run: DryOption = False,
    format_: FormatOption = "text",
) -> None:
    """Read a source, check it, build a new generation beside the served one and publish it."""
    with faults_in_words("ingest"):
        with bar() as progress:
            report = run(DataFolder(data), source, input_, dry_run=dry_run, progress=progress)
        if format_ == "json":
            typer.echo(json.dumps(report.as_json(), ensure_ascii=False, default=str))
        else:
            _tell(report, dry_run)


def _tell(report: Report, dry_run: bool) -> None:
    for warning in report.warnings:
        typer.echo(f"warning: {warning}", err=True)
    if report.rejects:
        typer.echo(render(report.rejects), err=True)
    typer.echo(f"{report.source}: {report.records:,} records, {report.rejected:,} rejected")
    diff = report.diff
    if not diff:
        typer.echo("nothing changed since the last run")
    for word, keys in (("added", diff.added), ("changed", diff.changed), ("removed", diff.removed)):
        if keys:
            typer.echo(f"{word}: {len(keys):,}")
            if dry_run:
                typer.echo("".join(f"  {key}\n" for key in keys[:_LISTED]), nl=False)
                if len(keys) > _LISTED:
                    typer.echo(f"  ... and {len(keys) - _LISTED:,} more (--format json lists all)")
    if report.generation is not None:
        typer.echo(f"published generation {report.generation}")
    elif dry_run:
        typer.echo("dry run: nothing was written")
