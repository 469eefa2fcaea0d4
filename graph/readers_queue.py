"""Who asks next: places for a few queries at once, given to clients in turn, so that one who asks much waits alone."""

from __future__ import annotations

import asyncio
from collections import Counter, OrderedDict, deque

from graph.readers_errors import BusyError, TooManyError


class FairQueue:
    """`places` at once. A client may have `each` queries running or waiting; `waiting` may wait in all."""

    def __init__(self, places: int, waiting: int, each: int) -> None:
        self.free = places
        self._most_waiting = waiting
        self._each = each
        self._turns: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()  # the client at the front is next
        self._held: Counter[str] = Counter()

    @property
    def waiting(self) -> int:
        """How many wait."""
        return sum(map(len, self._turns.values()))

    async def take(self, client: str, seconds: float) -> None:
        """A place; TooManyError or BusyError at once, or BusyError when none became free in time."""
        if self._held[client] >= self._each:
            raise TooManyError(f"{self._each} queries of yours run or wait already; try again when one has ended.")
        if not self.free and self.waiting >= self._most_waiting:
            raise BusyError("Too many queries wait already; try again soon.")
        self._held[client] += 1
        try:
            if self.free:
                self.free -= 1
            else:
                await self._wait(client, seconds)
        except BaseException:
            self._forget(client)
            raise

    def give_back(self, client: str) -> None:
        """The place of a query that ended."""
        self._forget(client)
        self._next()

    def _forget(self, client: str) -> None:
        self._held[client] -= 1
        if not self._held[client]:
            del self._held[client]

    async def _wait(self, client: str, seconds: float) -> None:
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._turns.setdefault(client, deque()).append(turn)
        try:
            async with asyncio.timeout(seconds):
                await turn
        except BaseException as error:
            if turn.done() and not turn.cancelled():  # the place came in the same moment
                self._next()
            else:
                self._drop(client, turn)
            if isinstance(error, TimeoutError):
                raise BusyError("No reader became free in time; try again soon.") from error
            raise

    def _drop(self, client: str, turn: asyncio.Future[None]) -> None:
        line = self._turns.get(client)
        if line is not None and turn in line:
            line.remove(turn)
            if not line:
                del self._turns[client]

    def _next(self) -> None:
        """Hand a place on: to the first of the client whose turn it is, who goes to the end of the round."""
        while self._turns:
            client, line = next(iter(self._turns.items()))
            turn = line.popleft()
            if line:
                self._turns.move_to_end(client)
            else:
                del self._turns[client]
            if not turn.done():  # one that gave up is still in line for a moment
                turn.set_result(None)
                return
        self.free += 1
