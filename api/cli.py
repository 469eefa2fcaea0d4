"""The command line: `cleantech`. Results go to standard output, progress and errors to standard error."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version
from typing import Annotated

import typer

# Each is a module of `api.commands` with a function of its name; some are groups of commands.
COMMANDS = (
    "serve",
    "init",
    "ingest",
    "rebuild",
    "query",
    "sources",
    "doctor",
    "export",
    "gaps",
    "keys",
    "edits",
    "review",
    "suppress",
    "unsuppress",
)
_GROUPS = {
    "export": "export_app",
    "gaps": "gaps_app",
    "sources": "sources_app",
    "keys": "keys_app",
    "edits": "edits_app",
    "review": "review_app",
}


def build(arguments: Sequence[str]) -> typer.Typer:
    """The commands that these arguments may mean: one alone when it is named first, so that it starts at once."""
    app = typer.Typer(
        help="One open map of a cleantech ecosystem, with the source of every fact.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        add_completion=False,
    )
    app.callback()(_top)
    for name in arguments[:1] if set(arguments[:1]) & set(COMMANDS) else COMMANDS:
        module = import_module(f"api.commands.{name}")
        if name in _GROUPS:
            app.add_typer(getattr(module, _GROUPS[name]), name=name)
        else:
            app.command(name)(getattr(module, name))
    return app


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"cleantech-kg {version('cleantech-kg')}")
        raise typer.Exit


def _top(
    _show: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """One open map of a cleantech ecosystem, with the source of every fact."""


def main() -> None:
    """The entry point. Exit codes: 0 done, 1 failed, 2 typed wrongly, 130 stopped by Ctrl-C."""
    build(sys.argv[1:])()


if __name__ == "__main__":
    main()
