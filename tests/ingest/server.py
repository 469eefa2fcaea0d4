"""A real HTTPS server on loopback, with a certificate of its own, that serves files well or badly."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TypeAlias

import trustme


@dataclass
class Asked:
    """One request: its path and heads."""

    path: str
    heads: Message


class Answering(BaseHTTPRequestHandler):
    """Answers from the routes of its server, and writes down what was asked."""

    protocol_version = "HTTP/1.1"
    server: Listening

    def do_GET(self) -> None:
        self.server.asked.append(Asked(self.path, self.headers))
        self.close_connection = True
        self.server.routes[self.path.partition("?")[0]](self)

    def say(self, status: int, body: bytes = b"", heads: Mapping[str, str] | None = None) -> None:
        """The whole answer; a Content-Length unless `heads` has one, or says that there is none by an empty one."""
        self.send_response(status)
        said = {"Content-Length": str(len(body)), **(heads or {})}
        for name, value in said.items():
            if value:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that http.server uses
        """Nothing: the tests look at `asked`."""


Route: TypeAlias = Callable[[Answering], None]


class Listening(ThreadingHTTPServer):
    """The server; `routes` by path."""

    daemon_threads = True

    def __init__(self, context: ssl.SSLContext) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.routes: dict[str, Route] = {}
        self.asked: list[Asked] = []

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away in the middle is what these tests are about."""


@dataclass
class Place:
    """The running server, and how to reach and trust it."""

    server: Listening
    trust: ssl.SSLContext
    port: int = field(init=False)

    def __post_init__(self) -> None:
        self.port = self.server.server_address[1]

    @property
    def host(self) -> str:
        return f"localhost:{self.port}"

    def url(self, path: str, host: str = "localhost") -> str:
        return f"https://{host}:{self.port}{path}"

    def route(self, path: str, *answers: Route) -> str:
        """Serve the answers in turn at the path, the last one again and again; its address."""
        left = list(answers)

        def answer(to: Answering) -> None:
            (left.pop(0) if len(left) > 1 else left[0])(to)

        self.server.routes[path] = answer
        return self.url(path)

    @property
    def asked(self) -> list[Asked]:
        return self.server.asked


@contextmanager
def listening() -> Iterator[Place]:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost", "127.0.0.1").configure_cert(context)
    trust = ssl.create_default_context()
    authority.configure_trust(trust)
    server = Listening(context)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield Place(server, trust)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
