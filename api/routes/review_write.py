"""`/api/v1/review`, with a key: say who is who, take it back, and build the map with it."""

from __future__ import annotations

import asyncio
import logging
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from api.addresses import way_to
from api.answers.review import decision_out, decisions_page
from api.answers.review_models import (
    DecidedOut,
    DecisionIn,
    DecisionsOut,
    RebuildOut,
    UndoIn,
    UndoneOut,
)
from api.bodies import model_of, sent
from api.dependencies import Current, Serving, known_parameters
from api.jobs import Job, Jobs
from api.problem import BAD, PROBLEM, ApiError
from api.reviewing import Reviewing, prints
from api.routes.review import Offset, check_known, standing_of, told
from api.writing import writer_key
from graph.errors import LockedError
from ingest.deciding import decide, undo

_log = logging.getLogger("cleantech.edits")
_KEYED: dict[int | str, dict[str, Any]] = dict.fromkeys((401, 403), PROBLEM)
_WRITE: dict[int | str, dict[str, Any]] = _KEYED | dict.fromkeys((404, 413, 415), PROBLEM)
_BODY = 16_000  # bytes

router = APIRouter(
    prefix="/api/v1/review", tags=["review"], responses=BAD | _KEYED, dependencies=[Depends(known_parameters)]
)


@router.get("/decisions", response_model=DecisionsOut)
async def get_decisions(
    request: Request,
    served: Serving,
    current: Current,
    offset: Offset = 0,
    limit: Annotated[int, Query(ge=1, le=500, description="How many at most.")] = 50,
    verdict: Annotated[Literal["same", "different", "unsure"] | None, Query(description="Only these.")] = None,
    moved: Annotated[bool, Query(description="Only those that moved to another key, or wait for a record.")] = False,
) -> Response:
    """The decisions in force, the newest first. They name who decided, so a key with the scope review is needed."""
    await writer_key(request, served, "review")
    standing = await standing_of(request, current)
    page = await asyncio.to_thread(decisions_page, current, standing, offset, limit, verdict, moved)
    return _answer(page)


@router.post("/decisions", status_code=201, response_model=DecidedOut, responses=_WRITE, openapi_extra=sent(DecisionIn))
async def post_decision(request: Request, served: Serving, current: Current) -> Response:
    """Say of two records whether they are the same. It counts from the next build on; the newest about a pair counts."""
    key = await writer_key(request, served, "review")
    said = await model_of(request, DecisionIn, _BODY)
    check_known(current, said.one, said.other)
    marks = await asyncio.to_thread(prints, current.identities)
    reviewing: Reviewing = request.app.state.reviewing
    decision = await told(
        lambda: decide(
            reviewing.data, said.one, said.other, said.verdict, by=key.name, note=said.note, fingerprints=marks
        )
    )
    held = {"key": key.name, "kind": "decision", "verdict": said.verdict, "decision": decision.id}
    _log.info("key %s: decision %s is %s", key.name, decision.id, said.verdict, extra=held)
    standing = await standing_of(request, current)
    return _answer(DecidedOut(decision=decision_out(current, standing, decision), waiting=standing.waiting), 201)


@router.post("/undo", response_model=UndoneOut, responses=_WRITE | {409: PROBLEM}, openapi_extra=sent(UndoIn))
async def post_undo(request: Request, served: Serving, current: Current) -> Response:
    """Take a decision back: what was said of the pair before counts again."""
    key = await writer_key(request, served, "review")
    said = await model_of(request, UndoIn, _BODY)
    reviewing: Reviewing = request.app.state.reviewing
    taken = await told(lambda: undo(reviewing.data, said.id, by=key.name))
    held = {"key": key.name, "kind": "undo", "decision": taken.id, "undoes": taken.undoes}
    _log.info("key %s: decision %s takes back %s", key.name, taken.id, taken.undoes, extra=held)
    standing = await standing_of(request, current)
    return _answer(UndoneOut(id=taken.id, undoes=taken.undoes, waiting=standing.waiting))


@router.post("/rebuild", status_code=202, response_model=RebuildOut, responses={409: PROBLEM})
async def post_rebuild(request: Request, served: Serving, current: Current) -> Response:
    """Build the map anew with what was decided, as `cleantech rebuild` does. `Location` tells how it goes."""
    key = await writer_key(request, served, "review")
    if current.generation.manifest.plain:
        raise ApiError(409, "This is a bare store, which is not built from sources.")
    jobs: Jobs = request.app.state.jobs
    try:
        job = await jobs.rebuild(key.name)
    except LockedError as error:
        running = jobs.running
        headers = {"Retry-After": "5"}
        if running is not None and not running.source:
            headers["Location"] = way_to(request, _path(running))
        raise ApiError(409, str(error), headers=headers) from error
    return _answer(_job(job), 202, {"Location": way_to(request, _path(job))})


@router.get("/rebuild/{job}", response_model=RebuildOut, responses={404: PROBLEM})
async def get_rebuild(
    request: Request, served: Serving, job: Annotated[str, Path(max_length=100, description="From `Location`.")]
) -> Response:
    """How a build goes, or how it went."""
    await writer_key(request, served, "review")
    jobs: Jobs = request.app.state.jobs
    held = jobs.held.get(job)
    if held is None or held.source:
        raise ApiError(404, "There is no such build; a server that was started anew has forgotten its own.")
    return _answer(_job(held))


def _path(job: Job) -> str:
    return f"{router.prefix}/rebuild/{job.id}"


def _job(job: Job) -> RebuildOut:
    return RebuildOut(job=job.id, state=job.state, seconds=round(job.seconds, 3), last=job.last)


def _answer(body: BaseModel, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    held = {"Cache-Control": "no-store"} | (headers or {})
    return Response(body.model_dump_json(), status, held, media_type="application/json")
