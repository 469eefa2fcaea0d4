"""What the engine and the columns say to one query, in a form that can be compared."""

from __future__ import annotations

import json
import re
from collections import Counter
from decimal import Decimal, InvalidOperation

from pyoxigraph import QueryBoolean, QueryResultsFormat, QueryTriples, Store

from graph.columnar_answer import Tabled, find
from graph.columnar_draw import Drawn
from graph.columnar_encode import encode
from graph.columnar_index import Columns
from graph.columnar_table import LeaveError

JSON, TURTLE = "application/sparql-results+json", "text/turtle"
Rows = tuple[list[str], "Counter[str]", list[object]]  # the names, the solutions, and what orders them
_ORDERED = re.compile(r"ORDER BY ([^{}]*?)(?:LIMIT \d+)?(?:OFFSET \d+)?\s*$")


def encoded(store: Store) -> Columns:
    columns = encode(store)
    assert columns is not None
    return columns


def rows(body: bytes, text: str) -> Rows:
    """The names, each with its number the solutions of a table in JSON (of a cut one: how many), and in order what the
    ORDER BY of the query is about."""
    said = json.loads(body)
    solutions = said["results"]["bindings"]
    ordered = _ORDERED.search(text)
    by = re.findall(r"\?(\w+)", ordered[1]) if ordered else []
    keys: list[object] = [[_value(row.get(name)) for name in by if name in said["head"]["vars"]] for row in solutions]
    found = Counter(json.dumps(row, sort_keys=True) for row in solutions)
    return said["head"]["vars"], Counter(rows=len(solutions)) if "LIMIT" in text else found, keys if by else []


def _value(term: dict[str, str] | None) -> object:
    """Equal numbers order alike, whatever their type."""
    if term is None:
        return None
    numeric = term.get("datatype", "").endswith(("#integer", "#decimal"))
    try:
        return Decimal(term["value"]) if numeric else json.dumps(term, sort_keys=True)
    except InvalidOperation:
        return json.dumps(term, sort_keys=True)


def by_engine(store: Store, text: str) -> Rows:
    found = store.query(text)
    assert not isinstance(found, QueryBoolean)
    if isinstance(found, QueryTriples):
        return [], Counter(f"{one.subject} {one.predicate} {one.object}" for one in found), []
    return rows(found.serialize(format=QueryResultsFormat.JSON) or b"", text)


def by_columns(columns: Columns, text: str, *, always: bool = True) -> Rows | None:
    """None when the columns leave the query to the engine."""
    try:
        found = find(columns, text, TURTLE if "CONSTRUCT" in text else JSON, always=always)
        if isinstance(found, Drawn):
            return [], Counter(f"{one.subject} {one.predicate} {one.object}" for one in found._triples()), []
        return None if found is None else rows(found.written(JSON, {}), text)
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
