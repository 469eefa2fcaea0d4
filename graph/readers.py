"""Queries on an immutable store, each in a reader process that can be killed: the pool, and one question for a script."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph.readers_process import (
    BusyError,
    DeadlineError,
    QueryError,
    Reader,
    ReaderDiedError,
    ReaderError,
    Result,
    ResultTooLargeError,
    StoreError,
)
from graph.readers_wire import Request

__all__ = [
    "BusyError",
    "Dataset",
    "DeadlineError",
    "QueryError",
    "ReaderDiedError",
    "ReaderError",
    "ReaderLimits",
    "ReaderPool",
    "Result",
    "ResultTooLargeError",
    "StoreError",
    "ask_once",
]


@dataclass(frozen=True, slots=True)
class ReaderLimits:
    """What one query may use: seconds of wall clock, bytes of memory, bytes and rows of answer. `waiting`: how many
    may queue for a reader."""

    seconds: float = 10.0
    memory: int = 1 << 30
    answer_bytes: int = 20_000_000
    rows: int = 100_000
    waiting: int = 32


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a query sees; None = those of the store."""

    default_graphs: Sequence[str] | None = None
    named_graphs: Sequence[str] | None = None


@dataclass
class ReaderPool:
    """`size` readers on one store. Use as an async context manager, inside one event loop."""

    store: Path
    size: int = 2
    limits: ReaderLimits = field(default_factory=ReaderLimits)
    prefixes: Mapping[str, str] = field(default_factory=dict)
    base: str | None = None

    def __post_init__(self) -> None:
        self._slots = asyncio.Semaphore(self.size)
        self._idle: list[Reader] = []
        self._busy: set[Reader] = set()
        self._waiting = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self.sealed = False

    async def __aenter__(self) -> ReaderPool:
        await self._fill()
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(reader.kill() for reader in [*self._idle, *self._busy]))
        self._idle.clear()

    @property
    def pids(self) -> list[int]:
        """The numbers of the living reader processes."""
        return sorted(reader.pid for reader in [*self._idle, *self._busy] if reader.alive)

    async def query(
        self, text: str, media_type: str, *, seconds: float | None = None, dataset: Dataset | None = None
    ) -> Result:
        """Ask one reader; any ReaderError may come. `seconds` can lower the limit, not raise it."""
        seconds = min(seconds or self.limits.seconds, self.limits.seconds)
        dataset = dataset or Dataset()
        request = Request(
            query=text,
            media_type=media_type,
            max_bytes=self.limits.answer_bytes,
            max_rows=self.limits.rows,
            base=self.base,
            default_graphs=None if dataset.default_graphs is None else tuple(dataset.default_graphs),
            named_graphs=None if dataset.named_graphs is None else tuple(dataset.named_graphs),
            prefixes=dict(self.prefixes),
        )
        await self._wait_for_slot()
        try:
            return await self._ask(request, seconds)
        finally:
            self._slots.release()

    async def switch(self, store: Path) -> None:
        """Answer from `store` from now on. Queries under way end on the old one; its readers are let go after that."""
        if store == self.store:
            return
        old, self._idle = self._idle, []
        try:
            opened = [reader for reader in old if reader.alive and await reader.reopen(store)]
            fresh = opened or [await Reader.start(store, self.limits.memory)]  # it opens, or nothing changes
        except BaseException:
            self._refill()
            raise
        self._idle += fresh
        self.store = store
        self._refill()

    @property
    def stores(self) -> set[Path]:
        """The stores that are read: that of the pool, and older ones for as long as a query runs on them."""
        return {self.store, *(reader.store for reader in self._busy)}

    async def _wait_for_slot(self) -> None:
        if self._slots.locked() and self._waiting >= self.limits.waiting:
            raise BusyError("Too many queries wait already; try again soon.")
        self._waiting += 1
        try:
            async with asyncio.timeout(self.limits.seconds):
                await self._slots.acquire()
        except TimeoutError as error:
            raise BusyError("No reader became free in time; try again soon.") from error
        finally:
            self._waiting -= 1

    async def _ask(self, request: Request, seconds: float) -> Result:
        """Ask again when somebody else killed the reader, as often as there are readers that may have been killed."""
        until = time.monotonic() + seconds
        for _ in range(self.size):
            try:
                return await self._ask_one(request, seconds)
            except ReaderDiedError as error:
                if error.code != -signal.SIGKILL:
                    raise
                seconds = max(until - time.monotonic(), 0.1)
        return await self._ask_one(request, seconds)

    async def _ask_one(self, request: Request, seconds: float) -> Result:
        reader = await self._take()
        self._busy.add(reader)
        try:
            return await reader.ask(request, seconds)
        finally:
            self._busy.discard(reader)
            await self._give_back(reader)

    async def _give_back(self, reader: Reader) -> None:
        while reader.alive and reader.store != self.store:
            await reader.reopen(self.store)
        if reader.alive and len(self._idle) < self.size:
            self._idle.append(reader)
        else:
            await reader.kill()
            self._refill()

    async def _take(self) -> Reader:
        while self._idle:
            reader = self._idle.pop()
            if reader.alive and reader.store == self.store:
                return reader
            await reader.kill()
        return await Reader.start(self.store, self.limits.memory)

    def _refill(self) -> None:
        task = asyncio.create_task(self._fill_quietly())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _fill_quietly(self) -> None:
        try:
            await self._fill()
        except StoreError:
            return  # the next query tries again and tells

    async def _fill(self) -> None:
        while len(self._idle) + len(self._busy) < self.size:
            reader = await Reader.start(self.store, self.limits.memory)
            self.sealed = reader.sealed
            if reader.store == self.store and len(self._idle) + len(self._busy) < self.size:
                self._idle.append(reader)
            else:
                await reader.kill()


def ask_once(
    store: Path,
    text: str,
    media_type: str,
    *,
    limits: ReaderLimits | None = None,
    prefixes: Mapping[str, str] | None = None,
    base: str | None = None,
) -> Result:
    """Start a reader, ask, end it: for a command line. Any ReaderError may come."""

    async def ask() -> Result:
        async with ReaderPool(store, 1, limits or ReaderLimits(), prefixes or {}, base) as pool:
            return await pool.query(text, media_type)

    return asyncio.run(ask())
