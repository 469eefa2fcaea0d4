"""HTTP by hand: sockets that do what no client library would."""

from __future__ import annotations

import contextlib
import socket
import time
from dataclasses import dataclass

from tests.api.hostile import Raw


@dataclass(frozen=True, slots=True)
class Said:
    """What came back: the bytes, whether the server ended the connection, and after how many seconds."""

    raw: bytes
    ended: bool
    seconds: float

    @property
    def status(self) -> int:
        """Of the last answer; 0 when there is none."""
        head = self.raw[self.raw.rfind(b"HTTP/1.1 ") :] if b"HTTP/1.1 " in self.raw else b""
        return int(head[9:12] or b"0")

    @property
    def is_problem(self) -> bool:
        return b"content-type: application/problem+json" in self.raw and b'"detail"' in self.raw


def connect(url: str, timeout: float = 20.0, source: str = "127.0.0.1") -> socket.socket:
    host, _, port = url.removeprefix("http://").partition(":")
    return socket.create_connection((host, int(port)), timeout=timeout, source_address=(source, 0))


def listen(connection: socket.socket) -> Said:
    """Everything until the server ends the connection or the timeout of the socket is over."""
    begun, held = time.monotonic(), bytearray()
    try:
        while part := connection.recv(1 << 16):
            held += part
    except TimeoutError:
        return Said(bytes(held), False, time.monotonic() - begun)
    except ConnectionError:
        pass
    return Said(bytes(held), True, time.monotonic() - begun)


def say(url: str, raw: Raw, *, then_close: bool = False, timeout: float = 20.0) -> Said:
    """Send all of it, or as much as the server lets through, and listen. `then_close`: the sending half."""
    with connect(url, timeout) as connection:
        with contextlib.suppress(ConnectionError):
            connection.sendall(raw.first)
            for _ in range(raw.times):
                connection.sendall(raw.more)
        if then_close:
            connection.shutdown(socket.SHUT_WR)
        return listen(connection)
