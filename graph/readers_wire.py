"""How the web process and a reader talk: a frame is 4 bytes of length, a JSON header, then `size` bytes of body."""

from __future__ import annotations

import json
import struct
from asyncio import StreamReader
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Literal

_LENGTH = struct.Struct(">I")
Mode = Literal["whole", "stream", "explain"]


@dataclass(frozen=True, slots=True)
class Request:
    """One question for a reader. `media_type` must fit the form of the query; graphs are IRIs (None = the whole store).

    `max_bytes` and `max_rows` bound the answer: more than that is an error, never a shorter answer. `mode`: the whole
    answer in one frame; or, without those bounds, frames with `part` and then one without; or nothing but times.
    """

    query: str
    media_type: str
    max_bytes: int
    max_rows: int
    base: str | None = None
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    prefixes: dict[str, str] = field(default_factory=dict)
    mode: Mode = "whole"

    def frame(self) -> bytes:
        """The bytes for the pipe."""
        return frame({name: getattr(self, name) for name in self.__slots__}, b"")


def frame(header: dict[str, Any], body: bytes) -> bytes:
    """One message."""
    head = json.dumps(header | {"size": len(body)}, ensure_ascii=True).encode("ascii")
    return _LENGTH.pack(len(head)) + head + body


def read_frame(pipe: BinaryIO) -> dict[str, Any] | None:
    """The header of the next message (requests of readers have no body); None at the end of the pipe."""
    message = read_message(pipe)
    return None if message is None else message[0]


def read_message(pipe: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    """The next message, header and body; None at the end of the pipe."""
    length = pipe.read(_LENGTH.size)
    if len(length) < _LENGTH.size:
        return None
    header: dict[str, Any] = json.loads(pipe.read(_LENGTH.unpack(length)[0]))
    return header, pipe.read(header["size"])


async def receive_frame(pipe: StreamReader) -> tuple[dict[str, Any], bytes]:
    """The next message, header and body; asyncio.IncompleteReadError when the other side is gone."""
    (length,) = _LENGTH.unpack(await pipe.readexactly(_LENGTH.size))
    header: dict[str, Any] = json.loads(await pipe.readexactly(length))
    return header, await pipe.readexactly(header["size"])
