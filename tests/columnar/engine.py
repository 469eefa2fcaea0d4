"""What the engine and the columns say to one query, in a form that can be compared."""

from __future__ import annotations

import json
from collections import Counter

from pyoxigraph import QueryBoolean, QueryResultsFormat, QueryTriples, RdfFormat, Store, parse, serialize

from graph.columnar_answer import Tabled, find
from graph.columnar_draw import Drawn
from graph.columnar_encode import encode
from graph.columnar_index import Columns
from graph.columnar_table import LeaveError

JSON, TURTLE = "application/sparql-results+json", "text/turtle"
Rows = tuple[list[str], "Counter[str]"]


def encoded(store: Store) -> Columns:
    columns = encode(store)
    assert columns is not None
    return columns


def rows(body: bytes) -> Rows:
    """The names and, each with its number, the solutions of a table in JSON."""
    said = json.loads(body)
    return said["head"]["vars"], Counter(json.dumps(row, sort_keys=True) for row in said["results"]["bindings"])


def triples(body: bytes) -> Rows:
    return [], Counter(str(quad) for quad in parse(body, format=RdfFormat.TURTLE))


def by_engine(store: Store, text: str) -> Rows:
    found = store.query(text)
    assert not isinstance(found, QueryBoolean)
    if isinstance(found, QueryTriples):
        return [], Counter(f"{one.subject} {one.predicate} {one.object}" for one in found)
    return rows(found.serialize(format=QueryResultsFormat.JSON) or b"")


def by_columns(columns: Columns, text: str, *, always: bool = True) -> Rows | None:
    """None when the columns leave the query to the engine."""
    try:
        found = find(columns, text, TURTLE if "CONSTRUCT" in text else JSON, always=always)
        if isinstance(found, Drawn):
            return [], Counter(f"{one.subject} {one.predicate} {one.object}" for one in found._triples())
        return None if found is None else rows(found.written(JSON, {}))
    except LeaveError:
        return None


def bodies(store: Store, columns: Columns, text: str, media_type: str) -> tuple[bytes, bytes | None]:
    """The text of both."""
    found = store.query(text)
    assert not isinstance(found, QueryBoolean | QueryTriples)
    form = QueryResultsFormat.from_media_type(media_type)
    assert form is not None
    table = find(columns, text, media_type, always=True)
    assert table is None or isinstance(table, Tabled)
    return found.serialize(format=form) or b"", None if table is None else table.written(media_type, {})


__all__ = ["JSON", "TURTLE", "Rows", "bodies", "by_columns", "by_engine", "encoded", "rows", "serialize", "triples"]
