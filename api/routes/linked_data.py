"""`/id/{key}`: things as linked data. People are sent to the page, programs get RDF."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from api.addresses import way_to
from api.asking import ask
from api.dependencies import Current, Serving
from api.moved import moved
from api.negotiation import GRAPHS, Offer, offer_for, wants_page
from api.problem import ApiError, Problem
from api.respond import READ_HEADERS, etag, is_fresh, not_modified, packed_aside
from api.served import Snapshot

router = APIRouter(tags=["linked data"])

_SUFFIXES = {offer.suffix: offer for offer in GRAPHS if offer.suffix != "xml"}

# The thing, the relations that it is a party of, and the places in documents that both were taken from.
_QUERY = """\
PREFIX ce: <https://w3id.org/cleantech-kg/ns#>
CONSTRUCT {{ ?s ?p ?o }} WHERE {{
  {{ BIND (<{iri}> AS ?s) ?s ?p ?o }}
  UNION {{ ?s ce:about <{iri}> ; ?p ?o }}
  UNION {{ BIND (ce:evidence AS ?p) BIND (<{iri}> AS ?s) GRAPH ?g {{ ?s ?p ?o }} }}
  UNION {{ BIND (ce:evidence AS ?p) ?s ce:about <{iri}> GRAPH ?g {{ ?s ?p ?o }} }}
  UNION {{ GRAPH ?g {{ <{iri}> ce:evidence ?s . ?s ?p ?o }} }}
  UNION {{ ?relation ce:about <{iri}> GRAPH ?g {{ ?relation ce:evidence ?s . ?s ?p ?o }} }}
  UNION {{ BIND (<{iri}> AS ?s) GRAPH ?g {{ ?s ce:source ?from ; ?p ?o }} }}
}}
"""


@router.get(
    "/id/{key:path}",
    response_class=Response,
    responses={
        301: {"description": "It was merged; Location is where it stands now"},
        303: {"description": "The page of the thing"},
        404: {"model": Problem},
        406: {"model": Problem},
        410: {"model": Problem},
    },
)
async def get_thing(request: Request, served: Serving, current: Current, key: str) -> Response:
    """RDF by suffix (.ttl .jsonld .nt .rdf .nq .trig) or Accept; browsers are sent to the page."""
    bare, offer = _split(key)
    on = moved(request, current, bare, lambda new, _: f"/id/{new}{key.removeprefix(bare)}")
    if on is not None:
        return on
    node = current.things.columns.node_of.get(bare)
    accept = request.headers.get("accept")
    if offer is None:
        if node is not None and wants_page(accept):
            headers = {"Link": _links(request, current, bare), "Vary": "Accept"} | READ_HEADERS
            return RedirectResponse(way_to(request, quote(current.things.path(node))), 303, headers)
        offer = offer_for(accept, GRAPHS)
    if offer is None:
        raise ApiError(406, f"A thing can be had as {', '.join(offer.media_type for offer in GRAPHS)}.")
    tag = etag(current, request.url.path, offer.media_type)
    if node is not None and is_fresh(request, tag):
        return not_modified(tag)
    result = await ask(request, served, _QUERY.format(iri=current.names.thing(bare).value), offer.made_as)
    if not result.rows:
        raise ApiError(404, f"There is nothing under the key {bare[:100]!r}.")
    address = way_to(request, f"/id/{quote(bare)}.{offer.suffix}")
    headers = {"Link": _links(request, current, bare), "Content-Location": address}
    if result.store == current.store:
        headers["ETag"] = tag
    return await packed_aside(request, result.body, offer.content_type, headers)


def _split(key: str) -> tuple[str, Offer | None]:
    bare, dot, suffix = key.rpartition(".")
    return (bare, _SUFFIXES[suffix]) if dot and suffix in _SUFFIXES else (key, None)


def _links(request: Request, current: Snapshot, key: str) -> str:
    """The other forms of the same thing, for the Link header."""
    address = way_to(request, f"/id/{quote(key)}")
    links = [f'<{address}.{suffix}>; rel="alternate"; type="{offer.media_type}"' for suffix, offer in _SUFFIXES.items()]
    node = current.things.columns.node_of.get(key)
    if node is not None:
        links.append(f'<{way_to(request, quote(current.things.path(node)))}>; rel="alternate"; type="text/html"')
    return ", ".join(links)
