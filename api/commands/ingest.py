"""`cleantech ingest SOURCE`: read a source and publish a new generation."""

from __future__ import annotations

import json
import sys
from typing import Annotated, Literal

import typer

from api.commands.failure import told
from api.commands.options import DEFAULT_DATA, Data, Inputs, Settings, inputs_of, settings_of
from api.commands.progress import Line
from graph.generation import DataFolder
from ingest.problem import render
from ingest.registry import names
from ingest.report import Report
from ingest.run import ingest as run

_SHOWN = 10


def ingest(
    source: Annotated[str, typer.Argument(help=f"The source: {', '.join(names())}.")],
    inputs: Inputs = None,
    settings: Settings = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change; write nothing.")] = False,
    drop_edits: Annotated[bool, typer.Option("--drop-edits", help="Leave behind what was written over HTTP.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Read and build again although nothing changed.")] = False,
    accept_drop: Annotated[
        bool, typer.Option("--accept-drop", help="Publish although there are far fewer records than last time.")
    ] = False,
    output: Annotated[Literal["text", "json"], typer.Option("--format", help="How to report.")] = "text",
    data: Data = DEFAULT_DATA,
) -> None:
    """Read SOURCE, check it, and publish the map with it. On any error the map stays as it is."""
    with told("ingest"):
        given, options = inputs_of(inputs), settings_of(settings)
        with Line() as line:
            report = run(
                DataFolder(data),
                source,
                given,
                options=options,
                dry_run=dry_run,
                drop_edits=drop_edits,
                force=force,
                accept_drop=accept_drop,
                progress=line,
            )
    if output == "json":
        json.dump(report.as_json(), sys.stdout, ensure_ascii=False, indent=1, default=str)
        typer.echo()
        return
    _tell(report, dry_run)


def _tell(report: Report, dry_run: bool) -> None:
    for warning in report.warnings:
        typer.echo(f"warning: {warning}", err=True)
    if report.rejects:
        typer.echo(render(report.rejects), err=True)
    typer.echo(f"{report.source}: {report.records:,} records read, {report.rejected:,} rejected.")
    for name, keys in (
        ("new", report.diff.added),
        ("gone", report.diff.removed),
        ("changed", report.diff.changed),
    ):
        examples = f": {', '.join(keys[:_SHOWN])}{' …' if len(keys) > _SHOWN else ''}" if keys else ""
        typer.echo(f"  {len(keys):,} {name}{examples}")
    for words in report.things:
        typer.echo(f"  {words}")
    if any(report.edits):
        typer.echo(f"  {report.edits[0]:,} edited quads and {report.edits[1]:,} removals were carried over")
    if dry_run:
        typer.echo("Nothing was written.")
    elif report.unchanged:
        typer.echo(f"Nothing new; generation {report.generation} is published.")
    else:
        typer.echo(f"Generation {report.generation} is published.")
