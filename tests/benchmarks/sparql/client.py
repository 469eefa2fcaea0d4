"""A keep-alive HTTP client with almost no time of its own: a socket and the parser of Node. The same for every peer."""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode, urlsplit

import httptools

TABLE: Final = "application/sparql-results+json"
GRAPH: Final = "text/turtle"
_LONGEST_ADDRESS: Final = 6_000  # bytes; a longer query is sent as a body
_CHUNK: Final = 1 << 18
_QUICKACK: Final[int | None] = getattr(socket, "TCP_QUICKACK", None)


@dataclass(slots=True)
class Reply:
    """`status` 0: no answer within the limit, or the connection broke. `seconds` to the last byte."""

    status: int
    body: bytes
    seconds: float
    headers: dict[str, str] = field(default_factory=dict)


def request(url: str, query: str, media: str, extra: tuple[tuple[str, str], ...] = ()) -> bytes:
    """The bytes of one question by the SPARQL protocol: GET, or a POST of the query when it is long."""
    parts = urlsplit(url)
    head = f"Host: {parts.netloc}\r\nAccept: {media}\r\n"
    target = f"{parts.path}?{urlencode([('query', query), *extra])}"
    if len(target) <= _LONGEST_ADDRESS:
        return f"GET {target} HTTP/1.1\r\n{head}\r\n".encode()
    body = urlencode([("query", query), *extra]).encode()
    form = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
    return f"POST {parts.path} HTTP/1.1\r\n{head}{form}\r\n".encode() + body


def get(url: str) -> bytes:
    """The bytes of a plain GET."""
    parts = urlsplit(url)
    return f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode()


class Connection:
    """One connection to one server; it opens itself again after the server closed it."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._place = (parts.hostname or "127.0.0.1", parts.port or 80)
        self._socket: socket.socket | None = None

    def send(self, message: bytes, limit: float) -> Reply:
        """Send and read the whole answer, which may take `limit` seconds."""
        began = time.perf_counter()
        for _ in range(2):  # a server may have closed an idle connection
            fresh = self._socket is None
            try:
                heard = self._exchange(message, began + limit)
            except TimeoutError:
                self.close()
                break
            except OSError:
                self.close()
                if fresh:
                    break
                began = time.perf_counter()
                continue
            seconds = time.perf_counter() - began
            if not heard.keeps:
                self.close()
            return Reply(heard.status, b"".join(heard.parts), seconds, heard.headers)
        return Reply(0, b"", time.perf_counter() - began)

    def close(self) -> None:
        """Hang up."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _exchange(self, message: bytes, deadline: float) -> _Heard:
        link = self._socket
        if link is None:
            link = self._socket = socket.create_connection(self._place)
            link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        link.settimeout(max(deadline - time.perf_counter(), 0.001))
        link.sendall(message)
        heard = _Heard()
        parser = httptools.HttpResponseParser(heard)
        heard.parser = parser
        while not heard.whole:
            link.settimeout(max(deadline - time.perf_counter(), 0.001))
            if _QUICKACK is not None:  # or a server that writes in two pieces waits 40 ms for the system's receipt
                link.setsockopt(socket.IPPROTO_TCP, _QUICKACK, 1)
            data = link.recv(_CHUNK)
            if not data:
                if heard.status and "content-length" not in heard.headers and not heard.chunked:
                    heard.keeps = False  # the end of the connection is the end of the answer
                    return heard
                raise ConnectionResetError("closed before the whole answer")
            parser.feed_data(data)
        return heard


class _Heard:
    """What the parser tells."""

    def __init__(self) -> None:
        self.parser: httptools.HttpResponseParser | None = None
        self.status = 0
        self.headers: dict[str, str] = {}
        self.parts: list[bytes] = []
        self.whole = False
        self.keeps = True

    @property
    def chunked(self) -> bool:
        return "chunked" in self.headers.get("transfer-encoding", "")

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        if self.parser is not None:
            self.status = self.parser.get_status_code()
            self.keeps = self.parser.should_keep_alive()

    def on_body(self, body: bytes) -> None:
        self.parts.append(body)

    def on_message_complete(self) -> None:
        self.whole = True
