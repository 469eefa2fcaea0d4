"""An edit on its way through the writer, and what the journal says of it."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from graph.edits import JournalEntry
from graph.errors import GraphError
from graph.writer_wire import Edit

_JOURNAL_TEXT = 10_000  # bytes; a longer body is told by its SHA-256


@dataclass(frozen=True, slots=True)
class Outcome:
    """An edit that readers see. `created`: a Graph Store request made the graph; the counts are of quads, if known."""

    number: int
    created: bool
    added: int | None = None
    removed: int | None = None
    undoes: tuple[int, ...] = ()


@dataclass(slots=True)
class Job:
    """An edit that waits or is made; `done` tells its sender."""

    edit: Edit
    key: str
    durable: bool
    done: asyncio.Future[Outcome]
    outcome: Outcome | None = None


def fail(job: Job, error: GraphError) -> None:
    """Tell the sender, unless somebody did."""
    if not job.done.done():
        job.done.set_exception(error)


def entry_of(job: Job) -> JournalEntry:
    """An applied edit as it stands in the journal."""
    edit, body = job.edit, job.edit.body
    short = len(body) <= _JOURNAL_TEXT
    return JournalEntry(
        number=job.outcome.number if job.outcome else 0,
        time=now(),
        key=job.key,
        kind=edit.kind,
        graph=edit.graph if edit.kind != "update" else None,
        text=body.decode("utf-8", "replace") if short and edit.kind == "update" else None,
        sha256=None if (short and edit.kind == "update") or not body else hashlib.sha256(body).hexdigest(),
        added=job.outcome.added if job.outcome else None,
        removed=job.outcome.removed if job.outcome else None,
        undoes=edit.undoes,
        author=edit.author,
    )


def now() -> str:
    """The time for the journal."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
