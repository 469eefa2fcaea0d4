"""Queries on an immutable store, each in a reader process that can be killed: the pool, and one question for a script."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from graph.finish import finish
from graph.readers_errors import (
    BusyError,
    DeadlineError,
    QueryError,
    ReaderDiedError,
    ReaderError,
    Result,
    ResultTooLargeError,
    StoreError,
    Timing,
    TooManyError,
)
from graph.readers_process import Reader
from graph.readers_queue import FairQueue
from graph.readers_replica import Replica, fits_in_memory
from graph.readers_sources import DiskReaders, ReaderSource
from graph.readers_stream import Answer
from graph.readers_wire import Mode, Request

__all__ = [
    "Answer",
    "BusyError",
    "Dataset",
    "DeadlineError",
    "QueryError",
    "Question",
    "ReaderDiedError",
    "ReaderError",
    "ReaderLimits",
    "ReaderPool",
    "Result",
    "ResultTooLargeError",
    "StoreError",
    "Timing",
    "TooManyError",
    "ask_once",
]

_QUIET_SECONDS = 5.0  # without an edit, before an edited store is read into memory again


@dataclass(frozen=True, slots=True)
class ReaderLimits:
    """What one query may use: seconds of wall clock, bytes of memory, bytes and rows of answer.

    `waiting`: how many may queue for a reader in all; `each`: how many queries of one client may run or wait;
    `replica_quads`: a store of at most about so many quads is held in memory (0: none is), with `columns` beside it that
    answer what they can; `stream_seconds`: how long a streamed answer may be on its way.
    """

    seconds: float = 10.0
    memory: int = 1 << 30
    answer_bytes: int = 20_000_000
    rows: int = 100_000
    waiting: int = 32
    each: int = 32
    replica_quads: int = 0
    stream_seconds: float = 600.0
    columns: bool = True


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a query sees; None = those of the store."""

    default_graphs: Sequence[str] | None = None
    named_graphs: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A query as it goes to a reader. `client`: who asks, for the queue; `seconds`: instead of the limit of the pool;
    `outside`: it may open connections, for a SERVICE that is allowed."""

    text: str
    media_type: str
    client: str = ""
    seconds: float | None = None
    dataset: Dataset = field(default_factory=Dataset)
    outside: bool = False


@dataclass
class Counts:
    """What became of queries and readers since the start."""

    asked: int = 0
    deadlines: int = 0
    deaths: int = 0
    refused: int = 0
    started: int = 0
    forked: int = 0


@dataclass
class _Held:
    """What a streamed answer holds: a reader, and a place among the long ones."""

    reader: Reader | None = None
    counted: bool = False


@dataclass
class ReaderPool:
    """`size` readers on one store. Use as an async context manager, inside one event loop."""

    store: Path
    size: int = 2
    limits: ReaderLimits = field(default_factory=ReaderLimits)
    prefixes: Mapping[str, str] = field(default_factory=dict)
    base: str | None = None

    def __post_init__(self) -> None:
        self._queue = FairQueue(self.size, self.limits.waiting, self.limits.each)
        self._idle: list[Reader] = []
        self._busy: set[Reader] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._replica: Replica | None = None
        self._loading: asyncio.Task[None] | None = None
        self._streams: Counter[str] = Counter()  # by client
        self.counts = Counts()
        self.sealed = False

    async def __aenter__(self) -> ReaderPool:
        await self._fill()
        self._hold_in_memory(0)
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await _end([*self._idle, *self._busy])
        self._idle.clear()
        if self._replica is not None:
            await self._replica.close()

    @property
    def pids(self) -> list[int]:
        """The numbers of the living reader processes."""
        return sorted(reader.pid for reader in [*self._idle, *self._busy] if reader.alive)

    @property
    def busy(self) -> int:
        """How many queries run."""
        return len(self._busy)

    @property
    def waiting(self) -> int:
        """How many queries wait for a reader."""
        return self._queue.waiting

    @property
    def in_memory(self) -> bool:
        """Whether new queries are answered from memory."""
        return self._source.in_memory

    @property
    def stores(self) -> set[Path]:
        """The stores that are read: that of the pool, and older ones for as long as a query runs on them."""
        loading = {self.store} if self._loading is None or self._loading.done() else {self.store, self._loads}
        return loading | {reader.store for reader in [*self._busy, *self._idle]}

    async def query(
        self, text: str, media_type: str, *, seconds: float | None = None, dataset: Dataset | None = None
    ) -> Result:
        """Ask one reader; any ReaderError may come. `seconds` can lower the limit, not raise it."""
        seconds = min(seconds or self.limits.seconds, self.limits.seconds)
        return await self.ask(Question(text, media_type, seconds=seconds, dataset=dataset or Dataset()))

    async def ask(self, question: Question, *, mode: Mode = "whole") -> Result:
        """The whole answer, within the limits; any ReaderError may come. Mode "explain" gives its times alone."""
        began = time.monotonic()
        await self._enter(question.client)
        try:
            waited = time.monotonic() - began
            result = await self._ask(question, self._request(question, mode))
        finally:
            self._queue.give_back(question.client)
        timing = result.timing and replace(result.timing, queue=waited)
        return replace(result, timing=timing)

    async def stream(self, question: Question) -> Answer:
        """The answer piece by piece, without a limit of bytes or rows. Errors that come before the first piece come
        from here. Whoever takes it must close it; all readers but one may stream, to one client half of those."""
        await self._enter(question.client)
        held = _Held()
        end = partial(self._end_stream, question.client, held)
        try:
            held.reader = await self._take()
            self._busy.add(held.reader)
            parts = held.reader.parts(self._request(question, "stream"), question.seconds or self.limits.seconds)
            until = time.monotonic() + self.limits.stream_seconds
            answer = Answer(parts, held.reader.store, until, end)
            await answer.open()
            if not answer.whole:
                self._begin_stream(question.client)
                held.counted = True
        except BaseException:
            await end(False)
            raise
        return answer

    async def _end_stream(self, client: str, held: _Held, whole: bool) -> None:
        try:
            if held.reader is not None:
                if not whole:
                    await held.reader.kill()
                await self._give_back(held.reader)
        finally:
            if held.counted:
                self._streams[client] -= 1
            self._queue.give_back(client)

    def _begin_stream(self, client: str) -> None:
        most = max(self.size - 1, 1)
        if self._streams.total() >= most or self._streams[client] >= max(most // 2, 1):
            self.counts.refused += 1
            raise BusyError("Too many long answers are on their way already; try again soon.")
        self._streams[client] += 1

    async def switch(self, store: Path) -> None:
        """Answer from `store` from now on. Queries under way end on the old one; its readers are let go after that.

        One reader has opened it when this returns; the others follow when they are asked.
        """
        if store == self.store:
            return
        fresh = await self._opened(store)  # it opens, or nothing changes
        self.store = store
        forked = [reader for reader in self._idle if not reader.reopens]
        self._idle = [*(reader for reader in self._idle if reader.reopens), fresh]
        self._hold_in_memory(_QUIET_SECONDS)
        self._refill()
        await _end(forked)

    async def _opened(self, store: Path) -> Reader:
        """A reader on another store: one of those that wait, or a new one."""
        while ready := [reader for reader in self._idle if reader.reopens and reader.alive]:
            self._idle.remove(ready[-1])
            if await ready[-1].reopen(store):
                return ready[-1]
        return await DiskReaders(store).start(self.limits.memory)

    @property
    def _source(self) -> ReaderSource:
        held = self._replica
        return held if held is not None and held.alive and held.store == self.store else DiskReaders(self.store)

    async def _enter(self, client: str) -> None:
        self.counts.asked += 1
        try:
            await self._queue.take(client, self.limits.seconds)
        except BusyError:
            self.counts.refused += 1
            raise

    def _request(self, question: Question, mode: Mode) -> Request:
        default, named = question.dataset.default_graphs, question.dataset.named_graphs
        return Request(
            query=question.text,
            media_type=question.media_type,
            max_bytes=self.limits.answer_bytes,
            max_rows=self.limits.rows,
            base=self.base,
            default_graphs=None if default is None else tuple(default),
            named_graphs=None if named is None else tuple(named),
            prefixes=dict(self.prefixes),
            mode=mode,
        )

    async def _ask(self, question: Question, request: Request) -> Result:
        """Ask again when somebody else killed the reader, as often as there are readers that may have been killed."""
        seconds = question.seconds or self.limits.seconds
        until = time.monotonic() + seconds
        for _ in range(self.size):
            try:
                return await self._ask_one(question, request, seconds)
            except ReaderDiedError as error:
                if error.code != -signal.SIGKILL:
                    raise
                seconds = max(until - time.monotonic(), 0.1)
        return await self._ask_one(question, request, seconds)

    async def _ask_one(self, question: Question, request: Request, seconds: float) -> Result:
        if question.outside:
            reader = await DiskReaders(self.store, sealed=False).start(self.limits.memory)
        else:
            reader = await self._take()
        self._busy.add(reader)
        try:
            return await reader.ask(request, seconds)
        except DeadlineError:
            self.counts.deadlines += 1
            raise
        except ReaderDiedError:
            self.counts.deaths += 1
            raise
        finally:
            await self._give_back(reader, outside=question.outside)

    async def _give_back(self, reader: Reader, *, outside: bool = False) -> None:
        self._busy.discard(reader)
        if not outside and reader.alive and self._may_stay(reader) and len(self._idle) < self.size:
            self._idle.append(reader)
            return
        await reader.kill()
        if not outside:
            self._refill()

    def _may_stay(self, reader: Reader) -> bool:
        """Whether it answers from where new queries are answered, or can be told to."""
        source = self._source
        return reader.reopens != source.in_memory and (reader.reopens or reader.store == source.store)

    async def _take(self) -> Reader:
        while self._idle:
            reader = self._idle.pop()
            while reader.alive and reader.reopens and not self.in_memory and reader.store != self.store:
                await reader.reopen(self.store)
            if reader.alive and self._may_stay(reader) and reader.store == self.store:
                return reader
            await reader.kill()
        return await self._start()

    async def _start(self) -> Reader:
        """A new reader: from memory if it can be had, else on the disk."""
        source = self._source
        if source.in_memory:
            with contextlib.suppress(StoreError):
                self.counts.forked += 1
                return await source.start(self.limits.memory)
        if self._replica is not None and self._replica.store == self.store:  # it was lost
            await self._let_go()
            self._hold_in_memory(_QUIET_SECONDS)
        self.counts.started += 1
        return await DiskReaders(self.store).start(self.limits.memory)

    def _hold_in_memory(self, after: float) -> None:
        """Read the store into memory, `after` seconds from now; until then readers are on the disk."""
        if self._loading is not None:
            self._loading.cancel()
        if self.limits.replica_quads:
            self._loads = self.store
            self._loading = self._background(self._load(self.store, after))

    async def _load(self, store: Path, after: float) -> None:
        await self._let_go_when_idle()
        await asyncio.sleep(after)
        if store != self.store or not await asyncio.to_thread(fits_in_memory, store, self.limits.replica_quads):
            return
        with contextlib.suppress(StoreError):
            replica = await Replica.load(store, columns=self.limits.columns)
            if store != self.store:
                await replica.close()
                return
            self._replica = replica
            old, self._idle = self._idle, []
            try:
                await self._fill()
            finally:
                await _end(old)

    async def _let_go_when_idle(self) -> None:
        """Give the memory of an older copy back once no query runs in it."""
        while self._replica is not None and any(not reader.reopens for reader in self._busy):
            await asyncio.sleep(0.05)
        await self._let_go()

    async def _let_go(self) -> None:
        held, self._replica = self._replica, None
        if held is not None:
            await held.close()

    def _refill(self) -> None:
        self._background(self._fill_quietly())

    def _background(self, work: object) -> asyncio.Task[None]:
        task: asyncio.Task[None] = asyncio.create_task(work)  # type: ignore[arg-type]  # a coroutine of this class
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _fill_quietly(self) -> None:
        with contextlib.suppress(StoreError):  # the next query tries again and tells
            await self._fill()

    async def _fill(self) -> None:
        while len(self._idle) + len(self._busy) < self.size:
            reader = await self._start()
            self.sealed = reader.sealed
            if self._may_stay(reader) and len(self._idle) + len(self._busy) < self.size:
                self._idle.append(reader)
            else:
                await reader.kill()


async def _end(readers: Sequence[Reader]) -> None:
    """Kill them all, even when whoever asks for it is told to stop."""
    await finish(_kill_all(readers))


async def _kill_all(readers: Sequence[Reader]) -> None:
    await asyncio.gather(*(reader.kill() for reader in readers))


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
