"""The writer process as the web process sees it: start, tell, kill."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from dataclasses import asdict
from typing import Any, Self

from graph.errors import GraphError
from graph.finish import finish
from graph.readers_wire import frame, receive_frame
from graph.writer_wire import Ground

_START_SECONDS = 60.0


class WriterError(GraphError):
    """The edit was not applied; `str()` says why in words for the person who sent it."""


class EditError(WriterError):
    """The edit is refused. `reason`: syntax, evaluation, forbidden, too-large, media, missing; places count from 1."""

    def __init__(self, reason: str, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.reason = reason
        self.line = line
        self.column = column


class EditDeadlineError(WriterError):
    """The time was up; the writer was killed and nothing was applied."""


class EditTooHeavyError(WriterError):
    """The edit ended the writer (too much memory, too deep a nesting); nothing was applied."""


class WriterBusyError(WriterError):
    """Too many edits wait already."""


class WriterStoreError(WriterError):
    """The live store cannot be opened or written."""


class WriterDiedError(WriterError):
    """The process ended; `code` is that of the process."""

    def __init__(self, code: int | None) -> None:
        super().__init__("The writer ended.")
        self.code = code
        self.too_heavy = code in (-signal.SIGSEGV, -signal.SIGABRT, -signal.SIGBUS)


class WriterProcess:
    """A running writer. `mark` is the number of the last edit that an earlier one applied after its last checkpoint."""

    def __init__(self, process: asyncio.subprocess.Process, mark: int) -> None:
        self._process = process
        self.mark = mark

    @classmethod
    async def start(cls, ground: Ground, memory: int) -> Self:
        """Start a process with `memory` bytes above what the open store needs; WriterStoreError when it fails.

        WriterDiedError when somebody killed it meanwhile.
        """
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "graph.writer_worker"),
            *(json.dumps(asdict(ground)), str(memory), str(os.getpid())),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        writer = cls(process, 0)
        try:
            async with asyncio.timeout(_START_SECONDS):
                hello = await writer._receive()
        except WriterDiedError as error:
            if error.code == -signal.SIGKILL:
                raise
            raise WriterStoreError("The writer process does not start.") from error
        except TimeoutError as error:
            await writer.kill()
            raise WriterStoreError("The writer process does not start.") from error
        except asyncio.CancelledError:
            await writer.kill()
            raise
        if "error" in hello:
            await writer.kill()
            raise WriterStoreError(hello["message"])
        writer.mark = hello["mark"]
        return writer

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it can still be told."""
        return self._process.returncode is None

    async def tell(self, message: bytes, seconds: float) -> dict[str, Any]:
        """The answer within `seconds`. TimeoutError and WriterDiedError leave a dead process; EditError a living one."""
        try:
            async with asyncio.timeout(seconds):
                pipe = self._process.stdin
                if pipe is None:  # pragma: no cover - it is asked for at the start
                    raise WriterStoreError("The writer process has no pipe.")
                pipe.write(message)
                await pipe.drain()
                answer = await self._receive()
        except (ConnectionError, RuntimeError) as error:  # uvloop: RuntimeError when the pipe is closed already
            raise WriterDiedError(await self._process.wait()) from error
        except (TimeoutError, asyncio.CancelledError):
            await self.kill()
            raise
        if answer.get("error") == "store":
            await self.kill()
            raise WriterStoreError(answer["message"])
        if "error" in answer:
            raise EditError(answer["error"], answer["message"], answer.get("line"), answer.get("column"))
        return answer

    async def command(self, operation: str, seconds: float, **header: str) -> None:
        """Anything but an edit."""
        await self.tell(frame({"op": operation} | header, b""), seconds)

    async def kill(self) -> None:
        """End the process now, whatever it does."""
        # Not `process.kill()`: it polls first, and would take the exit code away from asyncio after a death.
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._process.pid, signal.SIGKILL)
        if self._process.stdin is not None:
            self._process.stdin.close()
        await finish(self._process.wait())

    async def _receive(self) -> dict[str, Any]:
        pipe = self._process.stdout
        try:
            if pipe is None:  # pragma: no cover - it is asked for at the start
                raise WriterStoreError("The writer process has no pipe.")
            return (await receive_frame(pipe))[0]
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise WriterDiedError(await self._process.wait()) from error
