"""`/api/v1/ingest`: start an ingest and look how it goes."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import Response

from api.addresses import way_to
from api.dependencies import Serving, known_parameters
from api.jobs import Job, Jobs
from api.models import Model
from api.problem import PROBLEM, ApiError
from api.writing import writer_key
from graph.errors import LockedError
from ingest.registry import names

_BAD: dict[int | str, dict[str, Any]] = dict.fromkeys((400, 401, 403, 404, 503), PROBLEM)

router = APIRouter(prefix="/api/v1", tags=["ingest"], responses=_BAD, dependencies=[Depends(known_parameters)])


class JobOut(Model):
    """An ingest. `last` is the last line that it said."""

    job: str
    source: str
    state: Literal["running", "done", "failed"]
    seconds: float
    last: str


@router.post("/ingest/{source}", status_code=202, response_model=JobOut, responses={409: PROBLEM})
async def post_ingest(
    request: Request, served: Serving, source: Annotated[str, Path(max_length=100, description="Its name.")]
) -> Response:
    """Read a source and publish the map with it, as `cleantech ingest` does. `Location` tells how it goes; one at a time."""
    key = await writer_key(request, served, "ingest")
    if source not in names():
        near = get_close_matches(source, names(), 5, 0.6)
        detail = f"There is no source {source[:100]!r}; known are {', '.join(names())}."
        raise ApiError(404, detail, extra={"near": near or list(names())})
    if served.maybe is not None and served.maybe.generation.manifest.plain:
        raise ApiError(409, "This is a bare store, which takes no ingest; write to it instead.")
    jobs: Jobs = request.app.state.jobs
    try:
        job = await jobs.start(source, key.name)
    except LockedError as error:
        running = jobs.running
        here = running is not None and running.source
        headers = {"Retry-After": "5"} | (
            {} if running is None or not here else {"Location": way_to(request, _path(running))}
        )
        raise ApiError(409, str(error), headers=headers) from error
    return _answer(job, 202, {"Location": way_to(request, _path(job))})


@router.get("/ingest/{job}", response_model=JobOut)
async def get_ingest(
    request: Request, served: Serving, job: Annotated[str, Path(max_length=100, description="From `Location`.")]
) -> Response:
    """How an ingest goes, or how it went."""
    await writer_key(request, served, "ingest")
    jobs: Jobs = request.app.state.jobs
    held = jobs.held.get(job)
    if held is None or not held.source:
        raise ApiError(404, "There is no such ingest; a server that was started anew has forgotten its own.")
    return _answer(held, 200, {})


def _path(job: Job) -> str:
    return f"{router.prefix}/ingest/{job.id}"


def _answer(job: Job, status: int, headers: dict[str, str]) -> Response:
    told = JobOut(job=job.id, source=job.source, state=job.state, seconds=round(job.seconds, 3), last=job.last)
    held = {"Cache-Control": "no-store"} | headers
    return Response(told.model_dump_json(), status, held, media_type="application/json")
