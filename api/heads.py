"""What the fields of a request may be: one Host, lists joined and of a length that somebody needs, few parameters."""

from __future__ import annotations

import re
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from api.forms import count
from api.metrics import Metrics
from api.problem import ApiError, problem_response

_LONGEST: Final = 8_192  # bytes of a field that is read
_RANGES: Final = 100  # members of a list
_LISTS: Final = frozenset({b"accept", b"accept-encoding", b"if-none-match", b"content-encoding"})
_READ: Final = _LISTS | {b"authorization", b"content-type", b"host"}
_HOST = re.compile(rb"[A-Za-z0-9._~%!$&'()*+,;=:\[\]-]*")


class CarefulHeads:
    """Refuses heads that say two things at once or far too much; field lines of one list are one (RFC 9110, 5.3)."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or refuse with 400 or 431."""
        if scope["type"] == "http":
            try:
                scope["headers"] = _careful(scope["headers"])
                count(scope["query_string"])
            except ApiError as error:
                self.metrics.refuse(error.reason)
                await problem_response(error)(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _careful(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The same, with each list in one line."""
    found: dict[bytes, bytes] = {}
    double = False
    for name, value in headers:
        if name not in _READ:
            continue
        if name in found:
            if name not in _LISTS:
                raise ApiError(400, f"There is more than one {_title(name)} field.", reason="malformed")
            double = True
            value = found[name] + b", " + value
        found[name] = value
        if len(value) > _LONGEST:
            raise _too_large(name, f"more than {_LONGEST:,} bytes")
        if name in _LISTS and value.count(b",") >= _RANGES:
            raise _too_large(name, f"more than {_RANGES} members")
    if not _HOST.fullmatch(found.get(b"host", b"")):
        raise ApiError(400, "The Host field names no host.", reason="malformed")
    if not double:
        return headers
    return [pair for pair in headers if pair[0] not in _LISTS] + [pair for pair in found.items() if pair[0] in _LISTS]


def _too_large(name: bytes, what: str) -> ApiError:
    return ApiError(431, f"The field {_title(name)} has {what}.", extra={"parameter": _title(name)}, reason="head")


def _title(name: bytes) -> str:
    return name.decode("ascii").title()
