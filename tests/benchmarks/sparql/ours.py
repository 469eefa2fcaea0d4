"""Our own server, as `cleantech serve` starts it."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import httpx

from tests.benchmarks.sparql.client import Reply
from tests.benchmarks.sparql.dataset import Data
from tests.benchmarks.sparql.peer import HttpPeer, await_answer, free_port, process
from tests.benchmarks.sparql.questions import Asked

_ROOM: Final = {"CLEANTECH_QUERY_PER_ADDRESS": "64", "CLEANTECH_QUERY_WAITING": "64"}  # all clients have one address
COLD: Final = {**_ROOM, "CLEANTECH_CACHE_BYTES": "0"}
DISK: Final = {**COLD, "CLEANTECH_REPLICA_QUADS": "0"}
WARM: Final = _ROOM
_LONGEST_START: Final = 90.0


def _await_memory(url: str) -> None:
    """Wait for the copy in memory, which is read after the start: peers have read their data when they answer."""
    until = time.perf_counter() + _LONGEST_START
    while time.perf_counter() < until:
        if httpx.get(url, params={"query": "ASK {}", "explain": "true"}).json().get("in_memory"):
            return
        time.sleep(0.2)


class Warm(HttpPeer):
    """Asks twice and tells of the second answer, which may come from the cache of results."""

    def ask(self, asked: Asked, limit: float) -> Reply:
        """The second answer."""
        first = super().ask(asked, limit)
        return super().ask(asked, limit) if first.status else first


@contextmanager
def ours(name: str, data: Data, folder: Path, environment: Mapping[str, str]) -> Iterator[HttpPeer]:
    """A server on the data with these settings."""
    port = free_port()
    log = folder / f"{name}.log"
    command = [str(Path(sys.executable).with_name("cleantech")), "serve", "--data", str(data.folder)]
    with process([*command, "--port", str(port)], log, environment) as started:
        url = f"http://127.0.0.1:{port}/sparql"
        await_answer(started, url, log, _LONGEST_START)
        if environment is not DISK:
            _await_memory(url)
        yield Warm(name, url) if environment is WARM else HttpPeer(name, url)
