"""Around every request: its number, what it adds to the metrics and the log, and the last net for what fails."""

from __future__ import annotations

import logging
import secrets
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.logs import REQUESTS
from api.metrics import Metrics
from api.problem import ApiError, problem_response
from graph.errors import GraphError

_log = logging.getLogger(__name__)
_requests = logging.getLogger(REQUESTS)


class Observed:
    """Counts requests and tells the log about them."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; a 500 for what nobody expected."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        seen = _Seen(scope, send)
        self.metrics.begin()
        try:
            await self.app(scope, receive, seen.send)
        except Exception as error:
            await seen.fail(error, receive)
        finally:
            seconds = time.perf_counter() - seen.started
            self.metrics.end(seen.route, scope["method"], seen.status, seconds, seen.size)
            if _requests.isEnabledFor(logging.INFO):
                seen.tell(seconds)


class _Seen:
    """One request on its way."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.scope = scope
        self.started = time.perf_counter()
        self.status = 0  # until an answer begins; the client may be gone before
        self.size = 0
        self.number = secrets.token_hex(8)
        self._send = send

    @property
    def route(self) -> str:
        """The template of the path; one name for all paths that lead nowhere."""
        return getattr(self.scope.get("route"), "path_format", "none")

    async def send(self, message: Message) -> None:
        """Send on, with the number."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message = {**message, "headers": [*message["headers"], (b"x-request-id", self.number.encode())]}
        else:
            self.size += len(message.get("body", b""))
        await self._send(message)

    async def fail(self, error: Exception, receive: Receive) -> None:
        """Tell the client that it failed; in the middle of an answer the connection is cut, so that it looks unfinished."""
        path = self.scope["path"]
        if not isinstance(error, GraphError | ApiError) or not self.status:
            _log.error("request %s failed", self.number, exc_info=error)
        if self.status:
            cut = self.scope.get("extensions", {}).get("cleantech.cut")
            if cut is None:  # another server than ours
                raise error
            cut["call"]()
            return
        detail = f"{path} failed; the log of the server says why, under the number of the request."
        problem = problem_response(ApiError(500, detail, extra={"request_id": self.number}))
        await problem(self.scope, receive, self.send)

    def tell(self, seconds: float) -> None:
        """One line for the log: no query string, no address."""
        held = {
            "method": self.scope["method"],
            "route": self.route,
            "path": self.scope["path"][:300],
            "status": self.status,
            "ms": round(seconds * 1000, 1),
            "bytes": self.size,
            "request_id": self.number,
        }
        _requests.info("request", extra=held)
