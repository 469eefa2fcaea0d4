"""`/api/v1/paths` and what the gap finder knows of two organisations."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from api.answers.gaps_paths import By, Way, Ways, paths_out, ways
from api.dependencies import Current, Serving, known_parameters
from api.gaps_asking import Ends, WideScoped
from api.gaps_serving import as_json, send
from api.models_gaps import PathsOut
from api.routes.gaps import BAD, PROBLEM

router = APIRouter(
    prefix="/api/v1", tags=["gaps"], responses=BAD | {404: PROBLEM}, dependencies=[Depends(known_parameters)]
)


@router.get("/paths", response_model=PathsOut)
async def get_paths(
    request: Request,
    served: Serving,
    current: Current,
    scope: WideScoped,
    ends: Ends,
    k: Annotated[int, Query(ge=1, le=20, description="How many ways at most.")] = 3,
    by: Annotated[By, Query(description="shortest: fewest steps; strongest: the strongest ties.")] = "shortest",
) -> Response:
    """Ways from one organisation to another over ties, with the records of every hop, and who could introduce them.

    The whole network is walked, so there are no parameters for technology, region and type.
    """
    way = Way(scope, *ends, k, by)

    def shown(found: Ways) -> bytes:
        return as_json(paths_out(current, way, found))

    return await send(request, served, current, (way, lambda: ways(current.columns, way)), shown)
