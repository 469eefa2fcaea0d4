"""`/api/v1/gaps`: where collaboration is missing. Each finding as JSON by the page, and as a table."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from api.answers.gaps_findings import FINDINGS, Ask, most_of, spread
from api.answers.gaps_method import formula, method
from api.answers.gaps_method import title as title_of
from api.dependencies import Current, Lang, Serving, known_parameters
from api.gaps_asking import AnyLimit, Limit, Offset, asking, check_limit, check_page
from api.gaps_serving import page, table
from api.models_gaps import MethodOut
from api.problem import BAD, PROBLEM
from api.respond import respond

CSV: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {}}}}
MOVED: dict[int | str, dict[str, Any]] = {
    301: {"description": "It was merged; Location is where it stands now"},
    410: PROBLEM,
}
_TABLE = "The best rows as a table for a spreadsheet."

router = APIRouter(prefix="/api/v1/gaps", tags=["gaps"], responses=BAD, dependencies=[Depends(known_parameters)])


def _register(name: str) -> None:
    """Give a finding its two paths."""
    finding, title, asked = FINDINGS[name], title_of(name).en, asking(name)

    json = router.get(f"/{name}", response_model=finding.model, summary=title, description=formula(name).en)

    async def get_page(
        request: Request,
        served: Serving,
        current: Current,
        ask: Ask = Depends(asked),  # noqa: B008 - each finding has its own
        offset: Offset = 0,
        limit: Limit = 50,
    ) -> Response:
        check_page(ask, offset, limit)
        return await page(request, served, current, ask, offset, limit)

    async def get_all(
        request: Request,
        served: Serving,
        current: Current,
        ask: Ask = Depends(asked),  # noqa: B008
        limit: Limit = 50,
    ) -> Response:
        check_limit(ask, limit)
        return await page(request, served, current, spread(ask, limit), 0, limit)

    json(get_all if finding.spread else get_page)

    if name == "pairs":  # its table is in `gaps_pairs`, which knows of single organisations
        return

    @router.get(
        f"/{name}.csv", response_class=Response, responses=CSV, summary=f"{title}, as a table", description=_TABLE
    )
    async def get_csv(
        request: Request,
        served: Serving,
        current: Current,
        ask: Ask = Depends(asked),  # noqa: B008 - each finding has its own
        limit: AnyLimit = None,
        lang: Lang = "en",
    ) -> Response:
        rows = limit or most_of(ask)
        check_limit(ask, rows)
        return await table(request, served, current, spread(ask, rows), rows, lang)


for _name in FINDINGS:
    _register(_name)


@router.get("/method", response_model=MethodOut)
def get_method(request: Request, current: Current) -> Response:
    """Parameters with their defaults, formulas in words, the back-test, limits, and the names of all values."""
    return respond(request, current, method)
