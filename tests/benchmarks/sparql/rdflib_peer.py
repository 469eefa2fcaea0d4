"""rdflib-endpoint: rdflib in memory behind FastAPI."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psutil

from tests.benchmarks.row import SkippedError
from tests.benchmarks.sparql.client import Reply
from tests.benchmarks.sparql.dataset import Data
from tests.benchmarks.sparql.peer import HttpPeer, await_answer, free_port, process
from tests.benchmarks.sparql.questions import Asked

_LONGEST_LOAD = 300.0


class RdflibPeer(HttpPeer):
    """After a query that took too long its process is killed, and the one that holds the data forks another."""

    holder: psutil.Process

    def ask(self, asked: Asked, limit: float) -> Reply:
        """The answer, or none within the limit."""
        reply = super().ask(asked, limit)
        if reply.status == 0:
            for child in self.holder.children():
                child.kill()
        return reply


@contextmanager
def rdflib_endpoint(data: Data, folder: Path) -> Iterator[RdflibPeer]:
    """The default graph is ours as it is (the command of rdflib-endpoint would make it the union of all)."""
    if find_spec("rdflib_endpoint") is None:
        raise SkippedError("the PyPI package rdflib-endpoint is not installed (make setup installs it)")
    port, log = free_port(), folder / "rdflib.log"
    command = [sys.executable, "-m", "tests.benchmarks.sparql.rdflib_server", str(data.quads), str(port)]
    with process(command, log) as started:
        url = f"http://127.0.0.1:{port}/"
        peer = RdflibPeer("rdflib-endpoint", url)
        peer.holder = psutil.Process(started.pid)
        try:
            await_answer(started, url, log, _LONGEST_LOAD)
            yield peer
        finally:
            for child in peer.holder.children():
                child.kill()
