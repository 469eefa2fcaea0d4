"""Inside a reader: evaluate one request on the store and give the whole answer, or say what is wrong with it."""

from __future__ import annotations

import csv
import io
import json
import re
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    serialize,
)

from graph.readers_wire import Request, frame

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_EXPECTED = 300  # characters of the engine's list of what it had expected
_PART = 64 << 10  # bytes of a streamed answer in one frame
_Item = TypeVar("_Item")
_Results = QuerySolutions | QueryBoolean | QueryTriples


class _TooLargeError(Exception):
    pass


class _CappedBuffer(io.BytesIO):
    """A buffer that refuses to grow past its cap instead of dropping what comes."""

    def __init__(self, cap: int) -> None:
        super().__init__()
        self._cap = cap

    def write(self, data: Any, /) -> int:  # noqa: ANN401 - what a buffer takes has no name before Python 3.12
        if self.tell() + len(data) > self._cap:
            raise _TooLargeError(f"The answer is larger than {self._cap:,} bytes.")
        return super().write(data)


class _Parts(io.RawIOBase):
    """Sends what is written, a part at a time; sending waits while nobody takes it."""

    def __init__(self, send: Callable[[bytes], None]) -> None:
        super().__init__()
        self._send = send
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:  # noqa: ANN401 - as above
        self._held += data
        if len(self._held) >= _PART:
            self._send(frame({"part": True}, bytes(self._held)))
            self._held.clear()
        return len(data)

    def rest(self) -> bytes:
        return bytes(self._held)


def answer(store: Store, request: Request) -> tuple[dict[str, Any], bytes]:
    """(header, body): the header has `rows`, or `error` (syntax, too-large, evaluation) with `message` and its place."""
    buffer = _CappedBuffer(request.max_bytes)

    def whole() -> dict[str, Any]:
        began = time.perf_counter()
        results = _ask(store, request)
        _write(results, request, buffer)
        rows = results.count if isinstance(results, _Counted) else _rows(results, request, buffer.getvalue())
        return {"rows": rows, "engine": time.perf_counter() - began}

    header = _told(whole)
    return header, b"" if "error" in header else buffer.getvalue()


def stream(store: Store, request: Request, send: Callable[[bytes], None]) -> None:
    """Send the answer in parts, without a bound of bytes or rows; the header of the last frame is as in `answer`."""
    parts = _Parts(send)

    def all_of_it() -> dict[str, Any]:
        _write(_ask(store, request), request, parts)
        return {}

    header = _told(all_of_it)
    send(frame(header, b"" if "error" in header else parts.rest()))


def explain(store: Store, request: Request) -> tuple[dict[str, Any], bytes]:
    """As `answer`, without a body: the query is asked twice, for the seconds of the engine and those of the writing."""

    def times() -> dict[str, Any]:
        began = time.perf_counter()
        results = _ask(store, request)
        rows = 1 if isinstance(results, QueryBoolean) else sum(1 for _ in results)
        engine = time.perf_counter() - began
        buffer = _CappedBuffer(request.max_bytes)
        began = time.perf_counter()
        _write(_ask(store, request), request, buffer)
        both = time.perf_counter() - began
        return {"rows": rows, "engine": engine, "writing": max(both - engine, 0.0), "bytes": buffer.tell()}

    return _told(times), b""


def _told(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    try:
        return work()
    except SyntaxError as error:
        return _syntax(str(error))
    except _TooLargeError as error:
        return {"error": "too-large", "message": str(error)}
    except (OSError, ValueError, RuntimeError) as error:
        return {"error": "evaluation", "message": str(error)}


def _ask(store: Store, request: Request) -> _Results | _Counted[Any]:
    results = store.query(
        request.query,
        base_iri=request.base,
        default_graph=_default_graphs(request.default_graphs),
        named_graphs=_named_graphs(request.named_graphs),
    )
    if isinstance(results, QueryTriples) and request.mode == "whole":
        return _Counted(results, request.max_rows)
    return results


def _default_graphs(iris: Iterable[str] | None) -> list[NamedNode | BlankNode | DefaultGraph] | None:
    return None if iris is None else [NamedNode(iri) for iri in iris]


def _named_graphs(iris: Iterable[str] | None) -> list[NamedNode | BlankNode] | None:
    return None if iris is None else [NamedNode(iri) for iri in iris]


def _syntax(text: str) -> dict[str, Any]:
    match = _PLACE.fullmatch(text)
    if match is None:
        return {"error": "syntax", "message": text[:_EXPECTED], "line": 1, "column": 1}
    message = match[3] if len(match[3]) <= _EXPECTED else match[3][:_EXPECTED] + " …"
    return {"error": "syntax", "message": message, "line": int(match[1]), "column": int(match[2])}


def _write(results: _Results | _Counted[Any], request: Request, output: Any) -> None:  # noqa: ANN401 - as above
    if isinstance(results, (QueryTriples, _Counted)):
        serialize(results, output, format=_rdf_format(request.media_type), prefixes=request.prefixes)
        return
    results.serialize(output, format=_table_format(request.media_type))


def _rows(results: _Results, request: Request, body: bytes) -> int:
    """How many solutions were written; more than the limit are an error."""
    if isinstance(results, QueryBoolean):
        return 1
    rows = _count_rows(body, _table_format(request.media_type), request.max_rows)
    if rows > request.max_rows:
        raise _TooLargeError(f"The answer has more than {request.max_rows:,} rows.")
    return rows


def _table_format(media_type: str) -> QueryResultsFormat:
    form = QueryResultsFormat.from_media_type(media_type)
    if form is None:
        raise ValueError(f"{media_type} is no format for a table of results")
    return form


def _rdf_format(media_type: str) -> RdfFormat:
    form = RdfFormat.from_media_type(media_type)
    if form is None:
        raise ValueError(f"{media_type} is no format for a graph")
    return form


class _Counted(Iterable[_Item]):
    """The items of an iterable; more than `limit` are an error."""

    def __init__(self, items: Iterable[_Item], limit: int) -> None:
        self.count = 0
        self._items = items
        self._limit = limit

    def __iter__(self) -> Iterator[_Item]:
        for item in self._items:
            self.count += 1
            if self.count > self._limit:
                raise _TooLargeError(f"The answer has more than {self._limit:,} triples.")
            yield item


def _count_rows(body: bytes, form: QueryResultsFormat, limit: int) -> int:
    """How many solutions a serialised table has. The engine does not say; reading it again is needed near the limit only."""
    if form == QueryResultsFormat.XML:
        return body.count(b"<result>") + body.count(b"<result/>")
    if form == QueryResultsFormat.TSV:
        return max(body.count(b"\n") - 1, 0)
    if form == QueryResultsFormat.CSV:
        most = max(body.count(b"\n") - 1, 0)
        return most if most <= limit else sum(1 for _ in csv.reader(io.StringIO(body.decode("utf-8"), newline=""))) - 1
    most = body.count(b",{") + body.count(b"[{")
    return most if most <= limit else len(json.loads(body)["results"]["bindings"])
