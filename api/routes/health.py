"""`/health`: whether it serves, and what; `/limits`: how much of it."""

from __future__ import annotations

from fastapi import APIRouter

from api.dependencies import Serving
from api.models import Health, LimitsOut, QueryLimits, UpdateLimits

router = APIRouter(tags=["service"])


@router.get("/health")
async def get_health(served: Serving) -> Health:
    """Answers from memory, whatever the readers do."""
    current = served.maybe
    manifest = current.generation.manifest if current else None
    return Health(
        status="ok" if manifest else "empty",
        generation=manifest.number if manifest else None,
        built=manifest.built if manifest else None,
        readers=len(served.readers),
    )


@router.get("/limits")
async def get_limits(served: Serving) -> LimitsOut:
    """The limits in force, for queries and for updates."""
    settings = served.settings
    reading, writing, text = settings.reader_limits, settings.writer_limits, settings.guard_limits
    query = QueryLimits(
        seconds=reading.seconds,
        memory_bytes=reading.memory,
        text_bytes=text.size,
        nesting=text.nesting,
        operators=text.operators,
        answer_bytes=reading.answer_bytes,
        answer_rows=reading.rows,
        readers=settings.readers,
        waiting=reading.waiting,
    )
    update = UpdateLimits(
        seconds=writing.seconds,
        memory_bytes=writing.memory,
        body_bytes=settings.body_bytes,
        nesting=writing.nesting,
        operators=writing.operators,
        waiting=writing.waiting,
        undo_quads=writing.undo_quads,
        load_from=list(writing.load_from),
    )
    return LimitsOut(query=query, update=update)
