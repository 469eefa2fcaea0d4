"""`/api/v1/flows`: money from those who pay to those who get it, and the sums behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, get_args

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from api.answers.flows import choices_of, flows_csv, flows_of
from api.answers.flows_models import FlowChoices, FlowsOut, SumsOut
from api.answers.flows_sums import sums_csv, sums_of
from api.dependencies import Current, Lang, known_parameters, known_values
from api.problem import BAD, ApiError
from api.respond import respond
from api.served import Snapshot
from graph.flows.asked import LEVELS, Asked, Level
from ontology.terms import CLASSES, SCHEMES

_CSV = "text/csv; charset=utf-8; header=present"
_MOST_LINES = 5_000
_LEAST_LEVELS, _MOST_LEVELS = 2, 4

router = APIRouter(prefix="/api/v1", tags=["data"], responses=BAD, dependencies=[Depends(known_parameters)])


def _asked(
    current: Current,
    by: Annotated[
        str, Query(max_length=200, description=f"Two to four levels, in order: {', '.join(LEVELS)}.")
    ] = "funder,programme,technology,kind",
    technology: Annotated[tuple[str, ...], Query(description="Technologies by slug, such as batteries.")] = (),
    region: Annotated[
        tuple[str, ...], Query(description="Of recipients: counties by key, countries by ISO code.")
    ] = (),
    funder: Annotated[tuple[str, ...], Query(description="Who pays, by key.")] = (),
    programme: Annotated[tuple[str, ...], Query(description="Programmes by key.")] = (),
    kind: Annotated[tuple[str, ...], Query(description="Classes of recipients, such as Company.")] = (),
    year_from: Annotated[
        int | None, Query(ge=1, le=9999, alias="from", description="Begun in this year or later.")
    ] = None,
    year_to: Annotated[
        int | None, Query(ge=1, le=9999, alias="to", description="Begun in this year or earlier.")
    ] = None,
) -> Asked:
    """The question; a problem 400 that names the parameter, the value and what comes near."""
    known_values("technology", technology, SCHEMES["tech"])
    known_values("kind", kind, CLASSES)
    known_values("region", region, {*current.things.counties, *_countries(current)} if region else ())
    _things(current, "funder", funder)
    _things(current, "programme", programme)
    if year_from is not None and year_to is not None and year_from > year_to:
        raise ApiError(400, f"from={year_from} is after to={year_to}.", extra={"parameter": "from"})
    return Asked(_levels(by), technology, region, funder, programme, kind, year_from, year_to)


def _levels(by: str) -> tuple[Level, ...]:
    asked = tuple(name.strip() for name in by.split(","))
    known_values("by", asked, LEVELS)
    levels = tuple(level for name in asked for level in get_args(Level) if level == name)
    if not _LEAST_LEVELS <= len(levels) <= _MOST_LEVELS or len(set(levels)) < len(levels):
        detail = f"by={by!r}: name two to four levels, each once, such as funder,technology,region."
        raise ApiError(400, detail, extra={"parameter": "by", "value": by, "near": list(LEVELS)})
    return levels


def _countries(current: Snapshot) -> set[str]:
    return set(current.columns.nodes["country"].drop_nulls().unique())


def _things(current: Snapshot, parameter: str, keys: tuple[str, ...]) -> None:
    for key in keys:
        if key not in current.columns.node_of:
            near = [hit.key for hit in current.search.find(key.rpartition("/")[2].replace("-", " "), limit=5)]
            hint = f" Did you mean {', '.join(near)}?" if near else ""
            detail = f"{parameter}: there is nothing under the key {key[:100]!r}.{hint}"
            raise ApiError(400, detail, extra={"parameter": parameter, "value": key[:100], "near": near})


Asking = Annotated[Asked, Depends(_asked)]


def _picks(
    asked: Asking,
    pick: Annotated[
        tuple[str, ...],
        Query(description="A value of a level of `by`, as the id of a stop: technology:tech/batteries, kind:*other."),
    ] = (),
) -> Mapping[Level, str]:
    found: dict[Level, str] = {}
    for one in pick:
        name, _, value = one.partition(":")
        level = next((level for level in asked.by if level == name), None)
        if level is None or not value:
            detail = f"pick={one[:100]!r}: write a level of by, a colon and a value, such as {asked.by[0]}:*other."
            raise ApiError(400, detail, extra={"parameter": "pick", "value": one[:100], "near": list(asked.by)})
        found[level] = value
    return found


Picked = Annotated[Mapping[Level, str], Depends(_picks)]


@router.get("/flows", response_model=FlowsOut)
def get_flows(request: Request, current: Current, asked: Asking) -> Response:
    """Money by level and between levels, each sum once, with how many sums have no amount."""
    return respond(request, current, lambda: flows_of(current, asked))


@router.get("/flows.csv", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
def get_flows_csv(request: Request, current: Current, asked: Asking, lang: Lang = "en") -> Response:
    """The bands as a table for a spreadsheet."""
    return respond(request, current, lambda: flows_csv(current, asked, lang), _CSV, _file("cleantech-flows"))


@router.get("/flows/choices", response_model=FlowChoices)
def get_flow_choices(request: Request, current: Current) -> Response:
    """What the filters offer, with how many sums each leaves."""
    return respond(request, current, lambda: choices_of(current))


@router.get("/flows/sums", response_model=SumsOut)
def get_sums(
    request: Request,
    current: Current,
    asked: Asking,
    picks: Picked,
    offset: Annotated[int, Query(ge=0, le=1_000_000, description="How many to leave out first.")] = 0,
    limit: Annotated[int, Query(ge=1, le=500, description="How many at most.")] = 25,
) -> Response:
    """The sums behind a stop (one pick) or a band (two), the greatest first, with their records."""
    return respond(request, current, lambda: sums_of(current, asked, picks, offset, limit))


@router.get("/flows/sums.csv", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
def get_sums_csv(
    request: Request,
    current: Current,
    asked: Asking,
    picks: Picked,
    offset: Annotated[int, Query(ge=0, le=1_000_000, description="How many to leave out first.")] = 0,
    lang: Lang = "en",
) -> Response:
    """The same as a table for a spreadsheet, at most 5,000 rows; the name of the file tells which of how many."""
    told: dict[str, str] = {}

    def made() -> bytes:
        table = sums_csv(current, asked, picks, lang, offset, _MOST_LINES)
        whole = table.rows == table.total
        which = "" if whole else f"-{table.first}-to-{offset + table.rows}-of-{table.total}"
        told.update(_file(f"cleantech-payments{which}"), **{"X-Rows": str(table.rows), "X-Total": str(table.total)})
        return table.body

    return respond(request, current, made, _CSV, told)


def _file(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}.csv"'}
