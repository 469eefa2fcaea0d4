"""What the benchmarks share: the command line in processes of its own, a data folder that is ready, a server."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import httpx

_LONGEST_START = 180.0


@dataclass(frozen=True, slots=True)
class Usage:
    """Seconds of wall clock and the greatest resident memory of a process and those that it waited for."""

    seconds: float
    peak_mb: float


class FailedError(Exception):
    """A command of ours ended with an error or did not answer."""


@dataclass
class Rig:
    """`folder` is empty at first and belongs to this run; `runs` is how often to repeat.

    `scale` is the size of generated data, `kept` a folder to keep it in, `source` where the data of `sparql` is from. A benchmark may leave tables in `texts` (Markdown,
    by its name) and everything it found in `details`.
    """

    folder: Path
    runs: int
    scale: float = 0.1
    kept: Path | None = None
    peers: Sequence[str] | None = None
    source: str = "generated"
    texts: dict[str, str] = field(default_factory=dict)
    details: dict[str, object] = field(default_factory=dict)
    log: Path = field(init=False)

    def __post_init__(self) -> None:
        self.log = self.folder / "log.txt"

    def run(self, *arguments: str) -> Usage:
        """Run `cleantech` to its end; FailedError with its last words when it fails."""
        began = time.perf_counter()
        with self.log.open("w") as log:
            process = subprocess.Popen(_command(*arguments), stdout=log, stderr=log)
            _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise FailedError(f"cleantech {' '.join(arguments)}: {self._last_words()}")
        return Usage(seconds, used.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3))

    @cached_property
    def data(self) -> Path:
        """A data folder with the demo in it."""
        data = self.folder / "data"
        self.run("ingest", "sweden", "--data", str(data))
        return data

    @contextmanager
    def server(self, data: Path | None = None) -> Iterator[tuple[str, float]]:
        """A server on this data, else on the demo: its address and the seconds from its start to its first answer."""
        address = f"http://127.0.0.1:{_free_port()}"
        arguments = ("serve", "--data", str(data or self.data), "--port", address.rpartition(":")[2])
        with self.log.open("w") as log:
            began = time.perf_counter()
            process = subprocess.Popen(_command(*arguments), stdout=log, stderr=log)
        try:
            self._await_answer(process, f"{address}/api/v1/stats", began)
            yield address, time.perf_counter() - began
        finally:
            process.terminate()
            process.wait(20)

    def _await_answer(self, process: subprocess.Popen[bytes], address: str, began: float) -> None:
        while time.perf_counter() - began < _LONGEST_START and process.poll() is None:
            try:
                if httpx.get(address, timeout=5).status_code == httpx.codes.OK:
                    return
            except httpx.TransportError:
                time.sleep(0.01)
        raise FailedError(f"the server did not answer: {self._last_words()}")

    def _last_words(self) -> str:
        return " ".join(self.log.read_text("utf-8", "replace").split()[-40:])


def _command(*arguments: str) -> tuple[str, ...]:
    return (str(Path(sys.executable).with_name("cleantech")), *arguments)


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port: int = held.getsockname()[1]
    return port
