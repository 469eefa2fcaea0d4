"""Bodies of requests: read no further than the limit, unpacked when they are gzipped, in UTF-8."""

from __future__ import annotations

import asyncio
import json
import zlib
from typing import Any, TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError
from starlette.requests import ClientDisconnect

from api.problem import ApiError

_GZIP = zlib.MAX_WBITS | 16
_CHARSETS = {"utf-8", "utf8", "us-ascii", "ascii"}  # the last two are a part of it
_Model = TypeVar("_Model", bound=BaseModel)
_PIECE = 1 << 20  # bytes that are unpacked at a time


def check_charset(parameters: str) -> None:
    """A problem 415 when the parameters of a content type name another charset than UTF-8."""
    for name, _, value in (part.partition("=") for part in parameters.split(";")):
        if name.strip() == "charset" and value.strip().strip('"') not in _CHARSETS:
            raise ApiError(415, "Only UTF-8 is read.")


def check_names(raw: bytes) -> None:
    """A problem 400 when an object in a JSON text has one name twice: nobody knows which of the two is meant.

    Whatever else is wrong with the text is left to who reads it.
    """
    try:
        json.loads(raw, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        return


def _once(pairs: list[tuple[str, object]]) -> None:
    names: set[str] = set()
    for name, _ in pairs:
        if name in names:
            extra = {"parameter": name[:100]}
            raise ApiError(400, f"{name[:100]!r} stands twice in the body; send it once.", extra=extra)
        names.add(name)


async def body_of(request: Request, limit: int, hint: str = "") -> bytes:
    """The body, unpacked, as long as it stays below the limit; a problem 400, 413 (with the hint) or 415 else."""
    packed = _is_packed(request)
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length[:19]) > limit:
        raise too_large(limit, hint)  # before a byte is read; nor is a client that asks first told to send it
    held = bytearray()
    unpack = _Unpacking(limit) if packed else None
    try:
        async for part in request.stream():
            if unpack is None:
                held += part
            else:
                await _unpack(unpack, part, held)
            if len(held) > limit:
                raise too_large(limit, hint)
    except ClientDisconnect as error:
        raise ApiError(400, "The connection ended before the body did.") from error
    if unpack is not None:
        unpack.end()
    return bytes(held)


async def model_of(request: Request, model: type[_Model], limit: int) -> _Model:
    """The body as this model reads it from JSON; a problem 400, 413 or 415 else."""
    media, _, parameters = request.headers.get("content-type", "").lower().partition(";")
    if media.strip() != "application/json":
        raise ApiError(415, "Send the body as application/json.", headers={"Accept-Post": "application/json"})
    check_charset(parameters)
    raw = await body_of(request, limit)
    check_names(raw)
    try:
        return model.model_validate_json(raw)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = ".".join(map(str, first["loc"])) or "body"
        raise ApiError(400, f"{name}: {first['msg']}", extra={"parameter": name[:100]}) from error


def sent(model: type[BaseModel]) -> dict[str, Any]:
    """Such a body for the OpenAPI document: it is read by hand, so that the key is looked at first."""
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": model.model_json_schema()}}}}


async def _unpack(unpack: _Unpacking, part: bytes, held: bytearray) -> None:
    """In a thread and piece by piece: a few bytes can unpack to as many as the limit allows."""
    unpack.part = part
    while made := await asyncio.to_thread(unpack.next):
        held += made


def is_small(request: Request, limit: int) -> bool:
    """Whether the head of the request promises a body below the limit."""
    length = request.headers.get("content-length", "")
    return not _is_packed(request) and length.isdecimal() and int(length[:19]) <= limit


def too_large(limit: int, hint: str = "") -> ApiError:
    """The problem of a body over the limit; the connection ends, for the rest of it is not read."""
    return ApiError(413, f"The body has more than {limit:,} bytes.{hint}", headers={"Connection": "close"})


def _is_packed(request: Request) -> bool:
    match request.headers.get("content-encoding", "").strip().lower():
        case "" | "identity":
            return False
        case "gzip" | "x-gzip":
            return True
        case other:
            detail = f"A body can be sent gzipped or as it is, not as {other[:100]!r}."
            raise ApiError(415, detail, headers={"Accept-Encoding": "gzip"})


class _Unpacking:
    """Unpacks gzip piece by piece, one file after the other, and never makes more than the limit and a byte."""

    def __init__(self, limit: int) -> None:
        self.left = limit + 1
        self.part = b""  # what came and is still packed
        self.member = zlib.decompressobj(_GZIP)
        self.begun = False
        self.more = False  # whether the unpacker may hold more than it has given

    def next(self) -> bytes:
        """The next piece of what came; empty when more must come first, or the limit is reached."""
        while (self.part or self.more) and self.left > 0:
            if self.member.eof:
                self.member = zlib.decompressobj(_GZIP)
            most = min(self.left, _PIECE)
            try:
                piece = self.member.decompress(self.part, most)
            except zlib.error as error:
                raise ApiError(400, "The body is not well-formed gzip.") from error
            self.begun = True
            self.left -= len(piece)
            self.more = len(piece) == most and not self.member.eof
            self.part = self.member.unused_data if self.member.eof else self.member.unconsumed_tail
            if piece:
                return piece
        return b""

    def end(self) -> None:
        """A problem 400 when something is missing."""
        if not self.begun or not self.member.eof:
            raise ApiError(400, "The gzipped body ends too soon.")
