"""`/health`: whether it serves, and what; `/limits`: how much of it; `/metrics`: how much of it so far."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.dependencies import Serving
from api.metrics import metrics_of
from api.models import ConnectionsOut, Health, LimitsOut, QueryLimits, RestLimits, UpdateLimits
from api.settings import Settings

router = APIRouter(tags=["service"])

_JSON = {"Content-Type": "application/json", "Cache-Control": "no-store"}


@router.get("/health", response_model=Health)
async def get_health(served: Serving) -> Response:
    """Answers from memory, whatever the readers do."""
    current = served.maybe
    manifest = current.generation.manifest if current else None
    health = Health(
        status="ok" if manifest else "empty",
        generation=manifest.number if manifest else None,
        built=manifest.built if manifest else None,
        readers=len(served.readers),
    )
    return Response(health.model_dump_json(), headers=_JSON)  # made here: half the time of leaving it to FastAPI


@router.get("/limits")
async def get_limits(served: Serving) -> LimitsOut:
    """The limits in force, for queries and for updates."""
    settings = served.settings
    reading, writing, text = settings.reader_limits, settings.writer_limits, settings.guard_limits
    query = QueryLimits(
        seconds=reading.seconds,
        key_seconds=settings.key_timeout,
        memory_bytes=reading.memory,
        text_bytes=text.size,
        nesting=text.nesting,
        operators=text.operators,
        answer_bytes=reading.answer_bytes,
        answer_rows=reading.rows,
        readers=settings.readers,
        waiting=reading.waiting,
        per_address=reading.each,
        replica_quads=reading.replica_quads,
        cache_bytes=settings.cache_bytes,
        service_to=list(settings.service_to),
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
    return LimitsOut(query=query, update=update, rest=_rest(settings), connection=_connection(settings))


@router.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
async def get_metrics(request: Request) -> Response:
    """Counts and times since the start, for Prometheus."""
    body, media_type = metrics_of(request.app).page(request.headers.get("accept", ""))
    return Response(body, headers={"Content-Type": media_type, "Cache-Control": "no-store"})


def _rest(settings: Settings) -> RestLimits:
    return RestLimits(
        seconds=settings.rest_timeout,
        per_address=settings.rest_per_address,
        running=settings.rest_running,
        gaps_running=settings.gaps_running,
        gaps_waiting=settings.gaps_waiting,
    )


def _connection(settings: Settings) -> ConnectionsOut:
    limits = settings.connection_limits
    return ConnectionsOut(
        open=limits.connections,
        head_bytes=limits.head,
        head_seconds=limits.head_seconds,
        body_stall_seconds=limits.stall,
        body_seconds=limits.body,
        answer_stall_seconds=limits.answer,
        idle_seconds=limits.idle,
    )
