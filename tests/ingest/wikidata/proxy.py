"""A real HTTP server before an endpoint, which now and then answers by itself: late, broken, or not at all."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import httpx

Spoiler = Callable[["Handler"], None]


@dataclass
class Proxy:
    """`spoilers` are used up one a request; `asked` are the queries and `agents` the User-Agents that came in."""

    target: str
    url: str = ""
    spoilers: list[Spoiler | None] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)
    gone: threading.Event = field(default_factory=threading.Event)


class Handler(BaseHTTPRequestHandler):
    proxy: Proxy
    body: bytes

    def do_POST(self) -> None:
        self.body = self.rfile.read(int(self.headers["Content-Length"]))
        self.proxy.asked.append(parse_qs(self.body.decode())["query"][0])
        self.proxy.agents.append(self.headers["User-Agent"])
        spoiler = self.proxy.spoilers.pop(0) if self.proxy.spoilers else None
        if spoiler is None:
            answer = self.forward()
            self.say(answer.status_code, answer.content, answer.headers["Content-Type"])
        else:
            spoiler(self)

    def forward(self) -> httpx.Response:
        kept = {name: self.headers[name] for name in ("Content-Type", "Accept")}
        return httpx.post(self.proxy.target, content=self.body, headers=kept, timeout=60)

    def say(self, status: int, body: bytes, kind: str = "text/plain", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that the base class has
        """Say nothing."""


@contextmanager
def proxy(target: str) -> Iterator[Proxy]:
    """A proxy on a free port, until the block is left."""
    held = Proxy(target)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"proxy": held}))
    held.url = f"http://127.0.0.1:{server.server_port}/sparql"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield held
    finally:
        held.gone.set()
        server.shutdown()
        thread.join()
        server.server_close()


def refusing(status: int, **headers: str) -> Spoiler:
    return lambda handler: handler.say(status, b"busy", **headers)


def web_page(handler: Handler) -> None:
    handler.say(200, b"<!DOCTYPE html><title>Query timeout limit reached</title>", "text/html; charset=utf-8")


def broken_off(handler: Handler) -> None:
    """What a timeout in the middle of an answer looks like: status 200 and half a document."""
    whole = handler.forward()
    handler.say(200, whole.content[: len(whole.content) // 2] + b"\njava.util.concurrent.TimeoutException", JSON)


def hung_up(handler: Handler) -> None:
    """Fewer bytes than were promised."""
    handler.send_response(200)
    handler.send_header("Content-Type", JSON)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    handler.wfile.write(b'{"head": {}, ')
    handler.close_connection = True


def silent(handler: Handler) -> None:
    """No answer until the test is over."""
    handler.proxy.gone.wait()


def other_shape(handler: Handler) -> None:
    handler.say(200, b'{"boolean": true}', JSON)


JSON = "application/sparql-results+json"
