"""`cleantech doctor`: what this machine offers and in what state the data folder is."""

from __future__ import annotations

import asyncio
import json
import os
import platform
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Literal

import typer

from api.commands.failure import told
from api.commands.options import DEFAULT_DATA, Data
from api.routes.explorer import STATIC
from graph.errors import GraphError
from graph.generation import DataFolder, Generation
from graph.readers import ReaderError, ReaderPool

_OK, _WARN, _BAD = "ok", "warning", "bad"
Finding = tuple[str, str, str]


def doctor(
    output: Annotated[Literal["text", "json"], typer.Option("--format", help="How to print.")] = "text",
    data: Data = DEFAULT_DATA,
) -> None:
    """Check Python, memory, the sandbox of the readers and the data folder. Exit code 1 when something is bad."""
    with told("doctor"):
        findings = [*_machine(), _explorer(), *_folder(data)]
    if output == "json":
        typer.echo(
            json.dumps([dict(zip(("check", "state", "finding"), one, strict=True)) for one in findings], indent=1)
        )
    else:
        for check, state, finding in findings:
            typer.echo(f"{state:8} {check:14} {finding}")
    if any(state == _BAD for _, state, _ in findings):
        raise typer.Exit(1)


def _machine() -> list[Finding]:
    new_enough = sys.version_info >= (3, 11)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return [
        ("program", _OK, f"cleantech-kg {version('cleantech-kg')}, pyoxigraph {version('pyoxigraph')}"),
        (
            "python",
            _OK if new_enough else _BAD,
            f"{platform.python_version()} on {platform.system()} {platform.machine()}",
        ),
        ("cores", _OK, str(cores)),
        (
            "memory",
            _OK if memory >= 2 else _WARN,
            f"{memory:.1f} GB; each query may use 1 GB unless it is set otherwise",
        ),
    ]


def _explorer() -> Finding:
    built = (STATIC / "index.html").is_file()
    return ("explorer", _OK if built else _WARN, "built" if built else "not built: run `make web`")


def _folder(data: Path) -> list[Finding]:
    try:
        current = DataFolder(data).current()
    except GraphError as error:
        return [("generation" if data.is_dir() else "data folder", _BAD, str(error))]
    if not data.exists():
        return [("data folder", _WARN, f"{data} does not exist; `cleantech ingest sweden` makes it")]
    writable = os.access(data, os.W_OK | os.X_OK)
    found = [("data folder", _OK if writable else _WARN, f"{data}{'' if writable else ' cannot be written'}")]
    if current is None:
        return [*found, ("generation", _WARN, "none yet; `cleantech ingest sweden` makes one")]
    manifest = current.manifest
    counts = ", ".join(f"{count:,} {name}" for name, count in manifest.counts.items())
    return [*found, ("generation", _OK, f"{manifest.number}, built {manifest.built}: {counts}"), *_readers(current)]


def _readers(current: Generation) -> list[Finding]:
    async def sealed() -> bool:
        async with ReaderPool(current.store, 1) as pool:
            await pool.query("ASK {}", "application/sparql-results+json")
            return pool.sealed

    try:
        shut = asyncio.run(sealed())
    except ReaderError as error:
        return [("readers", _BAD, str(error))]
    words = "sockets are shut by seccomp" if shut else "no seccomp here: the guard alone keeps queries from the network"
    return [("readers", _OK, "answer"), ("sandbox", _OK if shut else _WARN, words)]
