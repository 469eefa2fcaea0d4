"""`/api/v1/gaps`: where collaboration is missing. Each finding as JSON by the page, and as a table."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from api.answers.gaps_findings import FINDINGS, MOST, depth_of
from api.dependencies import Current, Lang, Serving, known_parameters
from api.gaps_asking import Limit, Offset, Said, Scoped, check_page
from api.gaps_serving import page, table
from api.problem import Problem

PROBLEM = {"model": Problem, "content": {"application/problem+json": {}}}
BAD: dict[int | str, dict[str, Any]] = dict.fromkeys((400, 503), PROBLEM)
_CSV: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {}}}}
_MOVED: dict[int | str, dict[str, Any]] = {301: {"description": "It was merged; Location is where it stands now"}}

router = APIRouter(prefix="/api/v1/gaps", tags=["gaps"], responses=BAD, dependencies=[Depends(known_parameters)])
Rows = Annotated[int, Query(ge=1, le=MOST, description="How many rows at most.")]


def _register(name: str) -> None:
    """Give a finding its two paths."""
    finding = FINDINGS[name]

    @router.get(f"/{name}", response_model=finding.model, summary=finding.title, description=finding.summary)
    async def get(
        request: Request,
        served: Serving,
        current: Current,
        scope: Scoped,
        said: Said,
        offset: Offset = 0,
        limit: Limit = 50,
    ) -> Response:
        check_page(offset, limit)
        ask = said.ask(name, scope, depth_of(offset + limit))
        return await page(request, served, current, ask, offset, limit)

    @router.get(
        f"/{name}.csv",
        response_class=Response,
        responses=_CSV,
        summary=f"{finding.title}, as a table",
        description="The same as a table for a spreadsheet.",
    )
    async def get_csv(
        request: Request,
        served: Serving,
        current: Current,
        scope: Scoped,
        said: Said,
        limit: Rows = MOST,
        lang: Lang = "en",
    ) -> Response:
        return await table(request, served, current, said.ask(name, scope, depth_of(limit)), limit, lang)
