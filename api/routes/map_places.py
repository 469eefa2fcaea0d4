"""`/api/v1/map/…`: the selection by places and as rows, for whoever does not want it whole."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from api.answers.places import NO_PLACE, flow, flow_csv, flows, places, places_csv, there
from api.answers.places_models import FlowOut, FlowsOut, PlacesOut, RowsOut, ThereOut
from api.answers.rows import COLUMNS, Column, rows
from api.dependencies import Current, Filtered, Lang, known_parameters
from api.problem import BAD, ApiError
from api.respond import respond
from graph.selection import Filter

router = APIRouter(prefix="/api/v1/map", tags=["data"], responses=BAD, dependencies=[Depends(known_parameters)])

_CSV = "text/csv; charset=utf-8; header=present"
_IS_CSV: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {}}}}
_MOST = 10_000
Level = Annotated[
    Literal["country", "county", "town"],
    Query(description="What a region is; of the level county, what is in no county is in its country."),
]
End = Annotated[str, Query(max_length=300, description="A region: key of a place, or ISO code of a country.")]
Some = Annotated[int, Query(ge=1, le=1000, description="How many at most.")]


def _by_hand(
    chosen: Filtered,
    hide: Annotated[tuple[str, ...], Query(max_length=1000, description="Keys of what is left out.")] = (),
    only: Annotated[tuple[str, ...], Query(max_length=1000, description="Keys beside which all is left out.")] = (),
) -> Filter:
    """The filter of the map, and what the analyst hid by hand."""
    return replace(chosen, hide=hide, only=only)


Shown = Annotated[Filter, Depends(_by_hand)]


def _attached(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


@router.get("/places", response_model=PlacesOut)
def get_places(request: Request, current: Current, chosen: Shown) -> Response:
    """Where the things of the selection are: places with counts, and how many things have no place."""
    return respond(request, current, lambda: places(current, chosen))


@router.get("/places.csv", response_class=Response, responses=_IS_CSV)
def get_places_csv(request: Request, current: Current, chosen: Shown, lang: Lang = "en") -> Response:
    """The same as a table."""
    headers = _attached("cleantech-places.csv")
    return respond(request, current, lambda: places_csv(current, chosen, lang), _CSV, headers)


@router.get("/at", response_model=ThereOut)
def get_there(
    request: Request,
    current: Current,
    chosen: Shown,
    at: Annotated[
        tuple[str, ...],
        Query(min_length=1, max_length=60, description=f"Keys of places, or {NO_PLACE}: what has no place."),
    ],
    limit: Some = 100,
) -> Response:
    """The things of the selection at some places."""
    return respond(request, current, lambda: there(current, chosen, at, limit))


@router.get("/flows", response_model=FlowsOut)
def get_flows(
    request: Request, current: Current, chosen: Shown, level: Level = "county", limit: Some = 200
) -> Response:
    """Joint efforts (projects, partnerships, joint leads and ventures) between regions of the selection's organisations."""
    return respond(request, current, lambda: flows(current, chosen, level, limit))


@router.get("/flow", response_model=FlowOut)
def get_flow(
    request: Request,
    current: Current,
    chosen: Shown,
    a: End,
    b: End,
    level: Level = "county",
    limit: Some = 100,
) -> Response:
    """The joint efforts between two regions, with their parties."""
    return respond(request, current, lambda: flow(current, chosen, level, (a, b), limit))


@router.get("/flow.csv", response_class=Response, responses=_IS_CSV)
def get_flow_csv(
    request: Request, current: Current, chosen: Shown, a: End, b: End, level: Level = "county", lang: Lang = "en"
) -> Response:
    """The same as a table, with all of them."""
    headers = _attached("cleantech-flow.csv")
    return respond(request, current, lambda: flow_csv(flow(current, chosen, level, (a, b), _MOST), lang), _CSV, headers)


@router.get("/rows", response_model=RowsOut)
def get_rows(
    request: Request,
    current: Current,
    chosen: Shown,
    sort: Annotated[str, Query(description="A column; with - before it the greatest first.")] = "-links",
    offset: Annotated[int, Query(ge=0, le=10_000_000, description="How many rows to pass over.")] = 0,
    limit: Annotated[int, Query(ge=1, le=500, description="How many rows at most.")] = 100,
    lang: Lang = "en",
) -> Response:
    """A part of the selection as rows, in order."""
    column = next((name for name in COLUMNS if name == sort.removeprefix("-")), None)
    if column is None:
        detail = f"sort: there is no column {sort[:100]!r}. Known are {', '.join(COLUMNS)}."
        raise ApiError(400, detail, extra={"parameter": "sort", "value": sort[:100], "near": list(COLUMNS)})
    order: tuple[Column, bool] = (column, sort.startswith("-"))
    return respond(request, current, lambda: rows(current, chosen, order, lang, (offset, limit)))
