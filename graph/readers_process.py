"""One reader process as the web process sees it: ask, stream, kill. Where readers come from: `graph.readers_sources`."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Protocol

from graph.finish import finish
from graph.readers_errors import DeadlineError, ReaderDiedError, Result, Timing, check
from graph.readers_line import Line, LineClosedError
from graph.readers_wire import Request, frame

_OPEN_SECONDS = 30.0


class Child(Protocol):
    """A process that can be killed and waited for."""

    @property
    def pid(self) -> int:
        """Its number."""
        ...

    @property
    def alive(self) -> bool:
        """Whether its end is not known yet."""
        ...

    def kill(self) -> None:
        """SIGKILL, when it still lives."""
        ...

    said: str  # what it wrote to stderr last, known when it has ended

    async def wait(self) -> int | None:
        """Its exit code, a signal as a negative number; None when nobody can tell."""
        ...


class Reader:
    """A running reader. One question at a time; after a kill or a death it is of no more use."""

    def __init__(self, child: Child, line: Line, store: Path, *, sealed: bool, reopens: bool) -> None:
        self._child = child
        self._line = line
        self.store = store
        self.sealed = sealed
        self.reopens = reopens

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._child.pid

    @property
    def alive(self) -> bool:
        """Whether it can still be asked."""
        return self._child.alive and not self._line.closed

    async def ask(self, request: Request, seconds: float) -> Result:
        """The answer within `seconds`, or a ReaderError. The process is dead after all but QueryError and
        ResultTooLargeError; so it is when the caller is cancelled."""
        started = time.monotonic()
        header, body = await self._exchange(request.frame(), seconds)
        check(header)
        took = time.monotonic() - started
        timing = Timing(0, header.get("engine", took), header.get("writing"))
        by = header.get("by", "engine")
        return Result(body, request.media_type, header["rows"], took, self.store, timing, by)

    async def parts(self, request: Request, seconds: float) -> AsyncIterator[tuple[bytes, bool]]:
        """The answer as pieces and whether another follows, errors as in `ask`.

        The seconds are those in which this process waits for the reader: who takes the pieces slowly holds the reader up,
        but costs it none.
        """
        self._line.send(request.frame())
        left, more = seconds, True
        while more:
            began = time.monotonic()
            header, body = await self._receive(left, seconds)
            left -= time.monotonic() - began
            check(header)
            more = bool(header.get("part"))
            yield body, more

    async def reopen(self, store: Path) -> bool:
        """Answer from another store from now on; False when it cannot, and then the process is dead."""
        if not self.reopens:
            await self.kill()
            return False
        try:
            header, _ = await self._exchange(frame({"open": str(store)}, b""), _OPEN_SECONDS)
        except (DeadlineError, ReaderDiedError):
            return False
        if "error" in header:
            await self.kill()
            return False
        self.store = store
        return True

    async def kill(self) -> None:
        """End the process now, whatever it does."""
        self._child.kill()
        self._line.close()
        await finish(self._child.wait())
        await asyncio.sleep(0)  # the loop lets go of the socket in its next round

    async def _exchange(self, message: bytes, seconds: float) -> tuple[dict[str, Any], bytes]:
        self._line.send(message)
        return await self._receive(seconds, seconds)

    async def _receive(self, left: float, seconds: float) -> tuple[dict[str, Any], bytes]:
        try:
            async with asyncio.timeout(max(left, 0)):
                return await self._line.receive()
        except TimeoutError as error:
            await self.kill()
            raise DeadlineError(f"The query took longer than {seconds:g} s and was stopped.") from error
        except LineClosedError as error:
            code = await self._child.wait()
            self._line.close()
            raise ReaderDiedError(code, self._child.said) from error
        except asyncio.CancelledError:
            await self.kill()
            raise
