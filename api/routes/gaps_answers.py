"""`/api/v1/gaps/answers`, with a key: say what a missing pair is, list what was said, and take it back."""

from __future__ import annotations

import asyncio
import logging
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from api.answers.gaps_said import said_out, said_page
from api.bodies import model_of, sent
from api.dependencies import Current, Serving, known_parameters
from api.gap_answers import GapAnswers
from api.gaps_asking import Answered, organisation
from api.models_gaps import FeedbackIn, FeedbackListOut, FeedbackOut, FeedbackTakenOut
from api.problem import BAD, PROBLEM, ApiError
from api.routes.review import told
from api.writing import writer_key
from ingest.gap_answers import answer, take_back

_log = logging.getLogger("cleantech.edits")
_KEYED: dict[int | str, dict[str, Any]] = dict.fromkeys((401, 403), PROBLEM)
_WRITE: dict[int | str, dict[str, Any]] = _KEYED | dict.fromkeys((404, 413, 415), PROBLEM)
_BODY = 16_000  # bytes

router = APIRouter(
    prefix="/api/v1/gaps", tags=["gaps"], responses=BAD | _KEYED, dependencies=[Depends(known_parameters)]
)


@router.get("/answers", response_model=FeedbackListOut)
async def get_answers(
    request: Request,
    served: Serving,
    current: Current,
    said: Answered,
    offset: Annotated[int, Query(ge=0, le=1_000_000, description="How many to leave out first.")] = 0,
    limit: Annotated[int, Query(ge=1, le=500, description="How many at most.")] = 50,
) -> Response:
    """The answers in force, the newest first. They name who answered, so a key with the scope review is needed."""
    await writer_key(request, served, "review")
    return _answer(await asyncio.to_thread(said_page, current, said, offset, limit))


@router.post("/answers", status_code=201, response_model=FeedbackOut, responses=_WRITE, openapi_extra=sent(FeedbackIn))
async def post_answer(request: Request, served: Serving, current: Current) -> Response:
    """Say what a pair is. It counts at once; the newest about a pair counts."""
    key = await writer_key(request, served, "review")
    given = await model_of(request, FeedbackIn, _BODY)
    keys = current.columns.key_of
    one, other = (keys[organisation(current, name, getattr(given, name))] for name in ("one", "other"))
    if one == other:
        raise ApiError(400, "one and other are the same organisation; name two.", extra={"parameter": "other"})
    held: GapAnswers = request.app.state.gap_answers
    said = await told(lambda: answer(held.data, one, other, given.answer, by=key.name, note=given.note))
    told_of = {"key": key.name, "kind": "answer", "answer": said.answer, "line": said.id}
    _log.info("key %s: answer %s is %s", key.name, said.id, said.answer, extra=told_of)
    return _answer(said_out(current, said), 201)


@router.delete("/answers/{id}", response_model=FeedbackTakenOut, responses=_WRITE | {409: PROBLEM})
async def delete_answer(
    request: Request,
    served: Serving,
    current: Current,  # noqa: ARG001 - without a map there are no answers
    id: Annotated[str, Path(max_length=200, description="The id of an answer.")],  # noqa: A002 - as it is called
) -> Response:
    """Take an answer back: what was said of the pair before counts again."""
    key = await writer_key(request, served, "review")
    held: GapAnswers = request.app.state.gap_answers
    taken = await told(lambda: take_back(held.data, id, by=key.name))
    told_of = {"key": key.name, "kind": "undo", "line": taken.id, "undoes": taken.undoes}
    _log.info("key %s: answer %s takes back %s", key.name, taken.id, taken.undoes, extra=told_of)
    return _answer(FeedbackTakenOut(id=taken.id, undoes=taken.undoes))


def _answer(body: BaseModel, status: int = 200) -> Response:
    return Response(body.model_dump_json(), status, {"Cache-Control": "no-store"}, media_type="application/json")
