"""`/api/v1/review`: pairs that may be one thing, side by side. They follow from open data: reading needs no key."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from api.answers.review import queue, queue_table
from api.answers.review_models import PairOut, QueueOut
from api.answers.review_pair import compared
from api.dependencies import Current, Lang, known_parameters, known_values
from api.problem import BAD, PROBLEM, ApiError
from api.respond import respond
from api.reviewing import Reviewing, Standing
from api.served import Snapshot
from graph.candidate_queue import Order, Wish, values
from ingest.deciding import DecisionError
from ingest.problem import InputError
from ingest.resolve.alike import REASONS
from ontology.terms import CLASSES

_STATUS = {"wrong": 400, "missing": 404, "done": 409}
_T = TypeVar("_T")

router = APIRouter(prefix="/api/v1", tags=["review"], responses=BAD, dependencies=[Depends(known_parameters)])
Record = Annotated[str, Query(max_length=300, description="A record by its key, such as ror:026vcq606.")]
Offset = Annotated[int, Query(ge=0, le=1_000_000, description="How many to leave out first.")]
Words = tuple[str, ...]


async def told(work: Callable[[], _T]) -> _T:
    """What `work` gives, in a thread; a problem for what people decided that cannot be read or makes no sense."""
    try:
        return await asyncio.to_thread(work)
    except InputError as error:
        detail = f"The decisions cannot be read until somebody mends them: {error}"
        raise ApiError(503, detail) from error
    except DecisionError as error:
        raise ApiError(_STATUS[error.reason], f"{str(error)[:1].upper()}{str(error)[1:]}.") from error


def check_known(current: Snapshot, *keys: str) -> None:
    """A problem 404 when one of the keys is no record of this map."""
    for key in keys:
        if current.identities.id_of.get(key, "") not in current.columns.node_of:
            raise ApiError(404, f"There is no record {key[:100]!r} in this map.")


async def standing_of(request: Request, current: Current) -> Standing:
    """What people decided, for this map."""
    reviewing: Reviewing = request.app.state.reviewing
    return await told(lambda: reviewing.now(current))


Stood = Annotated[Standing, Depends(standing_of)]


def _wish(
    current: Current,
    kind: Annotated[Words, Query(description="Classes, such as Company; finds what is below them, too.")] = (),
    country: Annotated[Words, Query(description="Countries by code, such as SE.")] = (),
    source: Annotated[Words, Query(description="Sources by name.")] = (),
    reason: Annotated[Words, Query(description="Words of reasons, without their numbers.")] = (),
    order: Annotated[Order, Query(description="weight: what changes most; score: the most alike.")] = "weight",
) -> Wish:
    """What to look at; a problem 400 that names the parameter, the value and what is known."""
    if kind or country or source or reason:
        known = values(current.columns, current.identities)
        sources = {held.name for held in current.generation.manifest.sources}
        known_values("kind", kind, CLASSES)
        known_values("country", country, known["country"])
        known_values("source", source, known["source"] | sources)
        known_values("reason", reason, known["reason"] | set(REASONS))
    return Wish(kind, country, source, reason, order)


Wished = Annotated[Wish, Depends(_wish)]


@router.get("/review", response_model=QueueOut)
def get_queue(
    request: Request,
    current: Current,
    standing: Stood,
    wish: Wished,
    offset: Offset = 0,
    limit: Annotated[int, Query(ge=1, le=500, description="How many pairs at most.")] = 50,
) -> Response:
    """The pairs of which nobody has said anything, those that change most first."""
    return respond(request, current, lambda: queue(current, standing, wish, offset, limit), beside=standing.beside)


@router.get("/review.csv", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
def get_queue_csv(request: Request, current: Current, standing: Stood, wish: Wished, lang: Lang = "en") -> Response:
    """The same as a table for a spreadsheet, whole."""
    headers = {"Content-Disposition": 'attachment; filename="cleantech-review.csv"'}
    media_type = "text/csv; charset=utf-8; header=present"
    table = lambda: queue_table(current, standing, wish, lang)  # noqa: E731 - it runs only when it is needed
    return respond(request, current, table, media_type, headers, standing.beside)


@router.get("/review/pair", response_model=PairOut, responses={404: PROBLEM})
def get_pair(request: Request, current: Current, standing: Stood, one: Record, other: Record) -> Response:
    """Two records side by side, with what would become of the map if they were one thing."""
    if one == other:
        raise ApiError(400, "one and other are the same record; name two.", extra={"parameter": "other"})
    check_known(current, one, other)
    return respond(request, current, lambda: compared(current, standing, one, other), beside=standing.beside)
