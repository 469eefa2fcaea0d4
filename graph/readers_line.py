"""The web process's end of the socket to one reader: whole frames in, frames out, and no more held than is asked for."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections import deque
from typing import Any

_LENGTH = struct.Struct(">I")
_AHEAD = 4  # frames that may wait; then the reader is not read from, and stops


class LineClosedError(Exception):
    """The other side is gone."""


class Line(asyncio.Protocol):
    """Frames as in `graph.readers_wire`: 4 bytes of length, a JSON header, then `size` bytes of body."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._frames: deque[tuple[dict[str, Any], bytes]] = deque()
        self._head = bytearray()
        self._header: dict[str, Any] = {}
        self._parts: list[bytes] = []
        self._left = 0
        self._waiter: asyncio.Future[None] | None = None
        self._paused = False
        self.closed = False

    @classmethod
    async def over(cls, end: socket.socket) -> Line:
        """The line over one end of a pair of sockets, which it owns from here on."""
        loop = asyncio.get_running_loop()
        try:
            _, line = await loop.create_unix_connection(cls, sock=end)
        except BaseException:
            end.close()
            raise
        return line

    def send(self, data: bytes) -> None:
        """Send a frame; nothing is said when nobody hears it: `receive` will."""
        if self._transport is not None and not self.closed:
            self._transport.write(data)

    async def receive(self) -> tuple[dict[str, Any], bytes]:
        """The next frame, header and body; LineClosedError when none can come any more."""
        while not self._frames:
            if self.closed:
                raise LineClosedError
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
        frame = self._frames.popleft()
        if self._paused and self._transport is not None and not self.closed:
            self._paused = False
            self._transport.resume_reading()
        return frame

    def close(self) -> None:
        """Let go of the socket."""
        self.closed = True
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by the loop."""
        if isinstance(transport, asyncio.Transport) or hasattr(transport, "pause_reading"):
            self._transport = transport  # type: ignore[assignment]  # uvloop's is none by its class

    def data_received(self, data: bytes) -> None:
        """Called by the loop."""
        while data:
            if self._left:
                part = data[: self._left]
                self._parts.append(part)
                self._left -= len(part)
                data = data[len(part) :]
                if not self._left:
                    self._finish()
                continue
            self._head += data
            data = self._begin()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the name is asyncio's
        """Called by the loop."""
        self.closed = True
        self._wake()

    def _begin(self) -> bytes:
        """Read a header if it is whole; what comes behind it."""
        if len(self._head) < _LENGTH.size:
            return b""
        end = _LENGTH.size + _LENGTH.unpack_from(self._head)[0]
        if len(self._head) < end:
            return b""
        self._header = json.loads(self._head[_LENGTH.size : end])
        rest = bytes(self._head[end:])
        self._head.clear()
        self._left = self._header["size"]
        if not self._left:
            self._finish()
        return rest

    def _finish(self) -> None:
        body = self._parts[0] if len(self._parts) == 1 else b"".join(self._parts)
        self._parts = []
        self._frames.append((self._header, body))
        if len(self._frames) >= _AHEAD and not self._paused and self._transport is not None:
            self._paused = True
            self._transport.pause_reading()
        self._wake()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)
