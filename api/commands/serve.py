"""`cleantech serve`: the application over HTTP, with the demo when there is nothing else."""

from __future__ import annotations

import errno
import socket
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer
import uvicorn
from pydantic import ValidationError

from api.app import create_app
from api.commands.options import CommandError, faults_in_words
from api.commands.progress import bar
from api.settings import Settings
from graph.generation import DataFolder
from ingest.run import ingest

HostOption = Annotated[str | None, typer.Option("--host", envvar="CLEANTECH_HOST", help="Default: 127.0.0.1.")]
PortOption = Annotated[int | None, typer.Option("--port", envvar="CLEANTECH_PORT", help="Default: 8000; 0 = any.")]
DataOption = Annotated[
    Path | None, typer.Option("--data", metavar="DIR", envvar="CLEANTECH_DATA", help="The data folder; default: var.")
]
NoDemoOption = Annotated[bool, typer.Option("--no-demo", help="Do not ingest the bundled demo into an empty folder.")]


def serve(
    host: HostOption = None, port: PortOption = None, data: DataOption = None, no_demo: NoDemoOption = False
) -> None:
    """Serve the map, the API and SPARQL; an empty data folder gets the bundled demo first."""
    with faults_in_words("serve"):
        settings = _settings(host, port, data)
        with closing(_listen(settings.host, settings.port)) as listening:
            _fill(DataFolder(settings.data), no_demo)
            address = f"[{settings.host}]" if ":" in settings.host else settings.host
            typer.echo(f"Cleantech KG is at http://{address}:{listening.getsockname()[1]}  (Ctrl-C ends it)", err=True)
            config = uvicorn.Config(create_app(settings), log_level="warning", access_log=False, server_header=False)
            uvicorn.Server(config).run(sockets=[listening])


def _settings(host: str | None, port: int | None, data: Path | None) -> Settings:
    given = {name: value for name, value in (("host", host), ("port", port), ("data", data)) if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type]  # pydantic checks each value
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(map(str, first["loc"]))
        raise CommandError(f"setting {name} (CLEANTECH_{name.upper()}): {first['msg']}") from error


def _listen(host: str, port: int) -> socket.socket:
    """Take the port before any work is done, so that a port in use is told at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(128)
    except (OSError, OverflowError) as error:
        listening.close()
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            raise CommandError(f"port {port} is in use; choose another with --port, or end what uses it") from error
        raise CommandError(f"cannot listen on {host} port {port}: {error}") from error
    return listening


def _fill(folder: DataFolder, no_demo: bool) -> None:
    if folder.current() is not None:
        return
    if no_demo:
        raise CommandError(f"nothing was ingested into {folder.path} yet; run `cleantech ingest SOURCE` first")
    typer.echo(f"{folder.path} is empty: reading the bundled Swedish demo", err=True)
    with bar() as progress:
        report = ingest(folder, "sweden", progress=progress)
    typer.echo(f"{report.records:,} records, {report.rejected:,} rejected; generation {report.generation}", err=True)
