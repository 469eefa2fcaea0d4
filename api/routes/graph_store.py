"""`/graph-store`: whole graphs by the SPARQL 1.1 Graph Store HTTP Protocol, reading in readers, writing in the writer."""

from __future__ import annotations

import secrets
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.addresses import own_address
from api.answering import fresh
from api.asking import ask, asker
from api.bodies import body_of, check_charset
from api.dependencies import Current, Serving
from api.forms import Fields, fields
from api.iris import LONGEST, iri, is_iri
from api.negotiation import GRAPHS, offer_for
from api.parameters import flag, known, values
from api.problem import PROBLEM, ApiError
from api.respond import etag, is_fresh, not_modified, packed_aside
from api.served import Served
from api.writing import edit_headers, write, writer_key
from graph.readers import Question, ResultTooLargeError
from graph.writer import Edit
from graph.writer_wire import Kind

router = APIRouter(tags=["graph store"])

_PATH = "/graph-store"
_NAMING = ("graph", "default")
_TYPES = (
    "text/turtle",
    "application/n-triples",
    "application/rdf+xml",
    "application/ld+json",
    "application/n-quads",
    "application/trig",
)
_MULTIPART = "multipart/form-data"
_ALLOWED = "GET, HEAD, PUT, POST, DELETE, OPTIONS"
_PROBLEMS: dict[int | str, dict[str, Any]] = dict.fromkeys((400, 401, 403, 404, 406, 413, 415, 503), PROBLEM)
_BODY = {"requestBody": {"content": {kind: {"schema": {"type": "string"}} for kind in _TYPES}}}
_PARTS = {"requestBody": {"content": {kind: {"schema": {"type": "string"}} for kind in (*_TYPES, _MULTIPART)}}}


@router.get(_PATH, response_class=Response, responses=_PROBLEMS)
@router.get(_PATH + "/{name:path}", response_class=Response, responses=_PROBLEMS)
async def get_graph(request: Request, served: Serving, current: Current) -> Response:
    """A graph, named by `?graph=`, `?default` or the address itself."""
    graph, _ = _named(request)
    offer = offer_for(request.headers.get("accept"), GRAPHS)
    if offer is None:
        raise ApiError(406, f"A graph can be had as {', '.join(offer.media_type for offer in GRAPHS)}.")
    tag = etag(current, "graph", graph or "", offer.media_type)
    if is_fresh(request, tag, exists=False):
        return not_modified(tag)
    pattern = "{ ?s ?p ?o }" if graph is None else f"{{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
    query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {pattern}"
    try:
        result = await ask(request, served, query, offer.made_as)
    except ResultTooLargeError:
        who = await asker(request, served)
        if not who.has_key:
            raise
        question = Question(query, offer.made_as, client=who.client, seconds=who.seconds)
        return await fresh(request, served, who, question, offer)
    if not result.rows and graph is not None and not await _exists(request, served, graph):
        raise _missing(graph)
    if is_fresh(request, tag):
        return not_modified(tag)
    headers = {"ETag": tag} if result.store == current.store else {}
    return await packed_aside(request, result.body, offer.content_type, headers)


@router.put(_PATH, status_code=204, response_class=Response, responses=_PROBLEMS, openapi_extra=_BODY)
@router.put(_PATH + "/{name:path}", status_code=204, response_class=Response, responses=_PROBLEMS, openapi_extra=_BODY)
async def put_graph(request: Request, served: Serving) -> Response:
    """Replace a graph by the body: 201 when it is new, else 204."""
    graph, durable = _named(request, writes=True)
    return await _send(request, served, "put", graph, durable)


@router.post(_PATH, status_code=204, response_class=Response, responses=_PROBLEMS, openapi_extra=_PARTS)
@router.post(
    _PATH + "/{name:path}", status_code=204, response_class=Response, responses=_PROBLEMS, openapi_extra=_PARTS
)
async def post_graph(request: Request, served: Serving) -> Response:
    """Add the body to a graph; without a graph in the address it becomes a new one, told by `Location`.

    The documents of a multipart/form-data body are added all or not at all, each read by its own Content-Type.
    """
    held = _parameters(request, writes=True)
    if _is_store(request) and not any(name in _NAMING for name, _ in held):
        minted = f"{own_address(request).rstrip('/')}/{secrets.token_hex(16)}"
        return await _send(request, served, "post", minted, flag(held, "durable"), {"Location": minted})
    graph, durable = _named(request, writes=True)
    return await _send(request, served, "post", graph, durable)


@router.delete(_PATH, status_code=204, response_class=Response, responses=_PROBLEMS)
@router.delete(_PATH + "/{name:path}", status_code=204, response_class=Response, responses=_PROBLEMS)
async def delete_graph(request: Request, served: Serving) -> Response:
    """Remove a graph; 404 when there is none."""
    key = await writer_key(request, served)
    graph, durable = _named(request, writes=True)
    outcome = await write(served, key, Edit("delete", b"", graph=graph, prefix=key.prefix), durable=durable)
    return Response(status_code=204, headers=edit_headers(outcome))


@router.options(_PATH, include_in_schema=False)
@router.options(_PATH + "/{name:path}", include_in_schema=False)
async def options_graph() -> Response:
    """Any site may read."""
    headers = {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
        "Access-Control-Allow-Headers": "Accept",
        "Access-Control-Max-Age": "86400",
        "Allow": _ALLOWED,
    }
    return Response(status_code=204, headers=headers)


@router.patch(_PATH, include_in_schema=False)
@router.patch(_PATH + "/{name:path}", include_in_schema=False)
async def patch_graph() -> Response:
    """Not offered: SPARQL Update does it."""
    raise ApiError(405, "PATCH is not answered here; send an update to /sparql.", headers={"Allow": _ALLOWED})


async def _send(
    request: Request,
    served: Served,
    kind: Kind,
    graph: str | None,
    durable: bool,
    headers: dict[str, str] | None = None,
) -> Response:
    key = await writer_key(request, served)
    header = request.headers.get("content-type", "")
    media_type, _, parameters = header.lower().partition(";")
    types = (*_TYPES, _MULTIPART) if kind == "post" else _TYPES
    if media_type.strip() not in types:
        accepted = ", ".join(types)
        said = "" if header else "Say in Content-Type what the body is. "
        raise ApiError(415, f"{said}A graph can be sent as {accepted}.", headers={"Accept-Post": accepted})
    check_charset(parameters)
    body = request.state.text = await body_of(request, served.settings.body_bytes)  # for the excerpt of a problem
    base = graph or own_address(request)
    # The boundary of a multipart body is in the header, in its own case.
    told = f"{_MULTIPART};{header.partition(';')[2]}" if media_type.strip() == _MULTIPART else media_type.strip()
    edit = Edit(kind, body, graph=graph, media_type=told, base=base, prefix=key.prefix)
    outcome = await write(served, key, edit, durable=durable)
    return Response(status_code=201 if outcome.created else 204, headers=(headers or {}) | edit_headers(outcome))


def _is_store(request: Request) -> bool:
    return request.url.path.rstrip("/") == _PATH


def _parameters(request: Request, *, writes: bool) -> Fields:
    held = fields(request.scope["query_string"])
    known((name for name, _ in held), (*_NAMING, "durable") if writes else _NAMING)
    return held


def _named(request: Request, *, writes: bool = False) -> tuple[str | None, bool]:
    """The IRI of the graph (None: the default graph), and whether a write waits for the disk; a problem 400 when the
    graph is not named, or twice."""
    held = _parameters(request, writes=writes)
    durable = flag(held, "durable")
    graphs, default = values(held, "graph"), values(held, "default")
    if not _is_store(request):
        if graphs or default:
            raise ApiError(400, "The address itself names the graph; leave out graph and default.")
        return _itself(request), durable
    if len(graphs) + len(default) != 1:
        raise ApiError(400, "Name one graph: ?graph=IRI or ?default.", extra={"parameter": "graph"})
    if default and default[0]:
        extra = {"parameter": "default", "value": default[0][:200]}
        raise ApiError(400, "default stands alone, without a value.", extra=extra)
    return (None if default else iri(graphs[0], "graph")), durable


def _itself(request: Request) -> str:
    """The address as it was sent: `%2F` is not `/` (Graph Store HTTP Protocol, 4.1)."""
    address = own_address(request)
    if len(address) > LONGEST:
        raise ApiError(414, f"The IRI of a graph has at most {LONGEST:,} characters.")
    if not is_iri(address):
        raise ApiError(400, "The address names the graph, and is no well-formed IRI.")
    return address


async def _exists(request: Request, served: Served, graph: str) -> bool:
    answer = await ask(request, served, f"ASK {{ GRAPH <{graph}> {{}} }}", "application/sparql-results+json")
    return b"true" in answer.body


def _missing(graph: str) -> ApiError:
    return ApiError(404, f"There is no graph <{graph[:300]}>.")
