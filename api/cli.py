"""The command line: `cleantech`. Results go to standard output, progress and errors to standard error."""

from __future__ import annotations

from importlib.metadata import version
from typing import Annotated

import typer

from api.commands.doctor import doctor
from api.commands.edits import edits_app
from api.commands.export import export_app
from api.commands.ingest import ingest
from api.commands.init import init
from api.commands.keys import keys_app
from api.commands.query import query
from api.commands.serve import serve
from api.commands.sources import sources

app = typer.Typer(
    help="One open map of a cleantech ecosystem, with the source of every fact.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
)
for command in (serve, init, ingest, query, sources, doctor):
    app.command()(command)
app.add_typer(export_app, name="export")
app.add_typer(keys_app, name="keys")
app.add_typer(edits_app, name="edits")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"cleantech-kg {version('cleantech-kg')}")
        raise typer.Exit


@app.callback()
def top(
    show_version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """One open map of a cleantech ecosystem, with the source of every fact."""


def main() -> None:
    """The entry point. Exit codes: 0 done, 1 failed, 2 typed wrongly, 130 stopped by Ctrl-C."""
    app()


if __name__ == "__main__":
    main()
