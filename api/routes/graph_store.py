"""`/graph-store`: whole graphs by the SPARQL 1.1 Graph Store HTTP Protocol, reading in readers, writing in the writer."""

from __future__ import annotations

import re
import secrets
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.addresses import own_address
from api.asking import ask
from api.bodies import body_of, check_charset
from api.dependencies import Current, Serving
from api.negotiation import GRAPHS, offer_for
from api.problem import ApiError, Problem
from api.respond import etag, is_fresh, not_modified, packed_aside
from api.served import Served
from api.writing import edit_headers, write, writer_key
from graph.writer import Edit
from graph.writer_wire import Kind

router = APIRouter(tags=["graph store"])

_PATH = "/graph-store"
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*")
_LONGEST = 8_000  # characters of the IRI of a graph
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
_PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "content": {"application/problem+json": {}}}
    for status in (400, 401, 403, 404, 406, 413, 415, 503)
}
_BODY = {"requestBody": {"content": {kind: {"schema": {"type": "string"}} for kind in _TYPES}}}
_PARTS = {"requestBody": {"content": {kind: {"schema": {"type": "string"}} for kind in (*_TYPES, _MULTIPART)}}}


@router.get(_PATH, response_class=Response, responses=_PROBLEMS)
@router.get(_PATH + "/{name:path}", response_class=Response, responses=_PROBLEMS)
async def get_graph(request: Request, served: Serving, current: Current) -> Response:
    """A graph, named by `?graph=`, `?default` or the address itself."""
    graph = _named(request)
    offer = offer_for(request.headers.get("accept"), GRAPHS)
    if offer is None:
        raise ApiError(406, f"A graph can be had as {', '.join(offer.media_type for offer in GRAPHS)}.")
    tag = etag(current, str(request.url), offer.media_type)
    if is_fresh(request, tag):
        return not_modified(tag)
    pattern = "{ ?s ?p ?o }" if graph is None else f"{{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
    result = await ask(request, served, f"CONSTRUCT {{ ?s ?p ?o }} WHERE {pattern}", offer.made_as)
    if not result.rows and graph is not None and not await _exists(request, served, graph):
        raise _missing(graph)
    headers = {"ETag": tag} if result.store == current.store else {}
    return await packed_aside(request, result.body, offer.content_type, headers)


@router.put(_PATH, status_code=204, response_class=Response, responses=_PROBLEMS, openapi_extra=_BODY)
@router.put(_PATH + "/{name:path}", status_code=204, response_class=Response, responses=_PROBLEMS, openapi_extra=_BODY)
async def put_graph(request: Request, served: Serving) -> Response:
    """Replace a graph by the body: 201 when it is new, else 204."""
    return await _send(request, served, "put", _named(request))


@router.post(_PATH, status_code=204, response_class=Response, responses=_PROBLEMS, openapi_extra=_PARTS)
@router.post(
    _PATH + "/{name:path}", status_code=204, response_class=Response, responses=_PROBLEMS, openapi_extra=_PARTS
)
async def post_graph(request: Request, served: Serving) -> Response:
    """Add the body to a graph; without a graph in the address it becomes a new one, told by `Location`.

    The documents of a multipart/form-data body are added all or not at all, each read by its own Content-Type.
    """
    if _is_store(request) and not {"graph", "default"} & set(request.query_params):
        minted = f"{own_address(request).rstrip('/')}/{secrets.token_hex(16)}"
        return await _send(request, served, "post", minted, {"Location": minted})
    return await _send(request, served, "post", _named(request))


@router.delete(_PATH, status_code=204, response_class=Response, responses=_PROBLEMS)
@router.delete(_PATH + "/{name:path}", status_code=204, response_class=Response, responses=_PROBLEMS)
async def delete_graph(request: Request, served: Serving) -> Response:
    """Remove a graph; 404 when there is none."""
    key = await writer_key(request, served)
    graph = _named(request)
    outcome = await write(request, served, key, Edit("delete", b"", graph=graph, prefix=key.prefix))
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
    request: Request, served: Served, kind: Kind, graph: str | None, headers: dict[str, str] | None = None
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
    outcome = await write(request, served, key, edit)
    return Response(status_code=201 if outcome.created else 204, headers=(headers or {}) | edit_headers(outcome))


def _is_store(request: Request) -> bool:
    return request.url.path.rstrip("/") == _PATH


def _named(request: Request) -> str | None:
    """The IRI of the graph; None for the default graph; a problem 400 when it is not named, or twice."""
    if len(request.url.path) > _LONGEST or any(
        len(graph) > _LONGEST for graph in request.query_params.getlist("graph")
    ):
        raise ApiError(414, f"The IRI of a graph has at most {_LONGEST:,} characters.", extra={"parameter": "graph"})
    graphs, default = request.query_params.getlist("graph"), "default" in request.query_params
    if not _is_store(request):
        if graphs or default:
            raise ApiError(400, "The address itself names the graph; leave out graph and default.")
        address = own_address(request)
        if not _IRI.fullmatch(address):
            raise ApiError(400, "The address names the graph, and must be an IRI without its %-escapes, too.")
        return address
    if len(graphs) + default != 1:
        raise ApiError(400, "Name one graph: ?graph=IRI or ?default.", extra={"parameter": "graph"})
    if default:
        return None
    if not _IRI.fullmatch(graphs[0]):
        raise ApiError(400, "graph must be an absolute IRI.", extra={"parameter": "graph", "value": graphs[0][:200]})
    return graphs[0]


async def _exists(request: Request, served: Served, graph: str) -> bool:
    answer = await ask(request, served, f"ASK {{ GRAPH <{graph}> {{}} }}", "application/sparql-results+json")
    return b"true" in answer.body


def _missing(graph: str) -> ApiError:
    return ApiError(404, f"There is no graph <{graph[:300]}>.")
