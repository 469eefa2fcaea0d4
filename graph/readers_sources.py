"""Where readers come from: a process for each on the store on disk, or forks of one process that holds it in memory."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Protocol

from graph.finish import finish
from graph.readers_errors import StoreError
from graph.readers_line import Line, LineClosedError
from graph.readers_process import Child, Reader
from graph.readers_words import LastWords

_START_SECONDS = 30.0
# NumPy must start no threads in what will fork; the first line of a panic is enough.
_ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "RUST_BACKTRACE": "0"}


class ReaderSource(Protocol):
    """Starts readers on one store."""

    store: Path

    @property
    def in_memory(self) -> bool:
        """Whether its readers hold the store in memory."""
        ...

    async def start(self, memory: int) -> Reader:
        """A reader that may use `memory` bytes above what the open store needs; StoreError when none starts."""
        ...

    async def close(self) -> None:
        """End it; the readers that it started may end with it."""
        ...


class Spawned:
    """A child process of this one."""

    def __init__(self, process: asyncio.subprocess.Process, words: LastWords) -> None:
        self._process = process
        self._words = words
        self.said = ""

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether its end is not known yet."""
        return self._process.returncode is None

    def kill(self) -> None:
        """SIGKILL, when it still lives."""
        # Not `process.kill()`: it polls first, and would take the exit code away from asyncio after a death.
        if self.alive:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._process.pid, signal.SIGKILL)

    async def wait(self) -> int | None:
        """Its exit code; `said` is then what it wrote to stderr last."""
        code = await self._process.wait()
        self.said = self.said or self._words.take()
        return code


async def spawn(module: str, *arguments: str, end: socket.socket) -> Spawned:
    """`python -m module arguments FD`: FD is the socket `end`, which is closed here."""
    words = LastWords()
    with end:
        starting = asyncio.ensure_future(
            asyncio.create_subprocess_exec(
                # -P: a folder `graph` in the working directory must not stand in for this package.
                *(sys.executable, "-P", "-W", "ignore", "-m", module, *arguments, str(end.fileno())),
                env=os.environ | _ENVIRONMENT,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=words.fileno(),
                pass_fds=(end.fileno(),),
            )
        )
        try:
            return Spawned(await asyncio.shield(starting), words)
        except asyncio.CancelledError:  # a process that began must not be lost
            await finish(_undo(starting, words))
            raise
        except OSError:
            words.take()
            raise


class DiskReaders:
    """Readers that open the store in `store`. Not `sealed`: they may open connections, for allow-listed SERVICE only."""

    in_memory = False

    def __init__(self, store: Path, *, sealed: bool = True) -> None:
        self.store = store
        self._sealed = sealed

    async def start(self, memory: int) -> Reader:
        """See ReaderSource."""
        ours, theirs = socket.socketpair()
        seal = "sealed" if self._sealed else "open"
        try:
            child = await spawn(
                "graph.readers_worker", str(self.store), str(memory), seal, str(os.getpid()), end=theirs
            )
        except BaseException:
            ours.close()
            raise
        line = await over(child, ours)
        try:
            async with asyncio.timeout(_START_SECONDS):
                hello, _ = await line.receive()
        except BaseException as error:
            await finish(_end(child, line))
            if isinstance(error, (LineClosedError, TimeoutError)):
                raise StoreError("A reader process does not start.") from error
            raise
        if "error" in hello:
            await finish(_end(child, line))
            raise StoreError(hello["message"])
        return Reader(child, line, self.store, sealed=bool(hello["sealed"]), reopens=self._sealed)

    async def close(self) -> None:
        """Its readers are processes of their own."""


async def _undo(starting: asyncio.Future[asyncio.subprocess.Process], words: LastWords) -> None:
    child = Spawned(await starting, words)
    child.kill()
    await child.wait()


async def over(child: Child, end: socket.socket) -> Line:
    """The line to a child; the child is killed when there is none."""
    try:
        return await Line.over(end)
    except BaseException:
        child.kill()
        await finish(child.wait())
        raise


async def _end(child: Spawned, line: Line) -> None:
    child.kill()
    line.close()
    await child.wait()
