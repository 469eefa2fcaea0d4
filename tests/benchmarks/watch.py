"""A command in a process of its own, with the memory of it and of all processes below it."""

from __future__ import annotations

import contextlib
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Final

import psutil

from tests.benchmarks.rig import FailedError

_EVERY: Final = 0.05


@dataclass(frozen=True, slots=True)
class Watched:
    """Seconds of wall clock, of processor time, and the greatest memory of a command.

    `peak_mb` is the greatest sum of the resident memory of the process and those below it, looked at every 50 ms; pages that
    they share count for each of them.
    """

    seconds: float
    busy: float
    peak_mb: float
    words: str


def watched(command: Sequence[str], log: Path) -> Watched:
    """Run the command to its end, standard output and error in `log`; FailedError when it fails."""
    began = time.perf_counter()
    with log.open("w", encoding="utf-8") as written:
        process = psutil.Popen(command, stdout=written, stderr=subprocess.STDOUT)
        over, seen = Event(), [0.0, 0.0]
        watcher = Thread(target=_watch, args=(process, over, seen))
        watcher.start()
        status = process.wait()
        seconds = time.perf_counter() - began
        over.set()
        watcher.join()
    words = log.read_text("utf-8", "replace")
    if status:
        raise FailedError(f"{' '.join(command[-6:])}: {' '.join(words.split()[-40:])}")
    return Watched(seconds, seen[1], seen[0] / 1e6, words)


def _watch(process: psutil.Process, over: Event, seen: list[float]) -> None:
    """Keep the greatest sum of memory in `seen[0]`, the processor time of all in `seen[1]`."""
    busy: dict[int, float] = {}
    while not over.wait(_EVERY):
        held = 0.0
        for one in _tree(process):
            with contextlib.suppress(psutil.Error):
                held += one.memory_info().rss
                times = one.cpu_times()
                busy[one.pid] = times.user + times.system
        seen[:] = [max(seen[0], held), sum(busy.values())]


def _tree(process: psutil.Process) -> list[psutil.Process]:
    with contextlib.suppress(psutil.Error):
        return [process, *process.children(recursive=True)]
    return []
