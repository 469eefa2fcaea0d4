"""Whether two peers gave the same answer: as multisets of rows, or as graphs."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal, InvalidOperation
from typing import Final

from pyoxigraph import Dataset, Literal

from tests.benchmarks.sparql.client import GRAPH, Reply
from tests.benchmarks.sparql.questions import Asked, Question
from tests.contract.facts import Term
from tests.contract.graphs import isomorphic, level, read
from tests.contract.tables import Outcome, Table, from_json, same

SAME: Final = "same"
_MOST: Final = 20_000  # rows; larger tables are compared by their number of rows and a count of each column's terms
_NUMBERS: Final = ("integer", "decimal", "int", "double", "float", "long", "nonNegativeInteger")


def rows(asked: Asked, reply: Reply) -> int:
    """Rows of a table, triples of a graph; 1 for a yes or no."""
    if asked.media == GRAPH:
        return len(read(reply.body, GRAPH))
    held = json.loads(reply.body)
    return len(held["results"]["bindings"]) if "results" in held else 1


def verdict(question: Question, asked: Asked, one: Reply, other: Reply) -> str:
    """`same`, or in a few words how the second differs from the first."""
    try:
        if one.body == other.body:
            return SAME
        if asked.media == GRAPH:
            return _graphs(read(one.body, GRAPH), read(other.body, GRAPH))
        if question.loose:
            left, right = rows(asked, one), rows(asked, other)
            return SAME if left == right else f"{right} rows for {left}"
        return _tables(_outcome(one.body), _outcome(other.body))
    except (ValueError, SyntaxError, KeyError) as error:
        return f"cannot be read: {error}"[:120]


def _graphs(one: Dataset, other: Dataset) -> str:
    named = ({(quad.subject, quad.predicate, level(quad.object)) for quad in graph} for graph in (one, other))
    if next(named) == next(named) or isomorphic(one, other):
        return SAME
    return f"another graph: {len(other)} triples for {len(one)}"


def _outcome(body: bytes) -> Outcome:
    """Virtuoso answers ASK with a table of one row: read as what it means."""
    outcome = from_json(body)
    if isinstance(outcome, Table) and outcome.variables == {"__ASK_RETVAL"}:
        return any(getattr(row["__ASK_RETVAL"], "value", "0") == "1" for row in outcome.rows)
    return outcome


def _tables(one: Outcome, other: Outcome) -> str:
    if isinstance(one, bool) or isinstance(other, bool):
        return SAME if one is other else f"says {other} for {one}"
    if len(one.rows) != len(other.rows):
        return f"{len(other.rows)} rows for {len(one.rows)}"
    if len(one.rows) <= _MOST and same(one, other, ordered=False):
        return SAME
    if _by_value(one) == _by_value(other):
        return SAME if len(one.rows) > _MOST else "same but for the types of numbers or strings"
    left, right = _by_value(one), _by_value(other)
    missing, extra = sum((left - right).values()), sum((right - left).values())
    return f"{missing} rows missing, {extra} not expected"


def _by_value(table: Table) -> Counter[frozenset[tuple[str, str]]]:
    return Counter(frozenset((name, _value(term)) for name, term in row.items()) for row in table.rows)


def _value(term: Term) -> str:
    """Text of a term, numbers by value whatever their type."""
    if isinstance(term, Literal) and term.datatype.value.rpartition("#")[2] in _NUMBERS:
        try:
            return f"{Decimal(term.value):.6f}"
        except InvalidOperation:
            return term.value
    return str(term.value) if isinstance(term, Literal) else str(term)
