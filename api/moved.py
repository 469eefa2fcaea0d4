"""301 for the keys of things that were merged into others: addresses once given stay good."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from api.addresses import way_to
from api.respond import READ_HEADERS
from api.served import Snapshot


def moved(request: Request, current: Snapshot, old: str, place: Callable[[str, int], str]) -> Response | None:
    """The way on from a former key; None when `old` is none. `place` makes the path of the new key and its node id."""
    node = current.things.former.get(old)
    if node is None:
        return None
    path = quote(place(current.columns.key_of[node], node))
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(way_to(request, path) + query, 301, READ_HEADERS)
