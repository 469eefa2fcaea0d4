"""`cleantech doctor`: what this machine and the data folder offer."""

from __future__ import annotations

import os
import platform
import resource
import shutil
import sys
from importlib.metadata import version
from pathlib import Path

import typer

from api.commands.options import DataOption
from graph.errors import GraphError
from graph.generation import DataFolder
from graph.readers import ReaderError, ask_once

_PARTS = ("pyoxigraph", "polars", "networkx", "rdflib", "fastapi")


def doctor(data: DataOption = Path("var")) -> None:
    """Check Python, memory, the reader processes and the data folder; exit code 1 when something is wrong."""
    ill = False
    for name, (well, said) in {**_machine(), **_folder(data)}.items():
        ill |= not well
        typer.echo(f"{'ok  ' if well else 'BAD '} {name:<12} {said}")
    if ill:
        raise typer.Exit(1)


def _machine() -> dict[str, tuple[bool, str]]:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return {
        "python": (
            sys.version_info >= (3, 11),
            f"{platform.python_version()} on {platform.system()} {platform.machine()}",
        ),
        "packages": (True, ", ".join(f"{name} {version(name)}" for name in _PARTS)),
        "cores": (True, str(os.cpu_count())),
        "memory": (memory >= 1 << 30, f"{memory / (1 << 30):.1f} GiB"),
        "open files": (files >= 256, f"at most {files}"),
    }


def _folder(data: Path) -> dict[str, tuple[bool, str]]:
    place = data if data.exists() else data.absolute().parent
    if not place.exists():
        return {"data": (False, f"{place} does not exist")}
    free = shutil.disk_usage(place).free
    told = {
        "writable": (os.access(place, os.W_OK), str(place)),
        "disk": (free >= 1 << 28, f"{free / (1 << 30):.1f} GiB free"),
    }
    try:
        generation = DataFolder(data).current()
        if generation is None:
            return {**told, "data": (True, f"nothing was ingested into {data} yet")}
        held = generation.manifest
        told["data"] = (
            True,
            f"generation {held.number} of {held.built}, {held.counts.get('relations', 0):,} relations",
        )
        answer = ask_once(generation.store, "ASK { ?s ?p ?o }", "application/sparql-results+json")
        told["readers"] = (b"true" in answer.body, f"a query took {answer.seconds * 1000:.1f} ms")
    except (GraphError, ReaderError) as error:
        told["data" if "data" not in told else "readers"] = (False, str(error))
    return told
