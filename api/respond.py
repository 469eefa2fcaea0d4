"""The one way out for data: validators, 304, zstd or gzip, CORS. What makes the body runs only when it is needed, in a thread."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from importlib.metadata import version

from fastapi import Request
from fastapi.responses import Response
from pydantic import BaseModel

from api.cors import READ_HEADERS
from api.encodings import is_worth, pack, wanted
from api.served import Snapshot

__all__ = ["READ_HEADERS", "etag", "is_fresh", "not_modified", "packed", "packed_aside", "respond"]

_ASIDE = 32_000  # bytes; packing less than this takes less time than a thread needs to begin
_PROGRAM = version("cleantech-kg")

Body = BaseModel | bytes


def etag(snapshot: Snapshot, *parts: str) -> str:
    """Weak, because the same answer may come packed."""
    digest = hashlib.sha256("\0".join((_PROGRAM, snapshot.version, *parts)).encode("utf-8", "surrogatepass"))
    return f'W/"{snapshot.generation.number}-{digest.hexdigest()[:20]}"'


def is_fresh(request: Request, tag: str, *, exists: bool = True) -> bool:
    """Whether the client holds this answer already. `exists`: whether there is one for sure, which `*` is about."""
    held = request.headers.get("if-none-match", "")
    return (exists and held.strip() == "*") or tag in (part.strip() for part in held.split(","))


def respond(
    request: Request,
    snapshot: Snapshot,
    make: Callable[[], Body],
    media_type: str = "application/json",
    headers: Mapping[str, str] | None = None,
    beside: str = "",
) -> Response:
    """The answer to a request that its address (and `beside`) alone decides: 304 when the client holds it, else what
    `make` gives."""
    tag = etag(snapshot, request.url.path, request.url.query, *([beside] if beside else []))
    if is_fresh(request, tag):
        return not_modified(tag)
    made = make()
    body = made.model_dump_json(by_alias=True).encode() if isinstance(made, BaseModel) else made
    return packed(request, body, media_type, {"ETag": tag} | dict(headers or {}))


def not_modified(tag: str) -> Response:
    """304 for what the client holds."""
    return Response(
        status_code=304,
        headers={"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding, Accept"} | READ_HEADERS,
    )


def packed(request: Request, body: bytes, media_type: str, headers: Mapping[str, str]) -> Response:
    """The body, packed as the client takes it and when it is worth it. For a thread: big bodies take their time."""
    held = {"Cache-Control": "no-cache", "Vary": "Accept-Encoding, Accept"} | READ_HEADERS | dict(headers)
    encoding = wanted(request.headers.get("accept-encoding", "")) if is_worth(len(body)) else None
    if encoding is not None:
        body = pack(body, encoding)
        held["Content-Encoding"] = encoding
    # As a header, not as an argument: Starlette would add a charset to every text type by itself.
    return Response(body, headers=held | {"Content-Type": media_type})


async def packed_aside(request: Request, body: bytes, media_type: str, headers: Mapping[str, str]) -> Response:
    """The same for the event loop, which a big body does not hold up."""
    if len(body) < _ASIDE:
        return packed(request, body, media_type, headers)
    return await asyncio.to_thread(packed, request, body, media_type, headers)
