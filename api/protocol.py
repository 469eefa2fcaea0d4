"""HTTP as uvicorn speaks it, with the limits that it lacks: one object for each connection; `api.watch` keeps the time."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from typing import cast

import httptools
from uvicorn._types import ASGI3Application
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from api.connection import ConnectionLimits, Outlet, last_words

_AUTHORITY = re.compile(rb"[A-Za-z][A-Za-z0-9+.-]*://([^/?#]*)")
_FIELDS = 256  # header fields of a head, and of what may follow a chunked body
_LONG_TARGET = 60_000  # bytes of a request target; httptools counts in 16 bits
_PIPELINED = 16  # requests that may wait behind the one that is answered
_REFUSALS = 100  # connections above the limit that are told so; those above are cut


class _RefusedError(Exception):
    """Raised into the parser, which stops."""

    def __init__(self, detail: str, status: int = 431, reason: str = "head") -> None:
        super().__init__(detail)
        self.status = status
        self.reason = reason


class CarefulProtocol(HttpToolsProtocol):
    """A connection. `bound` gives the class its limits and whom it tells the reasons of what it refuses."""

    limits = ConnectionLimits()
    refused: Callable[[str], None] = staticmethod(lambda _: None)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take it, in place of one that is idle when there are too many."""
        super().connection_made(transport)
        self.outlet = Outlet(transport, self._close)
        self.since = self.at = self.loop.time()  # when this state began; when the last byte came
        self.state = "idle"  # idle | head | body | answer | over
        self.fed = 0  # bytes since the request, or the last piece of its body, began
        self.running: RequestResponseCycle | None = None  # what is being answered; `cycle` is what came last
        self.half_closed: float | None = None
        self.taken, self.taken_at = 0, self.since
        over = len(self.connections) - self.limits.connections
        if over > 0 and not self._make_room():
            self.refused("connections")
            if over > _REFUSALS:
                transport.abort()
            else:
                self._end_with(503, f"More than {self.limits.connections:,} connections are open.")

    def _make_room(self) -> bool:
        idle = [
            one
            for one in self.connections
            if isinstance(one, CarefulProtocol) and one.state == "idle" and one is not self
        ]
        if idle:
            min(idle, key=lambda one: one.since).transport.abort()
        return bool(idle)

    def data_received(self, data: bytes) -> None:
        """Parse; what is no HTTP, or too much of it, ends the connection with a problem."""
        if self.state == "over":
            return
        self._unset_keepalive_if_required()
        self.at = self.loop.time()
        self.fed += len(data)
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:  # not offered: the answer is plain HTTP, and the last one
            if self.cycle is not None:
                self.cycle.keep_alive = False
        except httptools.HttpParserError as error:
            if isinstance(cause := error.__context__, _RefusedError):
                self.refuse(cause.status, cause.reason, str(cause))
            else:
                self.refuse(400, "malformed", "This is not a well-formed HTTP request.")
        else:
            if self.state in {"head", "body"} and self.fed > self.limits.head:
                what = "Request line and headers have" if self.state == "head" else "Around its chunks the body has"
                self.refuse(431, "head", f"{what} more than {self.limits.head:,} bytes.")

    def on_message_begin(self) -> None:
        """A request begins."""
        if len(self.pipeline) >= _PIPELINED:
            raise _RefusedError("Too many requests wait on one connection.")
        super().on_message_begin()
        self._enter("head")

    def on_header(self, name: bytes, value: bytes) -> None:
        """A field of the head, or of what follows the body."""
        if len(self.headers) >= _FIELDS:
            raise _RefusedError(f"There are more than {_FIELDS} header fields.")
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """The head is whole: the application can begin."""
        if self.fed > self.limits.head:
            size = len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)
            if size > self.limits.head:
                raise _RefusedError(f"Request line and headers have more than {self.limits.head:,} bytes.")
        self._check_coding()
        query = self._long_query()
        self._name_host()
        super().on_headers_complete()
        if query is not None:
            self.scope["query_string"] = query
        self.cycle.transport = cast("asyncio.Transport", self.outlet)
        self.scope["extensions"] = {"cleantech.cut": {"call": self.cut}}
        self._enter("body")
        self.fed = 0

    def _check_coding(self) -> None:
        """The parser takes chunks apart and would leave whatever else was done to the body."""
        codings = b",".join(value for name, value in self.headers if name == b"transfer-encoding")
        if codings and codings.strip().lower() != b"chunked":
            raise _RefusedError("Of transfer codings only chunked is understood.", 501, "malformed")

    def _name_host(self) -> None:
        """A target with a host of its own is for that one, whatever the Host field says (RFC 9112, 3.2.2)."""
        named = None if self.url.startswith(b"/") else _AUTHORITY.match(self.url)
        if named is not None:
            hosts = sum(name == b"host" for name, _ in self.headers)
            if hosts == 1:
                self.headers[:] = [(name, named[1] if name == b"host" else value) for name, value in self.headers]

    def _long_query(self) -> bytes | None:
        """The query of a target that is longer than the parser of targets takes; it is left with the path."""
        if len(self.url) <= _LONG_TARGET:
            return None
        self.url, _, rest = self.url.partition(b"?")
        return rest.partition(b"#")[0]

    def on_body(self, body: bytes) -> None:
        """A piece of the body."""
        self.fed = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The request is whole."""
        super().on_message_complete()
        self._enter("answer")
        self.fed = 0

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        self.running = cycle
        super()._start_asgi_task(cycle, app)

    @property
    def busy(self) -> bool:
        """Whether an answer is under way."""
        running = self.running
        return running is not None and not running.response_complete and not running.disconnected

    def on_response_complete(self) -> None:
        """The answer is whole: the next request, or none for a while."""
        super().on_response_complete()
        if self.busy:
            return
        if self.state == "answer":
            self._enter("idle")
        elif self.state == "over":
            self._linger()
        if self.half_closed is not None:
            self.transport.close()

    def eof_received(self) -> bool:  # type: ignore[override]
        """The client sends no more. It may still read, and gets what comes soon; True keeps the connection for that."""
        if self.state in {"head", "body"}:
            self.refuse(400, "malformed", "The connection was closed before the request was whole.")
        if not self.busy:
            return False
        self.half_closed = self.loop.time()
        return True

    def connection_lost(self, exc: Exception | None) -> None:
        """It is gone, and so is whoever waited for an answer."""
        self._forget()
        super().connection_lost(exc)

    def cut(self) -> None:
        """End it at once, in the middle of an answer: the client must see that it is not whole."""
        self._forget()
        self.outlet.drop()

    def _enter(self, state: str) -> None:
        self.state, self.since = state, self.loop.time()

    def refuse(self, status: int, reason: str, detail: str) -> None:
        """End the connection with a problem; a request before the bad one is still answered."""
        self.refused(reason)
        if self.busy and (self.state != "body" or self.running is not self.cycle):
            self.pipeline.clear()
            cast("RequestResponseCycle", self.running).keep_alive = False
            self._enter("over")
            return
        started = self.busy and self.cycle.response_started
        self._forget()
        if started:
            self.outlet.drop()
        else:
            self._end_with(status, detail)

    def _forget(self) -> None:
        """Tell the application that the client is gone."""
        for cycle in (self.running, *(waiting for waiting, _ in self.pipeline)):
            if cycle is not None and not cycle.response_complete:
                cycle.disconnected = True
                cycle.message_event.set()
        self.pipeline.clear()
        self.flow.resume_writing()

    def _end_with(self, status: int, detail: str) -> None:
        self.transport.write(last_words(status, detail))
        self._linger()

    def _close(self) -> None:
        """After the last answer. Closing with something unread would make the client lose the answer."""
        if self.state in {"head", "body", "over"}:
            self._linger()
        else:
            self.transport.close()

    def _linger(self) -> None:
        if self.transport.is_closing():
            return
        self._enter("over")
        self.flow.resume_reading()
        self.transport.write_eof()


def bound(limits: ConnectionLimits, refused: Callable[[str], None]) -> type[CarefulProtocol]:
    """The class for one server."""
    return type("BoundProtocol", (CarefulProtocol,), {"limits": limits, "refused": staticmethod(refused)})
