"""`/id/{key}`: things as linked data. People are sent to the page, programs get RDF."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from api.addresses import way_to
from api.dependencies import Current, Serving
from api.linked_pages import LDP_PAGE, is_long, page_of, whole
from api.moved import moved
from api.negotiation import GRAPHS, Offer, offer_for, wants_page
from api.problem import ApiError, Problem
from api.respond import READ_HEADERS, etag, is_fresh, not_modified, packed_aside
from api.served import Snapshot

router = APIRouter(tags=["linked data"])

_SUFFIXES = {offer.suffix: offer for offer in GRAPHS if offer.suffix != "xml"}

Page = Annotated[
    int | None, Query(ge=1, description="Of a thing with very many relations: which part of them, from 1.")
]


@router.get(
    "/id/{key:path}",
    response_class=Response,
    responses={
        301: {"description": "It was merged; Location is where it stands now"},
        303: {"description": "The page of the thing; or the first part (`?page=1`) of what is too long for one answer"},
        404: {"model": Problem},
        406: {"model": Problem},
        410: {"model": Problem},
    },
)
async def get_thing(request: Request, served: Serving, current: Current, key: str, page: Page = None) -> Response:
    """RDF by suffix (.ttl .jsonld .nt .rdf .nq .trig) or Accept; browsers are sent to the page.

    A party of more than 500 relations comes in parts: `Link` has `rel="next"` until the last one."""
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
    iri = current.names.thing(bare).value
    if page is None and await is_long(request, served, iri):
        headers = {"Link": _links(request, current, bare), "Vary": "Accept"} | READ_HEADERS
        return RedirectResponse(way_to(request, f"/id/{quote(key)}") + "?page=1", 303, headers)
    tag = etag(current, request.url.path, offer.media_type, *([] if page is None else [str(page)]))
    if node is not None and is_fresh(request, tag, exists=page in (None, 1)):
        return not_modified(tag)
    more = False
    if page is None:
        result = await whole(request, served, iri, offer.made_as)
    else:
        result, more = await page_of(request, served, iri, page, offer.made_as)
    if not result.rows:
        raise ApiError(404, f"There is nothing under the key {bare[:100]!r}.")
    address = way_to(request, f"/id/{quote(bare)}.{offer.suffix}") + ("" if page is None else f"?page={page}")
    links = [_links(request, current, bare), *(_parts(request, key, page, more) if page else ())]
    headers = {"Link": ", ".join(links), "Content-Location": address}
    if result.store == current.store:
        headers["ETag"] = tag
    return await packed_aside(request, result.body, offer.content_type, headers)


def _parts(request: Request, key: str, page: int, more: bool) -> Iterator[str]:
    """The way from part to part, as in Linked Data Platform Paging."""
    address = way_to(request, f"/id/{quote(key)}")
    yield f'<{LDP_PAGE}>; rel="type"'
    yield f'<{address}>; rel="canonical"'
    for name, at, there in (("first", 1, True), ("prev", page - 1, page > 1), ("next", page + 1, more)):
        if there:
            yield f'<{address}?page={at}>; rel="{name}"'


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
