"""`/api/v1/paths` and what the gap finder knows of two organisations."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import Response

from api.answers.gaps_explain import Known, Two, explain_out, known
from api.answers.gaps_findings import Ask, most_of, of_one
from api.answers.gaps_paths import Way, Ways, paths_out, ways
from api.answers.gaps_paths_table import paths_table
from api.dependencies import Current, Lang, Serving, known_parameters
from api.gaps_asking import (
    Answered,
    AnyLimit,
    Ends,
    Limit,
    Offset,
    Scoped,
    WideScoped,
    asking,
    check_limit,
    check_page,
    organisation,
)
from api.gaps_serving import TABLE, as_json, page, send, table
from api.models_gaps import ExplainOut, PairsOut, PathsOut
from api.moved import moved
from api.problem import BAD, PROBLEM, ApiError
from api.routes.gaps import CSV, MOVED
from graph.gaps.known import ActorError
from graph.gaps.routes import By

router = APIRouter(
    prefix="/api/v1", tags=["gaps"], responses=BAD | {404: PROBLEM}, dependencies=[Depends(known_parameters)]
)


Most = Annotated[int, Query(ge=1, le=20, description="How many ways at most.")]
Sorted = Annotated[By, Query(description="shortest: fewest steps; strongest: the strongest ties.")]


@router.get("/gaps/pairs.csv", response_class=Response, responses=CSV)
async def get_pairs_csv(
    request: Request,
    served: Serving,
    current: Current,
    ask: Ask = Depends(asking("pairs")),  # noqa: B008 - a dependency of its own
    of: Annotated[str, Query(max_length=300, description="The pairs of one organisation, by its key.")] = "",
    limit: AnyLimit = None,
    lang: Lang = "en",
) -> Response:
    """The best pairs as a table for a spreadsheet."""
    whose = of_one(ask, organisation(current, "of", of)) if of else ask
    rows = limit or most_of(whose)
    check_limit(whose, rows)
    return await table(request, served, current, whose, rows, lang)


@router.get("/gaps/pairs/{key:path}", response_model=PairsOut, responses=MOVED)
async def get_pairs_of(
    request: Request,
    served: Serving,
    current: Current,
    key: Annotated[str, Path(max_length=300, description="An organisation by its key, such as kth.")],
    ask: Ask = Depends(asking("pairs")),  # noqa: B008
    offset: Offset = 0,
    limit: Limit = 20,
) -> Response:
    """The pairs of one organisation, which stands first in each. Region and type narrow down whom it could meet."""
    if current.things.find(key) is None:
        on = moved(request, current, key, lambda new, _: f"/api/v1/gaps/pairs/{new}")
        if on is not None:
            return on
    whose = of_one(ask, organisation(current, "key", key))
    check_page(whose, offset, limit)
    return await page(request, served, current, whose, offset, limit)


@router.get("/gaps/explain", response_model=ExplainOut)
async def get_explain(
    request: Request, served: Serving, current: Current, scope: Scoped, ends: Ends, said: Answered
) -> Response:
    """What ties two organisations, with the records; where nothing does, what speaks for and against that they meet."""
    two = Two(scope, *ends, said.stamp, said.answers)

    def shown(found: Known) -> bytes:
        return as_json(explain_out(current, two, found))

    def work() -> Known:
        try:
            return known(current.columns, two)
        except ActorError as error:
            detail = "b: rolled up, a and b are one organisation; name two, or leave rollup out."
            raise ApiError(400, detail, extra={"parameter": "b"}) from error

    return await send(request, served, current, (two, work), shown, said.stamp, quick=True)


@router.get("/paths", response_model=PathsOut)
async def get_paths(
    request: Request,
    served: Serving,
    current: Current,
    scope: WideScoped,
    ends: Ends,
    k: Most = 3,
    by: Sorted = "shortest",
) -> Response:
    """Ways from one organisation to another over ties, with the records of every hop, and who could introduce them.

    The whole network is walked, so there are no parameters for technology, region and type.
    """
    way = Way(scope, *ends, k, by)

    def shown(found: Ways) -> bytes:
        return as_json(paths_out(current, way, found))

    return await send(request, served, current, (way, lambda: ways(current.columns, way)), shown, quick=True)


@router.get("/paths.csv", response_class=Response, responses=CSV)
async def get_paths_csv(
    request: Request,
    served: Serving,
    current: Current,
    scope: WideScoped,
    ends: Ends,
    k: Most = 3,
    by: Sorted = "shortest",
    lang: Lang = "en",
) -> Response:
    """The same as a table for a spreadsheet: a line for each thing in which the two ends of a step met."""
    way = Way(scope, *ends, k, by)

    def shown(found: Ways) -> bytes:
        return paths_table(paths_out(current, way, found), lang)

    named = "-".join(current.columns.key_of[node].replace("/", "-") for node in ends)
    headers = {"Content-Disposition": f'attachment; filename="cleantech-paths-{named}.csv"'}
    work = (way, lambda: ways(current.columns, way))
    return await send(request, served, current, work, shown, "", TABLE, headers, quick=True)
