"""A bare store with a key, and a server on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from api.keys import Keys
from graph.generation import DataFolder
from graph.plain import plain_generation
from ontology.terms import BASE
from tests.api.running import Running, running

UPDATE = "application/sparql-update"


@dataclass(frozen=True)
class Desk:
    """Somebody with a key at a running server."""

    running: Running
    key: str

    @property
    def url(self) -> str:
        return self.running.url

    def update(self, text: str, key: str | None = None, **parameters: str) -> httpx.Response:
        headers = {"Content-Type": UPDATE, "Authorization": f"Bearer {self.key if key is None else key}"}
        return httpx.post(f"{self.url}/sparql", content=text, headers=headers, params=parameters, timeout=60)

    def store(self, method: str, path: str = "", body: str | bytes = b"", **headers: str) -> httpx.Response:
        held = {"Authorization": f"Bearer {self.key}", "Content-Type": "text/turtle"}
        held |= {name.replace("_", "-"): value for name, value in headers.items()}
        return httpx.request(method, f"{self.url}/graph-store{path}", content=body, headers=held, timeout=60)

    def rows(self, query: str) -> list[list[str]]:
        answer = httpx.get(f"{self.url}/sparql", params={"query": query}, headers={"Accept": "text/csv"}, timeout=60)
        assert answer.status_code == 200, answer.text
        return [line.split(",") for line in answer.text.splitlines()[1:]]

    def writers(self) -> list[psutil.Process]:
        children = psutil.Process(self.running.process.pid).children()
        return [child for child in children if "graph.writer_worker" in _command(child)]


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def bare(folder: Path) -> str:
    """Make a bare store; the secret of its key."""
    plain_generation(DataFolder(folder), BASE, built="2026-01-01T00:00:00+00:00")
    return Keys.of(folder).add("tester", "update")


@contextmanager
def desk(folder: Path, key: str, **environment: str) -> Iterator[Desk]:
    """A server on the folder."""
    with running("--data", str(folder), **environment) as served:
        yield Desk(served, key)
