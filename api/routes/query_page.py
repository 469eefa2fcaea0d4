"""`/api/v1/schema`, `/questions` and `/names`: what the query page completes, offers and names."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from api.answers.query_models import NamesOut, QuestionsOut, SchemaOut
from api.answers.query_page import gallery, names, schema
from api.dependencies import Current, known_parameters
from api.problem import BAD, ApiError
from api.respond import respond

_MOST = 200

router = APIRouter(
    prefix="/api/v1",
    tags=["data"],
    responses=BAD,
    dependencies=[Depends(known_parameters)],
)


@router.get("/schema", response_model=SchemaOut)
def get_schema(request: Request, current: Current) -> Response:
    """What a query is made of: prefixes, classes, properties with domain and range, concepts; in English and Swedish."""
    return respond(request, current, lambda: schema(current))


@router.get("/questions", response_model=QuestionsOut)
def get_questions(request: Request, current: Current) -> Response:
    """The competency questions: who asks, the question, its SPARQL, and what may be changed in it."""
    return respond(request, current, gallery)


@router.get("/names", response_model=NamesOut)
def get_names(
    request: Request,
    current: Current,
    key: Annotated[tuple[str, ...], Query(description=f"Keys such as kth or tech/batteries; up to {_MOST}.")] = (),
) -> Response:
    """What things are called and where their pages are; unknown keys are left out."""
    if len(key) > _MOST:
        raise ApiError(400, f"key: there are {len(key)}, and may be {_MOST}.", extra={"parameter": "key"})
    return respond(request, current, lambda: names(current, key))
