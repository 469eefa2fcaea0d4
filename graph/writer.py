"""Edits on a generation: one after the other through one writer process, acknowledged once the readers see them."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from graph.delta import counts
from graph.edits import Edits, EditsClosedError, JournalEntry, edits_lock
from graph.errors import GraphError
from graph.generation import DataFolder, Generation
from graph.undo import History, UndoError, kept_deltas
from graph.writer_job import Job, Outcome, entry_of, fail, now
from graph.writer_process import (
    EditDeadlineError,
    EditError,
    EditTooHeavyError,
    WriterBusyError,
    WriterDiedError,
    WriterError,
    WriterProcess,
    WriterStoreError,
)
from graph.writer_wire import Edit, Ground

__all__ = [
    "Edit",
    "EditDeadlineError",
    "EditError",
    "EditTooHeavyError",
    "Outcome",
    "Writer",
    "WriterBusyError",
    "WriterError",
    "WriterLimits",
    "WriterStoreError",
]

_CLOSED_SECONDS = 5.0  # how long an edit waits for a build that carries edits over
_STORE_SECONDS = 60.0  # for a checkpoint or a flush
_RETRIES = 20  # after kills from outside
_FLUSH_AFTER = 0.8


@dataclass(frozen=True, slots=True)
class WriterLimits:
    """What one edit may use. `waiting`: how many may queue; `batch`: how many may share a checkpoint."""

    seconds: float = 60.0
    memory: int = 1 << 30
    waiting: int = 64
    batch: int = 32
    nesting: int = 100
    operators: int = 1_000
    undo_quads: int = 200_000
    load_from: tuple[str, ...] = ()
    load_bytes: int = 16_000_000


Publish = Callable[[Path, int], Awaitable[set[Path]]]


@dataclass
class Writer:
    """The writer of one generation. `publish(checkpoint, number)` lets readers see a checkpoint and tells what they hold."""

    data: DataFolder
    generation: Generation
    publish: Publish
    limits: WriterLimits = field(default_factory=WriterLimits)
    number: int = 0
    _process: WriterProcess | None = None
    _jobs: asyncio.Queue[Job] = field(default_factory=asyncio.Queue)
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)
    _closed: bool = False
    _flush_at: float | None = None  # of the monotonic clock; None when all is on the disk

    @property
    def edits(self) -> Edits:
        """Where they are kept."""
        return Edits.of(self.generation.path)

    @property
    def pid(self) -> int | None:
        """The number of the process; None when nothing was written yet."""
        return self._process.pid if self._process is not None and self._process.alive else None

    async def open(self) -> Path | None:
        """Begin; the checkpoint to serve when there are edits. WriterError when the live store cannot be opened."""
        journal = await asyncio.to_thread(self.edits.journal)
        self.number = journal[-1].number if journal else 0
        served = None
        if self.edits.any:
            process = await self._ready()
            if process.mark > self.number:  # applied, and the answer never left: it is there, so it is told
                self.number = process.mark
                told = self._counts(process.mark)
                recovered = JournalEntry(
                    process.mark, now(), "", "recovered", added=told.get("added"), removed=told.get("removed")
                )
                await asyncio.to_thread(self.edits.write_down, [recovered], durable=True)
            served = await self._checkpoint()
        self._tasks = [asyncio.create_task(self._work())]
        return served

    async def close(self) -> None:
        """End the process; edits that wait are told to come again."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._closed = True
        while not self._jobs.empty():
            fail(self._jobs.get_nowait(), EditsClosedError("The map was replaced meanwhile; send the edit again."))
        if self._process is not None:
            if self._process.alive:
                with contextlib.suppress(GraphError, TimeoutError):
                    await self._process.command("flush", _STORE_SECONDS)
            await self._process.kill()

    async def write(self, edit: Edit, key: str, *, durable: bool = False) -> Outcome:
        """Apply an edit, seen by every later query when this returns; WriterError or EditsClosedError when it is not."""
        if self._closed:
            raise EditsClosedError("The map was replaced meanwhile; send the edit again.")
        if self._jobs.qsize() >= self.limits.waiting:
            raise WriterBusyError("Too many edits wait already; try again soon.")
        job = Job(edit, key, durable, asyncio.get_running_loop().create_future())
        self._jobs.put_nowait(job)
        return await job.done

    async def _work(self) -> None:
        while True:
            job = await self._next()
            if job is None:
                continue
            jobs = [job]
            while not self._jobs.empty() and len(jobs) < self.limits.batch:
                jobs.append(self._jobs.get_nowait())
            try:
                await self._batch(jobs)
            except GraphError as error:
                for job in jobs:
                    fail(job, error)
            except OSError as error:  # a full disk, or a checkpoint that takes too long (TimeoutError)
                failure = WriterStoreError(f"The edits cannot be written: {type(error).__name__}.")
                for job in jobs:
                    fail(job, failure)
            except asyncio.CancelledError:
                for job in jobs:
                    fail(job, EditsClosedError("The server ends; send the edit again."))
                raise

    async def _next(self) -> Job | None:
        """The next edit; None after a flush, which comes within a second of an edit."""
        wait = None if self._flush_at is None else max(self._flush_at - time.monotonic(), 0)
        try:
            async with asyncio.timeout(wait):
                return await self._jobs.get()
        except TimeoutError:
            self._flush_at = None
            with contextlib.suppress(
                WriterError, TimeoutError
            ):  # what cannot be flushed now is in the log of the store all the same
                await self._flush()
            return None

    async def _batch(self, jobs: list[Job]) -> None:
        lock = edits_lock(self.data.path, seconds=_CLOSED_SECONDS)
        await asyncio.to_thread(lock.__enter__)
        try:
            current = await asyncio.to_thread(self.data.current_number)
            if current != self.generation.number:
                raise EditsClosedError("The map was replaced meanwhile; send the edit again.")
            applied: list[Job] = []
            for job in jobs:
                if await self._apply(job, applied):
                    applied.append(job)
            if applied:
                await self._show(applied)
        finally:
            lock.__exit__(None, None, None)

    async def _apply(self, job: Job, before: list[Job]) -> bool:
        """Whether the edit stands in the live store; if not, its sender is told. `before` are not in the journal yet."""
        number = self.number + 1
        try:
            edit = job.edit
            if edit.kind == "undo":
                edit = job.edit = await asyncio.to_thread(self._checked, edit, [entry_of(one) for one in before])
            answer = await self._once(edit, number)
        except (WriterError, UndoError) as error:
            fail(job, error)
            return False
        self.number = number
        told = answer.get("added"), answer.get("removed")
        job.outcome = Outcome(number, bool(answer.get("created")), *told, undoes=edit.undoes)
        return True

    def _checked(self, edit: Edit, before: list[JournalEntry]) -> Edit:
        """The undo with the edits that it takes back; UndoError when one of them cannot be."""
        history = History.of([*self.edits.journal(), *before], kept_deltas(self.edits))
        if edit.everything:
            return replace(edit, undoes=tuple(history.standing))
        history.check(edit.undoes)
        return edit

    def _counts(self, number: int) -> dict[str, int]:
        """What is known of an edit whose answer was lost."""
        found = counts(self.edits.delta(number))
        return {} if found is None else {"added": found.added, "removed": found.removed}

    async def _once(self, edit: Edit, number: int) -> dict[str, Any]:
        """Apply exactly once, whatever kills the writer: the mark in the live store tells whether the edit is in it."""
        for _ in range(_RETRIES):
            process = await self._ready()
            try:
                return await process.tell(edit.frame(number), self.limits.seconds)
            except TimeoutError as error:
                if (await self._ready()).mark == number:
                    return await asyncio.to_thread(self._counts, number)
                message = f"The edit took longer than {self.limits.seconds:g} s and was stopped; nothing was changed."
                raise EditDeadlineError(message) from error
            except WriterDiedError as error:
                if (await self._ready()).mark == number:
                    return await asyncio.to_thread(self._counts, number)
                if error.too_heavy:
                    raise EditTooHeavyError(
                        "The edit needs more memory or nests deeper than it may; nothing was changed."
                    ) from error
        raise WriterStoreError("The writer was ended several times.")

    async def _show(self, jobs: list[Job]) -> None:
        """Make the edits visible and tell their senders."""
        durable = any(job.durable for job in jobs)
        checkpoint = await self._checkpoint()
        entries = [entry_of(job) for job in jobs]
        await asyncio.to_thread(self.edits.write_down, entries, durable=durable)
        if durable:
            await self._flush()
        held = await self.publish(checkpoint, self.number)
        for job in jobs:
            if job.outcome is not None and not job.done.done():
                job.done.set_result(job.outcome)
        if self._flush_at is None and not durable:
            self._flush_at = time.monotonic() + _FLUSH_AFTER
        await asyncio.to_thread(self.edits.tidy, held)

    async def _checkpoint(self) -> Path:
        for _ in range(_RETRIES):
            numbers = self.edits.numbers()
            path = self.edits.checkpoint(numbers[-1] + 1 if numbers else 1)
            with contextlib.suppress(WriterDiedError):
                process = await self._ready()
                await process.command("checkpoint", _STORE_SECONDS, path=str(path))
                return path
        raise WriterStoreError("The writer was ended several times.")

    async def _flush(self) -> None:
        for _ in range(_RETRIES):
            with contextlib.suppress(WriterDiedError):
                await (await self._ready()).command("flush", _STORE_SECONDS)
                self._flush_at = None
                return
        raise WriterStoreError("The writer was ended several times.")

    async def _ready(self) -> WriterProcess:
        if self._process is None or not self._process.alive:
            manifest = self.generation.manifest
            ground = Ground(
                store=str(self.generation.store),
                edits=str(self.edits.path),
                base=None if manifest.plain else manifest.base,
                nesting=self.limits.nesting,
                operators=self.limits.operators,
                undo_quads=self.limits.undo_quads,
                load_from=self.limits.load_from,
                load_bytes=self.limits.load_bytes,
            )
            self._process = await self._start(ground)
        return self._process

    async def _start(self, ground: Ground) -> WriterProcess:
        for _ in range(_RETRIES):
            with contextlib.suppress(WriterDiedError):  # somebody kills writers: the next one may live
                return await WriterProcess.start(ground, self.limits.memory)
        raise WriterStoreError("The writer was ended several times.")
