"""`cleantech serve`: the application, with the bundled demo in it when the data folder is empty."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
import os
import resource
import socket
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
import uvicorn

from api import logs
from api.app import create_app
from api.commands.failure import CommandError, told
from api.connection import ConnectionLimits
from api.local import address
from api.metrics import metrics_of
from api.protocol import bound
from api.settings import Settings, misspelt
from api.watch import watch
from graph.generation import DataFolder

_log = logging.getLogger("cleantech.settings")
DEMO = "sweden"
_OTHER_FILES = 512  # beside connections: stores, pipes to readers and writer, pages


def serve(
    host: Annotated[str | None, typer.Option("--host", help="The address to listen on [127.0.0.1].")] = None,
    port: Annotated[
        int | None, typer.Option("--port", min=0, max=65535, help="The port [8000]; 0: a free one.")
    ] = None,
    data: Annotated[Path | None, typer.Option("--data", metavar="DIR", help="The data folder [var].")] = None,
    no_demo: Annotated[bool, typer.Option("--no-demo", help="Do not fill an empty data folder.")] = False,
) -> None:
    """Serve the map in the browser. Every option is also a variable, such as CLEANTECH_PORT."""
    with told("serve"):
        given: dict[str, Any] = {"host": host, "port": port, "data": data}
        settings = Settings(**{name: value for name, value in given.items() if value is not None})
        listener = _listen(settings)
        with listener:
            _prepare(settings.data, demo=not no_demo)
            logs.configure(settings.log)
            for line in misspelt(os.environ):
                _log.warning("%s", line)
            _more_files(settings.connections)
            _run(settings, listener)


def _listen(settings: Settings) -> socket.socket:
    """A bound socket; CommandError when the port is taken or the address is not ours."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # The protocol must be named: asyncio switches Nagle's delay (40 ms an answer) off only where it reads TCP.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        place = f"{settings.host}:{settings.port}"
        raise CommandError(f"cannot listen on {place}: {error.strerror or error}; try another --port") from error
    return listener


def _prepare(data: Path, *, demo: bool) -> None:
    """Check the data folder and fill it when it is empty; CommandError when it cannot be served."""
    if DataFolder(data).current() is not None:
        return
    if not demo:
        if not data.exists():
            raise CommandError(f"the data folder {data} does not exist; make it with `cleantech init --data {data}`")
        return
    with DataFolder(data).lock():
        pass  # fails in one line when the folder cannot be written
    typer.echo(f"The data folder {data} is empty: reading the bundled demo.", err=True)
    # In a process of its own: this one never opens the store.
    command = [sys.executable, "-P", "-m", "api.cli", "ingest", DEMO, "--data", str(data)]
    if subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode:
        raise CommandError("the demo could not be read; the line above says why")


def _run(settings: Settings, listener: socket.socket) -> None:
    app = create_app(settings, url=address(*listener.getsockname()[:2]))
    metrics = metrics_of(app)
    config = uvicorn.Config(
        app,
        http=bound(settings.connection_limits, metrics.refuse),
        ws="none",
        log_config=None,
        log_level="warning",
        access_log=False,
        lifespan="on",
        server_header=False,
        proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=list(settings.proxies),
        timeout_keep_alive=math.ceil(settings.idle_timeout),
        timeout_graceful_shutdown=5,
    )
    server = _Server(config, settings.connection_limits)
    metrics.gauge("connections", "Open connections.", lambda: len(server.server_state.connections))
    with contextlib.suppress(SystemExit):  # how uvicorn ends after a failed start
        server.run(sockets=[listener])
    if app.state.failure is not None:
        raise app.state.failure


def _more_files(connections: int) -> None:
    """Ask for as many open files as the connections need; without them new ones could not even be refused."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = connections + _OTHER_FILES
    if soft != resource.RLIM_INFINITY and soft < needed:
        enough = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (enough, hard))


class _Server(uvicorn.Server):
    """Says where it is once it answers, and watches its connections; words about a failed start are its caller's."""

    def __init__(self, config: uvicorn.Config, limits: ConnectionLimits) -> None:
        super().__init__(config)
        self.limits = limits
        self.watching: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        log = logging.getLogger("uvicorn.error")
        level = log.level
        log.setLevel(logging.CRITICAL)
        await super().startup(sockets)
        log.setLevel(level)
        if self.started and sockets:
            self.watching = asyncio.create_task(watch(self.server_state.connections, self.limits))
            host, port = sockets[0].getsockname()[:2]
            shown = f"[{host}]" if ":" in host else host
            typer.echo(f"Cleantech KG is at http://{shown}:{port} (Ctrl-C ends it)")
            sys.stdout.flush()
