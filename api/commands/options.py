"""What several commands share: the data folder option and how a fault is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from graph.errors import GraphError
from graph.generation import DataFolder, Generation
from ingest.problem import IngestError

DataOption = Annotated[
    Path, typer.Option("--data", metavar="DIR", envvar="CLEANTECH_DATA", help="The data folder.", show_default=True)
]


class CommandError(Exception):
    """A command cannot go on; its text is what the user reads."""


@contextmanager
def faults_in_words(command: str) -> Iterator[None]:
    """Tell what went wrong on stderr, without a traceback, and end with exit code 1."""
    try:
        yield
    except (CommandError, GraphError, IngestError) as error:
        typer.echo(f"cleantech {command}: {error}", err=True)
        raise typer.Exit(1) from error


def served(data: Path) -> Generation:
    """The published generation of a data folder; CommandError when there is none."""
    generation = DataFolder(data).current()
    if generation is None:
        raise CommandError(f"nothing was ingested into {data} yet; run `cleantech ingest sweden --data {data}` first")
    return generation
