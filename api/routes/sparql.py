"""`/sparql`: queries by the SPARQL 1.1 Protocol, each in a reader process."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from api.asking import asker, while_there
from api.cache import Kept
from api.models import Explanation
from api.negotiation import GRAPHS, TABLES, Offer, offer_for, wants_page
from api.problem import ApiError, Problem
from api.query_text import Asked, Told, asked
from api.respond import READ_HEADERS, etag, is_fresh, not_modified, packed, takes_gzip
from api.served import Served, Snapshot
from api.streamed import Streamed
from api.writing import edit_headers, write, writer_key
from graph.guard import Inspection, look_at
from graph.readers import Question, Result, Timing
from graph.writer import Edit

router = APIRouter(tags=["SPARQL"])

_PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "content": {"application/problem+json": {}}}
    for status in (400, 401, 403, 406, 413, 415, 503)
}
_PARAMETERS = [
    {"name": "query", "in": "query", "required": False, "schema": {"type": "string"}},
    {"name": "timeout", "in": "query", "required": False, "schema": {"type": "number"}},
    {"name": "explain", "in": "query", "required": False, "schema": {"type": "boolean"}},
    {"name": "default-graph-uri", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}},
    {"name": "named-graph-uri", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}},
]
_LONG = 20_000  # characters of a query, or bytes of an answer: from here on a thread reads or packs them
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
    question = await asked(request, 0, 0)
    if question is None or isinstance(question, Told):
        return _description(request, current)
    return await _answer(request, served, current, question)


@router.post("/sparql", response_class=Response, responses=_PROBLEMS, openapi_extra={"requestBody": _BODY})
async def post_sparql(request: Request) -> Response:
    """Ask with the query in a form or as the body; or write with an update in the same way, and a key."""
    served, current = _serving(request)
    limit = 4 * served.settings.query_size  # percent-encoding can make three bytes of one
    question = await asked(request, limit, served.settings.body_bytes)
    if isinstance(question, Told):
        return await _update(request, served, current, question)
    if question is None:
        raise ApiError(400, "There is no query.", extra={"parameter": "query"})
    return await _answer(request, served, current, question)


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
    base = current.names.base
    edit = Edit("update", told.update, base=base, using=told.using, using_named=told.using_named, prefix=key.prefix)
    return Response(status_code=204, headers=edit_headers(await write(request, served, key, edit)))


async def _answer(request: Request, served: Served, current: Snapshot, question: Asked) -> Response:
    who = await asker(request, served)
    seen = await _look_at(question.query, served)
    offer = _chosen(request, TABLES if seen.form in {"SELECT", "ASK"} else GRAPHS)
    asked = Question(
        question.query,
        offer.made_as,
        client=who.client,
        seconds=min(question.seconds or who.seconds, who.seconds),
        dataset=question.dataset,
        outside=bool(seen.services),
    )
    if question.explain:
        return await _explained(request, served, seen, asked)
    tag = _tag(current, seen, asked, offer)
    if tag is not None and is_fresh(request, tag):
        return not_modified(tag)
    key = (tag, request.headers.get("accept-encoding"))
    kept = served.answers.get(key) if tag is not None else None
    if kept is not None:
        return Response(kept.body, headers=kept.headers)
    if who.has_key:
        return await _streamed(request, served, asked, offer)
    result = await while_there(request, served.pool.ask(asked))
    headers = {"X-Rows": str(result.rows), "Server-Timing": _timing(result)}
    if tag is None:
        headers["Cache-Control"] = "no-store"
    elif result.store == current.store:  # else the map was replaced meanwhile: no tag rather than a wrong one
        headers["ETag"] = tag
    response = await _packed(request, result.body, offer, headers)
    if "ETag" in headers:
        served.answers.put(key, Kept(bytes(response.body), dict(response.headers)))
    return response


async def _look_at(text: str, served: Served) -> Inspection:
    limits, services = served.settings.guard_limits, served.settings.service_to
    if len(text) < _LONG:
        return look_at(text, limits, services=services)
    return await asyncio.to_thread(look_at, text, limits, services=services)


async def _packed(request: Request, body: bytes, offer: Offer, headers: dict[str, str]) -> Response:
    if len(body) < _LONG or "accept-encoding" not in request.headers:
        return packed(request, body, offer.content_type, headers)
    return await asyncio.to_thread(packed, request, body, offer.content_type, headers)


def _tag(current: Snapshot, seen: Inspection, asked: Question, offer: Offer) -> str | None:
    """None for an answer that may be another one the next time."""
    if seen.volatile or seen.services:
        return None
    dataset = asked.dataset
    return etag(
        current, asked.text, offer.media_type, *(dataset.default_graphs or ()), "|", *(dataset.named_graphs or ())
    )


def _timing(result: Result) -> str:
    timing = result.timing
    parts = {"queue": timing.queue, result.by: timing.engine} if timing else {}
    return ", ".join(
        f"{name};dur={seconds * 1000:.2f}" for name, seconds in (parts | {"reader": result.seconds}).items()
    )


async def _streamed(request: Request, served: Served, asked: Question, offer: Offer) -> Response:
    answer = await while_there(request, served.pool.stream(asked))
    if answer.whole:
        await answer.close()
        return await _packed(request, answer.first, offer, {"Cache-Control": "no-store"})
    headers = {"Cache-Control": "no-store", "Content-Type": offer.content_type} | READ_HEADERS
    return Streamed(answer, headers, gzip=takes_gzip(request.headers.get("accept-encoding", "")))


async def _explained(request: Request, served: Served, seen: Inspection, asked: Question) -> Response:
    """What the guard saw and where the time went, instead of the answer."""
    result = await while_there(request, served.pool.ask(asked, mode="explain"))
    timing = result.timing or Timing(0, result.seconds)
    report = Explanation(
        form=seen.form,
        text_bytes=seen.size,
        tokens=seen.tokens,
        nesting=seen.nesting,
        operators=seen.operators,
        volatile=seen.volatile,
        services=list(seen.services),
        rows=result.rows,
        in_memory=served.pool.in_memory,
        by=result.by,
        queue_seconds=timing.queue,
        engine_seconds=timing.engine,
        writing_seconds=timing.writing or 0.0,
    )
    body = report.model_dump_json(by_alias=True).encode()
    return packed(request, body, "application/json", {"Cache-Control": "no-store"})


def _chosen(request: Request, offers: tuple[Offer, ...]) -> Offer:
    offer = offer_for(request.headers.get("accept"), offers)
    if offer is None:
        raise ApiError(406, f"This query can be answered as {', '.join(offer.media_type for offer in offers)}.")
    return offer


_SERVICE = """\
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix format: <http://www.w3.org/ns/formats/> .

<{endpoint}> a sd:Service ;
    sd:endpoint <{endpoint}> ;
    sd:supportedLanguage sd:SPARQL11Query, sd:SPARQL11Update ;
    sd:resultFormat {formats} .
"""
_FORMATS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
)


def _description(request: Request, current: Snapshot) -> Response:
    if wants_page(request.headers.get("accept")):
        return RedirectResponse("/docs#sparql", 303)
    endpoint = str(request.url.replace(query="", fragment=""))
    formats = ", ".join(f"format:{name}" for name in _FORMATS)
    body = _SERVICE.format(endpoint=endpoint, formats=formats).encode()
    return packed(request, body, "text/turtle; charset=utf-8", {"ETag": etag(current, endpoint)})
