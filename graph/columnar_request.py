"""Inside a reader that holds columns: a request answered from these, or left to the engine."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from graph.columnar_answer import Found, find
from graph.columnar_index import Columns
from graph.readers_wire import Request, frame

Header: TypeAlias = dict[str, Any]
_WARM = "SELECT ?kind (COUNT(?thing) AS ?things) { ?thing a ?kind } GROUP BY ?kind ORDER BY DESC(?things)"
_PART = 64 << 10  # bytes of a streamed answer in one frame
_MOST_STREAMED = 200_000  # rows: a longer answer is streamed by the engine, which needs no room for all of it


@dataclass(frozen=True, slots=True)
class ColumnarShortcut:
    """What the columns can answer; see graph.readers_serve.Shortcut."""

    columns: Columns

    def warm(self) -> None:
        """Ask once before the forks: NumPy loads parts of itself when they are first needed, 50 ms for each fork."""
        request = Request(_WARM, "application/sparql-results+json", 1 << 20, 1 << 20)
        with contextlib.suppress(Exception):  # an answer that does not come is no matter here
            found = find(self.columns, request.query, request.media_type, always=True)
            if found is not None:
                found.written(request.media_type, {})

    def answer(self, request: Request) -> tuple[Header, bytes] | None:
        """See Shortcut."""
        began = time.perf_counter()
        found = self._found(request)
        if found is None:
            return None
        if found.rows > request.max_rows and request.mode == "whole":
            return _too_large(f"The answer has more than {request.max_rows:,} {found.unit}.")
        between = time.perf_counter()
        body = _written(found, request)
        if body is None:
            return None
        if len(body) > request.max_bytes:
            return _too_large(f"The answer is larger than {request.max_bytes:,} bytes.")
        ended = time.perf_counter()
        header = {"rows": found.rows, "by": "columns"}
        if request.mode == "explain":
            return header | {"engine": between - began, "writing": ended - between, "bytes": len(body)}, b""
        return header | {"engine": ended - began}, body

    def stream(self, request: Request, send: Callable[[bytes], None]) -> bool:
        """See Shortcut."""
        found = self._found(request)
        body = None if found is None or found.rows > _MOST_STREAMED else _written(found, request)
        if body is None:
            return False
        last = max(len(body) - 1, 0) // _PART * _PART
        for start in range(0, last, _PART):
            send(frame({"part": True}, body[start : start + _PART]))
        send(frame({"by": "columns"}, body[last:]))
        return True

    def _found(self, request: Request) -> Found | None:
        if request.default_graphs is not None or request.named_graphs is not None:
            return None
        try:
            return find(self.columns, request.query, request.media_type)
        except Exception:  # LeaveError, too little memory, or a fault of ours: the engine can answer in any case
            return None


def _written(found: Found, request: Request) -> bytes | None:
    try:
        return found.written(request.media_type, request.prefixes)
    except Exception:  # as above
        return None


def _too_large(message: str) -> tuple[Header, bytes]:
    return {"error": "too-large", "message": message}, b""
