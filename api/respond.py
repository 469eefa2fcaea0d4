"""The one way out for data: validators, 304, gzip, CORS. What makes the body runs only when it is needed, in a thread."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Mapping
from importlib.metadata import version

from fastapi import Request
from fastapi.responses import Response
from pydantic import BaseModel

from api.served import Snapshot

_COMPRESS_FROM = 1_000  # bytes; below it gzip costs more than it saves
_PROGRAM = version("cleantech-kg")
READ_HEADERS = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag, Link"}

Body = BaseModel | bytes


def etag(snapshot: Snapshot, *parts: str) -> str:
    """Weak, because the same answer may come gzipped."""
    digest = hashlib.sha256("\0".join((_PROGRAM, snapshot.version, *parts)).encode("utf-8", "surrogatepass"))
    return f'W/"{snapshot.generation.number}-{digest.hexdigest()[:20]}"'


def is_fresh(request: Request, tag: str) -> bool:
    """Whether the client holds this answer already."""
    held = request.headers.get("if-none-match", "")
    return held.strip() == "*" or tag in (part.strip() for part in held.split(","))


def respond(
    request: Request,
    snapshot: Snapshot,
    make: Callable[[], Body],
    media_type: str = "application/json",
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The answer to a request that its address alone decides: 304 when the client holds it, else what `make` gives."""
    tag = etag(snapshot, request.url.path, request.url.query)
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
    """The body, gzipped when the client takes it and it is worth it."""
    held = {"Cache-Control": "no-cache", "Vary": "Accept-Encoding, Accept"} | READ_HEADERS | dict(headers)
    if len(body) >= _COMPRESS_FROM and takes_gzip(request.headers.get("accept-encoding", "")):
        body = gzip.compress(body, compresslevel=5, mtime=0)
        held["Content-Encoding"] = "gzip"
    # As a header, not as an argument: Starlette would add a charset to every text type by itself.
    return Response(body, headers=held | {"Content-Type": media_type})


def takes_gzip(accepted: str) -> bool:
    """Whether a client with this Accept-Encoding takes gzip."""
    for part in accepted.lower().split(","):
        name, _, parameters = part.strip().partition(";")
        if name.strip() in {"gzip", "*"}:
            return parameters.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False
