"""An answer on its way from a reader, piece by piece."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

from graph.readers_errors import DeadlineError


class Answer:
    """`first`, then what iterating gives; `whole` when nothing more comes. Close it, whatever happens.

    `until` (of the monotonic clock) is when the last piece must have been asked for; `end(whole)` is called once.
    """

    def __init__(
        self,
        parts: AsyncIterator[tuple[bytes, bool]],
        store: Path,
        until: float,
        end: Callable[[bool], Awaitable[None]],
    ) -> None:
        self._parts = parts
        self._until = until
        self._end = end
        self._closed = False
        self.store = store
        self.first = b""
        self.whole = False

    async def open(self) -> None:
        """Wait for the first piece; the ReaderErrors of a query come here, or while it is iterated."""
        self.first = await self._next()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """The pieces behind the first."""
        while not self.whole:
            if time.monotonic() > self._until:
                raise DeadlineError("The answer was taken too slowly and was stopped.")
            yield await self._next()

    async def close(self) -> None:
        """Free the reader; one that has not said all is killed."""
        if not self._closed:
            self._closed = True
            await self._end(self.whole)

    async def _next(self) -> bytes:
        part, more = await anext(self._parts)
        self.whole = not more
        return part
