"""`/sparql`: queries by the SPARQL 1.1 Protocol, each in a reader process."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.dependencies import Current, Serving
from api.description import describe
from api.negotiation import GRAPHS, TABLES, Offer, offer_for
from api.problem import ApiError, Problem
from api.query_text import Asked, Told, asked
from api.respond import etag, is_fresh, not_modified, packed_aside
from api.served import Served, Snapshot
from api.writing import edit_headers, write, writer_key
from graph.guard import inspect
from graph.writer import Edit

router = APIRouter(tags=["SPARQL"])

_PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "content": {"application/problem+json": {}}}
    for status in (400, 401, 403, 406, 413, 415, 503)
}
_PARAMETERS = [
    {"name": "query", "in": "query", "required": False, "schema": {"type": "string"}},
    {"name": "timeout", "in": "query", "required": False, "schema": {"type": "number"}},
    {"name": "default-graph-uri", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}},
    {"name": "named-graph-uri", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}},
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
async def get_sparql(request: Request, served: Serving, current: Current) -> Response:
    """Ask with `?query=`. Without a query: what this service is, as RDF, or the documentation for a browser."""
    question = await asked(request, 0, 0)
    if question is None or isinstance(question, Told):
        return await describe(request, served, current)
    return await _answer(request, served, current, question)


@router.post("/sparql", response_class=Response, responses=_PROBLEMS, openapi_extra={"requestBody": _BODY})
async def post_sparql(request: Request, served: Serving, current: Current) -> Response:
    """Ask with the query in a form or as the body; or write with an update in the same way, and a key."""
    limit = 4 * served.settings.query_size  # percent-encoding can make three bytes of one
    question = await asked(request, limit, served.settings.body_bytes)
    if isinstance(question, Told):
        return await _update(request, served, current, question)
    if question is None:
        raise ApiError(400, "There is no query.", extra={"parameter": "query"})
    return await _answer(request, served, current, question)


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
    return Response(status_code=204, headers=edit_headers(await write(request, served, key, edit)))


async def _answer(request: Request, served: Served, current: Snapshot, question: Asked) -> Response:
    request.state.text = question.query  # for the excerpt of a problem
    form = inspect(question.query, served.settings.guard_limits)
    offers = TABLES if form in {"SELECT", "ASK"} else GRAPHS
    offer = _chosen(request, offers)
    dataset = question.dataset
    parts = (*(dataset.default_graphs or ()), "|", *(dataset.named_graphs or ()))
    tag = etag(current, question.query, offer.media_type, *parts)
    if is_fresh(request, tag):
        return not_modified(tag)
    result = await served.pool.query(question.query, offer.made_as, seconds=question.seconds, dataset=dataset)
    headers = {"X-Rows": str(result.rows), "Server-Timing": f"engine;dur={result.seconds * 1000:.1f}"}
    if result.store == current.store:  # else the map was replaced meanwhile: no tag rather than a wrong one
        headers["ETag"] = tag
    return await packed_aside(request, result.body, offer.content_type, headers)


def _chosen(request: Request, offers: tuple[Offer, ...]) -> Offer:
    offer = offer_for(request.headers.get("accept"), offers)
    if offer is None:
        raise ApiError(406, f"This query can be answered as {', '.join(offer.media_type for offer in offers)}.")
    return offer
