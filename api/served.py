"""The generation that is served: loaded once, replaced as a whole when the pointer of the data folder moves."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from api.cache import Answers
from api.problem import ApiError
from api.settings import Settings
from api.things import Things
from graph.columns import Columns
from graph.edits import Edits
from graph.edits_shared import Following, WritingRight
from graph.errors import GraphError
from graph.generation import DataFolder, Generation
from graph.identities import Identities
from graph.rdf import Names
from graph.readers import ReaderPool
from graph.search import Search
from graph.writer import Writer, WriterError
from ontology.terms import CE

_log = logging.getLogger(__name__)
_LOOK_EVERY = 0.5  # seconds
_OPEN_WAITS = (0.5, 30.0)  # seconds until a live store that did not open is tried again: from and to, doubling


@dataclass(frozen=True)
class Snapshot:
    """One generation in memory, for as long as a request needs it; `store` holds its first `edit` edits, too."""

    generation: Generation
    columns: Columns
    search: Search
    things: Things
    names: Names
    identities: Identities
    store: Path
    edit: int = 0

    @classmethod
    def load(cls, generation: Generation) -> Self:
        """Read columns and index; GraphError when they are damaged."""
        columns = Columns.load(generation.columns)
        names = Names(generation.manifest.base)
        identities = Identities.load(generation.identities)
        return cls(generation, columns, Search(generation.search), Things(columns), names, identities, generation.store)

    @property
    def version(self) -> str:
        """Differs for every build and edit, also of another data folder with the same number."""
        manifest = self.generation.manifest
        return f"{manifest.number}-{manifest.sha256[:12]}-{manifest.built}-{self.edit}"


@dataclass(frozen=True)
class Load:
    """Queries that run and wait, and whether they are answered in memory."""

    running: int = 0
    waiting: int = 0
    in_memory: bool = False


@dataclass
class Served:
    """What requests ask for the current snapshot and for a reader. Use as an async context manager.

    One server writes in a data folder; another one follows its edits, and writes when it has ended: `on_writing` is
    called then, and `on_serving` with each snapshot that went live.
    """

    settings: Settings
    on_writing: Callable[[], None] = lambda: None
    on_serving: Callable[[Snapshot], None] = lambda _: None
    _snapshot: Snapshot | None = None
    _pool: ReaderPool | None = None
    _writer: Writer | None = None
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)
    _following: Following = field(default_factory=Following)
    _writes: bool | None = None  # whether this server has the right to; None before it asked
    _open_at: float = 0.0  # of the monotonic clock: not before, for the live store did not open
    _open_wait: float = 0.0
    answers: Answers = field(init=False)

    def __post_init__(self) -> None:
        self.answers = Answers(self.settings.cache_bytes)
        self._right = WritingRight(self.settings.data)

    async def __aenter__(self) -> Self:
        """GraphError when the data folder holds something that cannot be served."""
        await self._look()
        self._tasks.append(asyncio.create_task(self._keep_looking()))
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        if self._writer is not None:
            await self._writer.close()
        self._right.give_back()
        if self._pool is not None:
            await self._pool.__aexit__()
        self._following.keep_only(())

    @property
    def maybe(self) -> Snapshot | None:
        """The snapshot; None before the first generation was published."""
        return self._snapshot

    @property
    def snapshot(self) -> Snapshot:
        """The snapshot; a problem 503 before the first generation was published."""
        if self._snapshot is None:
            raise ApiError(
                503, "Nothing was ingested yet: run `cleantech ingest sweden`.", headers={"Retry-After": "5"}
            )
        return self._snapshot

    @property
    def pool(self) -> ReaderPool:
        """The readers; a problem 503 as above."""
        if self._pool is None:
            raise _nothing_yet()
        return self._pool

    @property
    def writer(self) -> Writer:
        """The writer; a problem 503 as above, or while this server cannot write."""
        if self._snapshot is None:
            raise _nothing_yet()
        if self._writer is None:
            other = "Another server writes in this folder: send this to it, or here again when it has ended."
            detail = "The edits cannot be written; the log of the server says why." if self._writes else other
            raise ApiError(503, detail, headers={"Retry-After": "5"})
        return self._writer

    @property
    def edits(self) -> Edits:
        """Where the edits are kept; a problem 503 before the first generation was published."""
        return Edits.of(self.snapshot.generation.path)

    @property
    def load(self) -> Load:
        """What the readers do."""
        pool = self._pool
        return Load() if pool is None else Load(pool.busy, pool.waiting, pool.in_memory)

    @property
    def readers(self) -> list[int]:
        """The process numbers of the readers."""
        return [] if self._pool is None else self._pool.pids

    async def _look(self) -> None:
        """Load what is published now, if it is not what is served; the old one serves until the new one is ready."""
        generation = await asyncio.to_thread(DataFolder(self.settings.data).current)
        served = self._snapshot
        if generation is None:
            return
        if served is None or served.generation != generation:
            await self._serve(await asyncio.to_thread(Snapshot.load, generation))
        elif self._writer is None:
            await self._serve(served)
        self._following.keep_only(self.pool.stores)

    async def _serve(self, fresh: Snapshot) -> None:
        """Serve a snapshot with the edits that there are, and write more of them if nobody else does."""
        may = await asyncio.to_thread(self._right.take)
        self._tell(may)
        writer = None
        if may and (time.monotonic() >= self._open_at or fresh is not self._snapshot):
            writer, fresh = await self._open_writer(fresh)
        if writer is None:
            checkpoint, number = await asyncio.to_thread(self._following.newest, Edits.of(fresh.generation.path))
            fresh = fresh if checkpoint is None else replace(fresh, store=checkpoint, edit=number)
        if self._pool is None:
            self._pool = await self._start(fresh).__aenter__()
        else:
            await self._pool.switch(fresh.store)
        before, self._writer, self._snapshot = self._writer, writer, fresh
        self.on_serving(fresh)
        if before is not None:
            await before.close()

    def _tell(self, may: bool) -> None:
        """Say who writes, when that has changed."""
        before, self._writes = self._writes, may
        if may and before is False:
            _log.warning("the other server has ended: this one writes in the data folder from now on")
            self.on_writing()
        elif not may and before is None:
            said = "this one follows its edits, and refuses writes until it has ended"
            _log.warning("another server writes in this data folder: %s", said)

    async def _open_writer(self, fresh: Snapshot) -> tuple[Writer | None, Snapshot]:
        """The writer of a generation, and the snapshot with the edits that there are; None when it cannot be opened."""

        async def publish(checkpoint: Path, number: int) -> set[Path]:
            if self._snapshot is None or self._snapshot.generation != fresh.generation or self._pool is None:
                return {checkpoint}
            await self._pool.switch(checkpoint)
            self._snapshot = replace(self._snapshot, store=checkpoint, edit=number)
            return self._pool.stores

        data = DataFolder(self.settings.data)
        writer = Writer(data, fresh.generation, publish, self.settings.writer_limits)
        try:
            served = await writer.open()
        except WriterError as error:
            await writer.close()
            if not self._open_wait:  # once
                _log.error("edits cannot be written, those there are served: %s", error)
            first, last = _OPEN_WAITS
            self._open_wait = min(2 * self._open_wait, last) or first
            self._open_at = time.monotonic() + self._open_wait
            return None, fresh
        self._open_wait = 0.0
        return writer, fresh if served is None else replace(fresh, store=served, edit=writer.number)

    def _start(self, fresh: Snapshot) -> ReaderPool:
        base = fresh.names.base
        prefixes = {
            "ce": CE,
            "id": f"{base}id/",
            "place": f"{base}id/place/",
            "rel": f"{base}id/rel/",
            "ev": f"{base}id/ev/",
            "tech": "https://w3id.org/cleantech-kg/tech/",
            "skos": "http://www.w3.org/2004/02/skos/core#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
            "dct": "http://purl.org/dc/terms/",
            "prov": "http://www.w3.org/ns/prov#",
            "schema": "https://schema.org/",
        }
        return ReaderPool(fresh.store, self.settings.readers, self.settings.reader_limits, prefixes, base)

    async def _keep_looking(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_EVERY)
            try:
                await self._look()
            except (GraphError, OSError) as error:
                _log.error("what is in the data folder now cannot be served, what was before stays: %s", error)


def _nothing_yet() -> ApiError:
    return ApiError(503, "Nothing was ingested yet: run `cleantech ingest sweden`.", headers={"Retry-After": "5"})
