"""`/sparql`: queries by the SPARQL 1.1 Protocol, each in a reader process."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.routing import Route

from api.answering import answer
from api.description import describe
from api.parameters import FORMATS
from api.problem import PROBLEM, ApiError
from api.query_text import Told, asked
from api.served import Served, Snapshot
from api.writing import edit_headers, write, writer_key
from graph.writer import Edit

router = APIRouter(tags=["SPARQL"])

_PROBLEMS: dict[int | str, dict[str, Any]] = dict.fromkeys((400, 401, 403, 406, 413, 415, 503), PROBLEM)
_GRAPHS = {"type": "array", "items": {"type": "string"}}
_PARAMETERS = [
    {"name": name, "in": "query", "required": False, "schema": schema, "description": what}
    for name, schema, what in (
        ("query", {"type": "string"}, "The query."),
        ("timeout", {"type": "number"}, "Seconds that it may take; less than the limit, not more."),
        ("explain", {"type": "boolean"}, "true: what was seen and where the time went, instead of the answer."),
        *((name, {"type": "string"}, "The format, where Accept leaves it open: json, csv, ttl …") for name in FORMATS),
        (
            "default-graph-uri",
            _GRAPHS,
            "Graphs that make the default graph; then nothing else is seen. May be repeated.",
        ),
        ("named-graph-uri", _GRAPHS, "Graphs that GRAPH sees. May be repeated."),
    )
]
_BODY = {
    "content": {
        "application/sparql-query": {"schema": {"type": "string"}},
        "application/sparql-update": {"schema": {"type": "string"}},
        "application/x-www-form-urlencoded": {
            "schema": {
                "type": "object",
                "properties": {"query": {"type": "string"}, "update": {"type": "string"}},
            }
        },
    }
}


@router.get("/sparql", response_class=Response, responses=_PROBLEMS, openapi_extra={"parameters": _PARAMETERS})
async def get_sparql(request: Request) -> Response:
    """Ask with `?query=`. Without a query: what this service is, as RDF, or the documentation for a browser."""
    served, current = _serving(request)
    question = await asked(request, served)
    if question is None or isinstance(question, Told):
        return await describe(request, served, current, federated=bool(served.settings.service_to))
    return await answer(request, served, current, question)


@router.post("/sparql", response_class=Response, responses=_PROBLEMS, openapi_extra={"requestBody": _BODY})
async def post_sparql(request: Request) -> Response:
    """Ask with the query in a form or as the body; or write with an update in the same way, and a key."""
    served, current = _serving(request)
    question = await asked(request, served)
    if isinstance(question, Told):
        return await _update(request, served, current, question)
    if question is None:
        raise ApiError(400, "There is no query.", extra={"parameter": "query"})
    return await answer(request, served, current, question)


def _serving(request: Request) -> tuple[Served, Snapshot]:
    """As the dependencies of other routes; FastAPI's way to them costs as much as a small query."""
    served: Served = request.app.state.served
    return served, served.snapshot


@router.options("/sparql", include_in_schema=False)
async def options_sparql() -> Response:
    """Any site may ask."""
    headers = {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
        "Access-Control-Allow-Headers": "Accept, Content-Type",
        "Access-Control-Max-Age": "86400",
        "Allow": "GET, HEAD, POST, OPTIONS",
    }
    return Response(status_code=204, headers=headers)


async def _update(request: Request, served: Served, current: Snapshot, told: Told) -> Response:
    key = await writer_key(request, served)
    request.state.text = told.update  # for the excerpt of a problem
    base = current.names.base
    edit = Edit("update", told.update, base=base, using=told.using, using_named=told.using_named, prefix=key.prefix)
    outcome = await write(served, key, edit, durable=told.durable)
    return Response(status_code=204, headers=edit_headers(outcome))


async def _express(request: Request) -> Response:
    request.scope["route"] = express  # its name in metrics and log, as FastAPI sets it
    match request.method:
        case "POST":
            return await post_sparql(request)
        case "OPTIONS":
            return await options_sparql()
    return await get_sparql(request)


# The same two without what FastAPI does for each request, which costs as much as a small query; those above document it.
express = Route("/sparql", _express, methods=["GET", "POST", "OPTIONS"])
