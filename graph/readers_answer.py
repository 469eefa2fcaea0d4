"""Inside a reader: evaluate one request on the store and give the whole answer, or say what is wrong with it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
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

from graph.readers_wire import Request

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_EXPECTED = 300  # characters of the engine's list of what it had expected
_Item = TypeVar("_Item")


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


def answer(store: Store, request: Request) -> tuple[dict[str, Any], bytes]:
    """(header, body): the header has `rows`, or `error` (syntax, too-large, evaluation) with `message` and its place."""
    try:
        results = store.query(
            request.query,
            base_iri=request.base,
            default_graph=_default_graphs(request.default_graphs),
            named_graphs=_named_graphs(request.named_graphs),
        )
        buffer = _CappedBuffer(request.max_bytes)
        rows = _write(results, request, buffer)
        return {"rows": rows}, buffer.getvalue()
    except SyntaxError as error:
        return _syntax(str(error)), b""
    except _TooLargeError as error:
        return {"error": "too-large", "message": str(error)}, b""
    except (OSError, ValueError, RuntimeError) as error:
        return {"error": "evaluation", "message": str(error)}, b""


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


def _write(results: QuerySolutions | QueryBoolean | QueryTriples, request: Request, buffer: _CappedBuffer) -> int:
    if isinstance(results, QueryTriples):
        counted = _Counted(results, request.max_rows)
        serialize(counted, buffer, format=_rdf_format(request.media_type), prefixes=request.prefixes)
        return counted.count
    form = QueryResultsFormat.from_media_type(request.media_type)
    if form is None:
        raise ValueError(f"{request.media_type} is no format for a table of results")
    results.serialize(buffer, format=form)
    if isinstance(results, QueryBoolean):
        return 1
    rows = _count_rows(buffer.getvalue(), form, request.max_rows)
    if rows > request.max_rows:
        raise _TooLargeError(f"The answer has more than {request.max_rows:,} rows.")
    return rows


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
