"""The command line `cleantech`: every command is a function in `api.commands`."""

from __future__ import annotations

import os
import signal
import sys

import typer

from api.commands.doctor import doctor
from api.commands.export import export_app
from api.commands.ingest import ingest
from api.commands.init import init
from api.commands.query import query
from api.commands.serve import serve
from api.commands.sources import sources

app = typer.Typer(
    name="cleantech",
    help="One open map of a cleantech ecosystem, with the source of every fact.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (serve, init, ingest, query, sources, doctor):
    app.command()(command)
app.add_typer(export_app, name="export")


def main() -> None:
    """Run the command line. A closed pipe ends it silently, Ctrl-C with exit code 130."""
    try:
        app()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(128 + signal.SIGPIPE)
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
