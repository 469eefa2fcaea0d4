"""`/api/v1/time`: what began, ended and was paid, by year or month."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from api.answers.time import By, events_out, time_out
from api.answers.time_table import counts_table, events_table
from api.dependencies import Current, Lang, known_parameters
from api.models_time import EventsOut, TimeOut
from api.problem import BAD, PROBLEM
from api.respond import respond
from api.time_asking import Chosen, ChosenPeriod

_CSV: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {}}}}
_TABLE = "text/csv; charset=utf-8; header=present"

router = APIRouter(
    prefix="/api/v1", tags=["time"], responses={**BAD, 404: PROBLEM}, dependencies=[Depends(known_parameters)]
)
Period = Annotated[By, Query(description="What is counted together.")]


@router.get("/time", response_model=TimeOut)
def get_time(request: Request, current: Current, choice: Chosen, by: Period = "year") -> Response:
    """How many organisations, efforts and partnerships began and ended, and how much was paid, in each period."""
    return respond(request, current, lambda: time_out(current, choice, by))


@router.get("/time.csv", response_class=Response, responses=_CSV)
def get_time_csv(
    request: Request, current: Current, choice: Chosen, by: Period = "year", lang: Lang = "en"
) -> Response:
    """The same as a table for a spreadsheet."""
    headers = {"Content-Disposition": 'attachment; filename="cleantech-time.csv"'}
    return respond(request, current, lambda: counts_table(current, choice, by, lang), _TABLE, headers)


@router.get("/time/events", response_model=EventsOut)
def get_events(
    request: Request,
    current: Current,
    choice: ChosenPeriod,
    offset: Annotated[int, Query(ge=0, le=10_000_000, description="How many rows to leave out first.")] = 0,
    limit: Annotated[int, Query(ge=1, le=500, description="How many rows at most.")] = 50,
) -> Response:
    """The events, oldest first, each with its evidence; those without a date last."""
    return respond(request, current, lambda: events_out(current, choice, offset, limit))


@router.get("/time/events.csv", response_class=Response, responses=_CSV)
def get_events_csv(request: Request, current: Current, choice: ChosenPeriod, lang: Lang = "en") -> Response:
    """All events of the choice as a table for a spreadsheet."""
    headers = {"Content-Disposition": 'attachment; filename="cleantech-events.csv"'}
    return respond(request, current, lambda: events_table(current, choice, lang), _TABLE, headers)
