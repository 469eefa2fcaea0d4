"""`/api/v1/edits`: what was written, and taking it back."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import Response

from api.answers.edits import EditsOut, UndoOut, page_of
from api.dependencies import Serving, known_parameters
from api.keys import Key
from api.problem import PROBLEM, ApiError
from api.served import Served
from api.writing import check_scope, edit_headers, write, writer_key
from graph.undo import History, UndoError
from graph.writer import Edit

_BAD: dict[int | str, dict[str, Any]] = dict.fromkeys((400, 401, 403, 503), PROBLEM)
_UNDO: dict[int | str, dict[str, Any]] = {**_BAD, 404: PROBLEM, 409: PROBLEM}
_STATUS = {"missing": 404, "done": 409, "unknown": 409}
_MOST = 1_000

router = APIRouter(prefix="/api/v1", tags=["edits"], responses=_BAD, dependencies=[Depends(known_parameters)])
Durable = Annotated[bool, Query(description="Answer when it is on the disk.")]


@router.get("/edits", response_model=EditsOut)
async def get_edits(
    request: Request,
    served: Serving,
    limit: Annotated[int, Query(ge=1, le=_MOST, description="How many at most.")] = 100,
    before: Annotated[int | None, Query(ge=1, description="Only edits with a lower number.")] = None,
) -> Response:
    """The edits, the newest first. A key of any scope may ask."""
    await writer_key(request, served, None)
    history = await _history(served)
    return _answer(page_of(history.edits, limit, before, request.url.path), {})


@router.delete("/edits", response_model=UndoOut, responses=_UNDO)
async def delete_edits(
    request: Request,
    served: Serving,
    number: Annotated[list[int], Query(max_length=_MOST, description="Edits to take back, as one edit.")] = [],  # noqa: B006 - FastAPI copies it
    everything: Annotated[bool, Query(alias="all", description="Take back whatever stands.")] = False,
    durable: Durable = False,
) -> Response:
    """Take edits back, all or none. Needs the scope admin, or the key that wrote them all."""
    if everything == bool(number):
        raise ApiError(400, "Say which: ?number=3&number=4, or ?all=true.", extra={"parameter": "number"})
    key = await writer_key(request, served, "admin" if everything else None)
    edit = Edit("undo", b"", undoes=tuple(number), everything=everything, prefix=key.prefix)
    return await _undo(served, key, edit, durable)


@router.delete("/edits/{number}", response_model=UndoOut, responses=_UNDO)
async def delete_edit(
    request: Request,
    served: Serving,
    number: Annotated[int, Path(ge=1, description="The number of the edit.")],
    durable: Durable = False,
) -> Response:
    """Take one edit back. Needs the scope admin, or the key that wrote it."""
    key = await writer_key(request, served, None)
    return await _undo(served, key, Edit("undo", b"", undoes=(number,), prefix=key.prefix), durable)


async def _undo(served: Served, key: Key, edit: Edit, durable: bool) -> Response:
    if not key.may("admin"):
        history = await _history(served)
        authors = {told.entry.number: told.entry.author for told in history.edits}
        if any(authors.get(number) != key.fingerprint for number in edit.undoes):  # a name may be given anew
            check_scope(key, "admin")
    try:
        outcome = await write(served, key, edit, durable=durable)
    except UndoError as error:
        raise ApiError(_STATUS[error.reason], str(error)) from error
    told = UndoOut(number=outcome.number, undoes=list(outcome.undoes), added=outcome.added, removed=outcome.removed)
    return _answer(told, edit_headers(outcome))


async def _history(served: Served) -> History:
    return await asyncio.to_thread(History.read, served.edits)


def _answer(body: EditsOut | UndoOut, headers: dict[str, str]) -> Response:
    held = {"Cache-Control": "no-store"} | headers
    return Response(body.model_dump_json(), media_type="application/json", headers=held)
