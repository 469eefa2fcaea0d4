"""`/api/v1/sources`: what each source gives, how fresh it is and how much of it is known."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from api.answers.sources import sources_out, sources_table
from api.dependencies import Current, Lang, known_parameters
from api.models_about import SourcesOut
from api.problem import BAD
from api.respond import respond

router = APIRouter(prefix="/api/v1", tags=["data"], responses=BAD, dependencies=[Depends(known_parameters)])


@router.get("/sources", response_model=SourcesOut)
def get_sources(request: Request, current: Current) -> Response:
    """Cards, counts and coverage of each source and of the whole map."""
    return respond(request, current, lambda: sources_out(current))


@router.get("/sources.csv", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
def get_sources_csv(request: Request, current: Current, lang: Lang = "en") -> Response:
    """The sources as a table for a spreadsheet."""
    headers = {"Content-Disposition": 'attachment; filename="cleantech-sources.csv"'}
    media_type = "text/csv; charset=utf-8; header=present"
    return respond(request, current, lambda: sources_table(current, lang), media_type, headers)
