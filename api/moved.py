"""301 for the keys of records and of things that were merged into others, 410 for what is withheld."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from api.addresses import way_to
from api.problem import ApiError
from api.respond import READ_HEADERS
from api.served import Snapshot


def moved(request: Request, current: Snapshot, old: str, place: Callable[[str, int], str]) -> Response | None:
    """The way on from a former key; None when `old` is none, a problem 410 when it is withheld.

    `place` makes the path of the new key and its node id.
    """
    node = _node(current, old)
    if node is None:
        return None
    path = quote(place(current.columns.key_of[node], node))
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(way_to(request, path) + query, 301, READ_HEADERS)


def _node(current: Snapshot, old: str) -> int | None:
    leads = current.identities.leads_to
    shown = (f"{page}/{old}" for page in ("tech", "place", "org", "effort"))  # a page leaves out what its path says
    for key in (old, *shown):
        if key in leads:
            new = leads[key]
            if new is None:
                raise ApiError(410, f"What stood under the key {old[:100]!r} was withdrawn from the map.")
            return current.columns.node_of.get(new)
    return current.things.former.get(old)
