"""Ingests and builds that were asked for over HTTP: each a process of its own, one at a time."""

from __future__ import annotations

import asyncio
import contextlib
import re
import secrets
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from graph.errors import LockedError

State = Literal["running", "done", "failed"]
_KEPT = 50
_LINE = 2_000  # characters
_PATH = re.compile(r"(?<![\w.])(?:[A-Za-z]:)?(?:[/\\][^\s/\\:;,'\"]+)+[/\\]?")
_LAST = re.compile(rb"[\r\n]+")


@dataclass
class Job:
    """One ingest, or a build anew (`source` is empty). `last` is the last line that it said, without the paths of this
    machine."""

    id: str
    source: str
    key: str
    process: asyncio.subprocess.Process
    started: float = field(default_factory=time.monotonic)
    ended: float | None = None
    state: State = "running"
    last: str = ""

    @property
    def seconds(self) -> float:
        """How long it has run, or did."""
        return (self.ended if self.ended is not None else time.monotonic()) - self.started


@dataclass
class Jobs:
    """The ingests and builds of this server, the last ones of which are remembered until it ends."""

    data: Path
    held: dict[str, Job] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _start: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def running(self) -> Job | None:
        """The one that runs."""
        return next((job for job in self.held.values() if job.state == "running"), None)

    async def start(self, source: str, key: str) -> Job:
        """Begin an ingest; LockedError while anything runs."""
        return await self._begin(("ingest", source), source, key)

    async def rebuild(self, key: str) -> Job:
        """Begin to build anew from what was ingested and decided; LockedError while anything runs."""
        return await self._begin(("rebuild",), "", key)

    async def _begin(self, command: Sequence[str], source: str, key: str) -> Job:
        async with self._start:
            if self.running is not None:
                said = f"An ingest of {self.running.source}" if self.running.source else "A build"
                raise LockedError(f"{said} runs already.")
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-P", "-m", "api.cli", *command, "--data", str(self.data)),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT,
            )
            job = Job(secrets.token_hex(8), source, key, process)
            self.held[job.id] = job
            while len(self.held) > _KEPT:
                del self.held[next(iter(self.held))]
        task = asyncio.create_task(self._follow(job))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return job

    async def close(self) -> None:
        """End what runs: a killed ingest leaves the map as it was."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _follow(self, job: Job) -> None:
        try:
            await self._listen(job)
            code = await job.process.wait()
            job.state = "failed" if code else "done"
        except BaseException:
            job.state = "failed"
            raise
        finally:
            job.ended = time.monotonic()
            if job.process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    job.process.terminate()
                await job.process.wait()

    async def _listen(self, job: Job) -> None:
        """Progress comes as lines that overwrite each other."""
        pipe, rest = job.process.stdout, b""
        while pipe is not None and (part := await pipe.read(1 << 14)):
            *lines, rest = _LAST.split((rest + part)[-(1 << 16) :])
            said = [line for line in [*lines, rest] if line.strip()]
            if said:
                job.last = without_paths(said[-1].decode("utf-8", "replace"), self.data)[:_LINE]


def without_paths(line: str, data: Path) -> str:
    """The line with `…/name` for the paths in it."""
    for known in (str(data.absolute()), str(data)):
        line = line.replace(known, "the data folder") if len(known) > 1 else line
    return _PATH.sub(lambda match: f"…/{match[0].rstrip('/').rpartition('/')[2]}", line).strip()
