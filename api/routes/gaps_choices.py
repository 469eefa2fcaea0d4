"""`/api/v1/gaps/choices`: what the filter of the gap finder offers."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from api.answers.gaps_choices import choices_out, every_year
from api.answers.gaps_shown import Shown
from api.dependencies import Current, Serving, known_parameters
from api.gaps_asking import Scoped
from api.gaps_serving import as_json, send
from api.models_gaps import ChoicesOut
from api.problem import BAD
from graph.gaps.collaboration import Collaboration

router = APIRouter(prefix="/api/v1/gaps", tags=["gaps"], responses=BAD, dependencies=[Depends(known_parameters)])


@router.get("/choices", response_model=ChoicesOut)
async def get_choices(request: Request, served: Serving, current: Current, scope: Scoped) -> Response:
    """What each filter offers, with how many organisations: no choice that leads to nobody."""

    def shown(net: Collaboration) -> bytes:
        return as_json(choices_out(Shown(current), net))

    return await send(request, served, current, (("choices", scope), lambda: every_year(current.columns, scope)), shown)
