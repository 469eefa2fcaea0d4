"""What is compared: something that answers SPARQL, started by the bench on loopback with the same quads."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from tests.benchmarks.row import SkippedError
from tests.benchmarks.sparql.client import Connection, Reply, request
from tests.benchmarks.sparql.questions import Asked


class Peer(Protocol):
    """`over_http` is False for one that pays for no protocol."""

    name: str
    over_http: bool

    def ask(self, asked: Asked, limit: float) -> Reply:
        """The answer; status 0 when it took longer than `limit` seconds."""
        ...


@dataclass
class HttpPeer:
    """A peer behind an address. `extra` goes with each query (the dataset, where the peer needs to be told)."""

    name: str
    url: str
    extra: tuple[tuple[str, str], ...] = ()
    over_http: bool = True
    connection: Connection = field(init=False)

    def __post_init__(self) -> None:
        self.connection = Connection(self.url)

    def ask(self, asked: Asked, limit: float) -> Reply:
        """One request on the connection that is kept."""
        return self.connection.send(self.message(asked), limit)

    def message(self, asked: Asked) -> bytes:
        """The bytes that go over the wire."""
        return request(self.url, asked.text, asked.media, self.extra)


def free_port() -> int:
    """A port that nobody listens on at the moment."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port: int = held.getsockname()[1]
    return port


@contextmanager
def process(
    command: Sequence[str], log: Path, environment: Mapping[str, str] | None = None, folder: Path | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A process of a peer until the block is left; what it says goes to `log`."""
    with log.open("wb") as said:
        started = subprocess.Popen(
            list(command), stdout=said, stderr=said, env=os.environ | dict(environment or {}), cwd=folder
        )
    try:
        yield started
    finally:
        started.terminate()
        try:
            started.wait(20)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait()


def await_answer(started: subprocess.Popen[bytes], url: str, log: Path, longest: float) -> None:
    """Wait until something listens and answers a small query; SkippedError with its last words otherwise."""
    probe = HttpPeer("probe", url)
    until = time.perf_counter() + longest
    while time.perf_counter() < until and started.poll() is None:
        if probe.ask(Asked("probe", "ASK { ?s ?p ?o }"), 5).status == 200:
            probe.connection.close()
            return
        time.sleep(0.05)
    words = " ".join(log.read_text("utf-8", "replace").split()[-30:])
    raise SkippedError(f"did not answer within {longest:.0f} s: {words}")
