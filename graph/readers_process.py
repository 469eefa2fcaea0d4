"""One reader process as the web process sees it: start, ask, kill."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self, TypeVar

from graph.errors import GraphError
from graph.readers_wire import Request, frame, receive_frame

_START_SECONDS = 30.0
_Pipe = TypeVar("_Pipe", asyncio.StreamReader, asyncio.StreamWriter)


class ReaderError(GraphError):
    """No answer came; `str()` says why in words for the person who asked."""


class QueryError(ReaderError):
    """The engine refuses the query. `line` and `column` count from 1 and are None when the evaluation failed."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class ResultTooLargeError(ReaderError):
    """The answer passes the limit of rows or bytes."""


class DeadlineError(ReaderError):
    """The time was up; the reader was killed."""


class ReaderDiedError(ReaderError):
    """The query ended its reader process (too much memory, too deep a nesting)."""

    def __init__(self, code: int | None) -> None:
        causes = {-signal.SIGSEGV: "it nests too deeply", -signal.SIGABRT: "it needs more memory than it may use"}
        super().__init__(f"The query ended its reader process: {causes.get(code or 0, 'the process was stopped')}.")
        self.code = code
        self.too_heavy = code in (-signal.SIGSEGV, -signal.SIGABRT, -signal.SIGBUS)


class BusyError(ReaderError):
    """Too many queries wait already."""


class StoreError(ReaderError):
    """The store of the generation does not open."""


@dataclass(frozen=True, slots=True)
class Result:
    """`body` is the whole answer in `media_type`, of `rows` solutions or triples; `seconds` inside the reader."""

    body: bytes
    media_type: str
    rows: int
    seconds: float
    store: Path


class Reader:
    """A running reader. One question at a time; after a kill or a death it is of no more use."""

    def __init__(self, process: asyncio.subprocess.Process, store: Path, sealed: bool) -> None:
        self._process = process
        self.store = store
        self.sealed = sealed

    @classmethod
    async def start(cls, store: Path, memory: int) -> Self:
        """Start a process on `store` with `memory` bytes above what the open store needs; StoreError when it fails."""
        # -P: a folder `graph` in the working directory must not stand in for this package.
        command = (sys.executable, "-P", "-m", "graph.readers_worker", str(store), str(memory), str(os.getpid()))
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=1 << 20,
        )
        try:
            async with asyncio.timeout(_START_SECONDS):
                hello, _ = await receive_frame(_open(process.stdout))
        except (asyncio.IncompleteReadError, TimeoutError) as error:
            await _end(process)
            raise StoreError("A reader process does not start.") from error
        except asyncio.CancelledError:
            await _end(process)
            raise
        if "error" in hello:
            await _end(process)
            raise StoreError(hello["message"])
        return cls(process, store, bool(hello["sealed"]))

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it can still be asked."""
        return self._process.returncode is None

    async def ask(self, request: Request, seconds: float) -> Result:
        """The answer within `seconds`, or one of the errors above. The process is dead after all but QueryError and
        ResultTooLargeError; so it is when the caller is cancelled."""
        started = time.monotonic()
        try:
            async with asyncio.timeout(seconds):
                pipe = _open(self._process.stdin)
                pipe.write(request.frame())
                await pipe.drain()
                header, body = await receive_frame(_open(self._process.stdout))
        except TimeoutError as error:
            await self.kill()
            raise DeadlineError(f"The query took longer than {seconds:g} s and was stopped.") from error
        except (
            asyncio.IncompleteReadError,
            ConnectionError,
            RuntimeError,
        ) as error:  # RuntimeError: uvloop, pipe closed
            raise ReaderDiedError(await self._process.wait()) from error
        except asyncio.CancelledError:
            await self.kill()
            raise
        _check(header)
        return Result(body, request.media_type, header["rows"], time.monotonic() - started, self.store)

    async def reopen(self, store: Path) -> bool:
        """Answer from another store from now on; False when it cannot, and then the process is dead."""
        try:
            async with asyncio.timeout(_START_SECONDS):
                pipe = _open(self._process.stdin)
                pipe.write(frame({"open": str(store)}, b""))
                await pipe.drain()
                header, _ = await receive_frame(_open(self._process.stdout))
        except (asyncio.IncompleteReadError, ConnectionError, TimeoutError, RuntimeError):
            header = {"error": "died"}
        except asyncio.CancelledError:
            await self.kill()
            raise
        if "error" in header:
            await self.kill()
            return False
        self.store = store
        return True

    async def kill(self) -> None:
        """End the process now, whatever it does."""
        await _end(self._process)


def _open(pipe: _Pipe | None) -> _Pipe:
    if pipe is None:  # pragma: no cover - both pipes are asked for at the start
        raise StoreError("The reader process has no pipe.")
    return pipe


async def _end(process: asyncio.subprocess.Process) -> None:
    # Not `process.kill()`: it polls first, and would take the exit code away from asyncio when the process has just died.
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)
    if process.stdin is not None:
        process.stdin.close()
    await process.wait()


def _check(header: dict[str, Any]) -> None:
    kind: Literal["syntax", "too-large", "evaluation"] | None = header.get("error")
    if kind == "too-large":
        raise ResultTooLargeError(header["message"])
    if kind is not None:
        raise QueryError(header["message"], header.get("line"), header.get("column"))
