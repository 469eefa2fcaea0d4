"""What a connection may do: its limits, the last words to one that breaks them, and the transport that counts."""

from __future__ import annotations

import asyncio
import fcntl
import socket
import struct
import termios
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from api.problem import ApiError, problem_response


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """Seconds, but for `head` (bytes of request line and headers) and `connections` (how many may be open).

    `idle` without a request; `head_seconds` until a head is whole; `stall` without a byte of a body; `body` for a whole
    body; `answer` without a byte taken of an answer.
    """

    head: int = 1 << 20
    connections: int = 1_000
    idle: float = 75.0
    head_seconds: float = 10.0
    stall: float = 10.0
    body: float = 60.0
    answer: float = 30.0


def last_words(status: int, detail: str) -> bytes:
    """The whole answer to a request that never reaches the application; the connection ends after it."""
    headers = {"Connection": "close", "X-Content-Type-Options": "nosniff"} | (
        {"Retry-After": "1"} if status == 503 else {}
    )
    response = problem_response(ApiError(status, detail, headers=headers))
    head = b"".join(b"%s: %s\r\n" % pair for pair in response.raw_headers)
    return b"HTTP/1.1 %d %s\r\n%s\r\n%s" % (status, HTTPStatus(status).phrase.encode(), head, response.body)


class Outlet:
    """The transport as one answer sees it: counts what is written, and leaves the way of closing to the connection."""

    def __init__(self, transport: asyncio.Transport, close: Any) -> None:  # noqa: ANN401
        self._transport = transport
        self._socket = transport.get_extra_info("socket")
        self.close = close
        self.is_closing = transport.is_closing
        self.written = 0

    def write(self, data: bytes) -> None:
        """Send, as soon as the other side takes it."""
        self.written += len(data)
        self._transport.write(data)

    @property
    def waiting(self) -> int:
        """Bytes that the system has not taken yet."""
        return self._transport.get_write_buffer_size()

    @property
    def taken(self) -> int:
        """Bytes that the other side has taken: what the system holds for it is not."""
        return self.written - self.waiting - self._held()

    def drop(self) -> None:
        """End the connection at once and let go of what the system holds for the other side, too."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._transport.abort()

    def _held(self) -> int:
        try:
            return int(struct.unpack("i", fcntl.ioctl(self._socket.fileno(), termios.TIOCOUTQ, b"\0\0\0\0"))[0])
        except OSError:  # not every system tells
            return 0
