"""What holds for every request: known host names, HEAD as GET without a body, headers that keep browsers careful."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problem import ApiError, problem_response

_LOCAL = ("127.0.0.1", "localhost", "[::1]")


class KnownHosts:
    """Answers only to its own names, so that no foreign page reaches it by a name that points here."""

    def __init__(self, app: ASGIApp, names: Iterable[str]) -> None:
        self.app = app
        self.names = frozenset(name.lower() for name in (*_LOCAL, *names))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or refuse with 400."""
        if scope["type"] != "http" or "*" in self.names or self._known(Headers(scope=scope).get("host", "")):
            await self.app(scope, receive, send)
            return
        detail = "The server is not known by this name; CLEANTECH_ALLOWED_HOSTS can add it."
        await problem_response(ApiError(400, detail))(scope, receive, send)

    def _known(self, host: str) -> bool:
        name, separator, port = host.lower().rpartition(":")
        without_port = name if separator and port.isdecimal() else host.lower()
        return without_port in self.names


class PlainPaths:
    """A path with a control character leads nowhere: a route would match `/id/kth%0a` as if it were `/id/kth`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or refuse with 404."""
        if scope["type"] != "http" or not any(unicodedata.category(letter) == "Cc" for letter in scope["path"]):
            await self.app(scope, receive, send)
            return
        error = ApiError(404, f"There is nothing at {quote(scope['path'])[:300]}.")
        await problem_response(error)(scope, receive, send)


class HeadAsGet:
    """HEAD works wherever GET does: the same status and headers, no body."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on as GET and drop the body."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def send_without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        inner = {**scope, "method": "GET"}
        try:
            await self.app(inner, receive, send_without_body)
        finally:
            scope["route"] = inner.get("route")  # for who counts


class UnreadBodies:
    """An answer that leaves before the body was read ends the connection: nobody wants to read the rest."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on and watch the body."""
        if scope["type"] != "http" or not _has_body(scope):
            await self.app(scope, receive, send)
            return
        whole = False

        async def receive_watched() -> Message:
            nonlocal whole
            message = await receive()
            whole = whole or not message.get("more_body", False)
            return message

        async def send_last(message: Message) -> None:
            if message["type"] == "http.response.start" and not whole:
                MutableHeaders(scope=message)["Connection"] = "close"
            await send(message)

        await self.app(scope, receive_watched, send_last)


def _has_body(scope: Scope) -> bool:
    return any(
        name == b"transfer-encoding" or (name == b"content-length" and value != b"0")
        for name, value in scope["headers"]
    )


class CarefulHeaders:
    """Content Security Policy and its companions on every answer; pages below /embed/ may be framed by sites of their own."""

    def __init__(self, app: ASGIApp, frame_ancestors: Iterable[str], embed_ancestors: Iterable[str]) -> None:
        self.app = app
        self.headers = self._written(frame_ancestors)
        self.embedded = self._written(embed_ancestors)

    @staticmethod
    def _written(ancestors: Iterable[str]) -> list[tuple[bytes, bytes]]:
        policy = {
            "default-src": "'self'",
            "img-src": "'self' data: blob:",
            "object-src": "'none'",
            "base-uri": "'none'",
            "form-action": "'self'",
            "frame-ancestors": " ".join(ancestors) or "'none'",
        }
        headers = {
            "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "strict-origin-when-cross-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
        }
        return [(name.lower().encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on and add the headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        careful = self.embedded if scope["path"].startswith("/embed/") else self.headers

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                held = message["headers"]
                names = {name for name, _ in held}
                added = [pair for pair in careful if pair[0] not in names]
                message = {**message, "headers": [*held, *added]}
            await send(message)

        await self.app(scope, receive, send_with_headers)
