"""The explorer: one HTML shell for its pages, and assets whose names change with their content."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from fastapi.responses import FileResponse, RedirectResponse, Response

from api.addresses import way_to
from api.assets import packed
from api.dependencies import Serving
from api.encodings import is_worth, wanted
from api.moved import moved
from api.problem import ApiError
from api.respond import READ_HEADERS
from api.served import Served, Snapshot
from graph.profile_money import paid

router = APIRouter(include_in_schema=False)

STATIC = Path(str(files("visualisations"))) / "static"
_ASSET = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]*")
_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".map": "application/json",
}
_MISSING = b"""<!doctype html><html lang="en"><meta charset="utf-8"><title>Cleantech KG</title>
<h1>The explorer is not built</h1><p>Run <code>make web</code>, or ask the data at <a href="/docs">/docs</a>.</p>
"""


async def _static(request: Request) -> Path:
    folder: Path = request.app.state.static
    return folder


Static = Annotated[Path, Depends(_static)]


@router.get("/assets/{name}")
def get_asset(request: Request, static: Static, name: str) -> Response:
    """A built file; packed at its first request, and never again."""
    path = static / "assets" / name
    if not _ASSET.fullmatch(name) or path.suffix not in _TYPES or not path.is_file():
        raise ApiError(404, f"There is no asset {name[:100]!r}.")
    headers = {
        "Cache-Control": "public, max-age=31536000, immutable",
        "Vary": "Accept-Encoding",
        "Content-Type": _TYPES[path.suffix],
    }
    encoding = wanted(request.headers.get("accept-encoding", ""))
    told = path.stat()
    if encoding is None or not is_worth(told.st_size):
        return FileResponse(path, headers=headers)
    return Response(packed(path, encoding, told.st_mtime_ns), headers=headers | {"Content-Encoding": encoding})


@router.get("/")
@router.get("/map")
@router.get("/gaps")
@router.get("/query")
@router.get("/query/build")
@router.get("/review")
@router.get("/path")
@router.get("/flows")
@router.get("/compare")
@router.get("/time")
@router.get("/about")
@router.get("/about/data")
@router.get("/about/method")
@router.get("/embed/map")
def get_page(static: Static) -> Response:
    """The shell; the page itself is made in the browser."""
    return shell(static, 200)


@router.get("/org/{key:path}")
@router.get("/effort/{key:path}")
@router.get("/tech/{key:path}")
@router.get("/place/{key:path}")
def get_profile(request: Request, served: Serving, static: Static, key: str) -> Response:
    """The shell; 301 for a thing that was merged, 404 or 410 with the shell when it is not there."""
    return _profile(request, served, static, key, "")


@router.get("/embed/org/{key:path}")
@router.get("/embed/effort/{key:path}")
@router.get("/embed/tech/{key:path}")
@router.get("/embed/place/{key:path}")
def get_embedded(request: Request, served: Serving, static: Static, key: str) -> Response:
    """The same to be shown in a frame of another site, without the header of the site."""
    return _profile(request, served, static, key, "/embed")


def _profile(request: Request, served: Served, static: Path, key: str, before: str) -> Response:
    current = served.maybe
    if current is None or current.things.find(key) is not None:
        return shell(static, 200)
    return _elsewhere(request, current, static, key, before)


@router.get("/project/{key:path}")
@router.get("/region/{key:path}")
@router.get("/funder/{key:path}")
def get_face(request: Request, served: Serving, static: Static, key: str) -> Response:
    """The same by a second name, for efforts, places and organisations that pay; 301 for what is none of them."""
    current = served.maybe
    node = None if current is None else current.things.find(key)
    if current is None or (node is not None and _has_face(current, node, request.url.path.split("/")[1])):
        return shell(static, 200)
    if node is None:
        return _elsewhere(request, current, static, key)
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(way_to(request, quote(current.things.path(node))) + query, 301, READ_HEADERS)


def _has_face(current: Snapshot, node: int, page: str) -> bool:
    group = current.things.groups[node]
    if page == "funder":
        return group == "organisation" and paid(current.columns, node, "out").height > 0
    return group == {"project": "effort", "region": "place"}[page]


def _elsewhere(request: Request, current: Snapshot, static: Path, key: str, before: str = "") -> Response:
    try:
        return moved(request, current, key, lambda _, node: before + current.things.path(node)) or shell(static, 404)
    except ApiError as gone:
        return shell(static, gone.status)


@router.get("/favicon.ico")
def get_icon(static: Static) -> Response:
    """The icon, for browsers that do not read the page first."""
    icon = next(iter(sorted((static / "assets").glob("icon-*.svg"))), None)
    if icon is None:
        raise ApiError(404, "There is no icon.")
    return FileResponse(icon, media_type="image/svg+xml", headers={"Cache-Control": "public, max-age=86400"})


def shell(static: Path, status: int) -> Response:
    """`index.html`, asked for anew each time; a plain page while it is not built."""
    page = static / "index.html"
    headers = {"Cache-Control": "no-cache"}
    if not page.is_file():
        return Response(_MISSING, 503, headers, media_type="text/html")
    return FileResponse(page, status, headers, media_type="text/html")
