"""Result tables: read from the formats of the W3C without the engine under test, and compared."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias
from xml.etree import ElementTree as ET

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, parse_query_results
from pyoxigraph import QueryResultsFormat as ResultsFormat

from tests.contract.facts import Facts, Term, text_of
from tests.contract.graphs import Row, level, rows_as_graph

_RS: Final = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_SRX: Final = "{http://www.w3.org/2005/sparql-results#}"
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Table:
    """The solutions of a SELECT, in order."""

    variables: frozenset[str]
    rows: tuple[Row, ...]


Outcome: TypeAlias = Table | bool


def same(one: Outcome, other: Outcome, *, ordered: bool) -> bool:
    """Whether two outcomes say the same, blank nodes being renamed one to one; numbers count by value."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if one.variables != other.variables or len(one.rows) != len(other.rows):
        return False
    left, right = ([_levelled(row) for row in table.rows] for table in (one, other))
    if any(isinstance(term, BlankNode) for row in left for term in row.values()):
        return rows_as_graph(left, ordered=ordered) == rows_as_graph(right, ordered=ordered)
    if ordered:
        return left == right
    return _counted(left) == _counted(right)


def difference(found: Outcome, expected: Outcome) -> str:
    """The rows that only one of the two has, for people."""
    if isinstance(found, bool) or isinstance(expected, bool):
        return f"{found} is not {expected}"
    left, right = (_counted(_levelled(row) for row in table.rows) for table in (found, expected))
    too_many, missing = ([_shown(row) for row in rows] for rows in (left - right, right - left))
    return f"{set(found.variables)} for {set(expected.variables)}; not expected {too_many}; missing {missing}"


def from_json(content: bytes) -> Outcome:
    """Read application/sparql-results+json."""
    held = json.loads(content)
    if "boolean" in held:
        return bool(held["boolean"])
    rows = [{name: _json_term(value) for name, value in row.items()} for row in held["results"]["bindings"]]
    return Table(frozenset(held["head"]["vars"]), tuple(rows))


def from_xml(content: bytes) -> Outcome:
    """Read application/sparql-results+xml."""
    root = ET.fromstring(content)
    said = root.find(f"{_SRX}boolean")
    if said is not None:
        return said.text == "true"
    names = frozenset(each.attrib["name"] for each in root.iterfind(f"{_SRX}head/{_SRX}variable"))
    rows = (
        {bound.attrib["name"]: _xml_term(bound[0]) for bound in row.iterfind(f"{_SRX}binding")}
        for row in root.iterfind(f"{_SRX}results/{_SRX}result")
    )
    return Table(names, tuple(rows))


def from_tsv(content: bytes) -> Outcome:
    """Read text/tab-separated-values."""
    read = parse_query_results(content, format=ResultsFormat.TSV)
    if not isinstance(read, QuerySolutions):
        raise ValueError("not a table")
    names = [variable.value for variable in read.variables]
    rows = [{name: term for name in names if (term := solution[name]) is not None} for solution in read]
    return Table(frozenset(names), tuple(rows))


def from_csv(content: bytes) -> Outcome:
    """Read text/csv: cells are plain text, but blank nodes are told from it."""
    head, *rows = csv.reader(io.StringIO(content.decode(), newline=""))
    table = [{name: _cell(cell) for name, cell in zip(head, row, strict=True) if cell} for row in rows]
    return Table(frozenset(head), tuple(table))


def from_graph(facts: Facts) -> Table | None:
    """Read a result set written as RDF; None when the graph is not one."""
    for table in facts.subjects(f"{_RS}ResultSet"):
        rows = [_solution(facts, each) for each in facts.all(table, f"{_RS}solution")]
        return Table(frozenset(text_of(name) for name in facts.all(table, f"{_RS}resultVariable")), tuple(rows))
    return None


def _solution(facts: Facts, node: Term) -> Row:
    bindings = facts.all(node, f"{_RS}binding")
    read = ((facts.text(each, f"{_RS}variable"), facts.one(each, f"{_RS}value")) for each in bindings)
    return {name: value for name, value in read if name is not None and value is not None}


def _json_term(value: Mapping[str, Any]) -> Term:
    return _term(value["type"], value["value"], value.get("xml:lang"), value.get("datatype"))


def _xml_term(node: ET.Element) -> Term:
    return _term(node.tag.removeprefix(_SRX), node.text or "", node.get(_LANG), node.get("datatype"))


def _term(kind: str, text: str, language: str | None, datatype: str | None) -> Term:
    if kind == "uri":
        return NamedNode(text)
    if kind == "bnode":
        return BlankNode(text)
    if language is not None:
        return Literal(text, language=language)
    return Literal(text, datatype=NamedNode(datatype) if datatype else None)


def _cell(text: str) -> Term:
    return BlankNode(text.removeprefix("_:")) if text.startswith("_:") else Literal(text)


def _levelled(row: Row) -> Row:
    return {name: level(term) for name, term in row.items()}


def _shown(row: frozenset[tuple[str, Term]]) -> str:
    return " ".join(f"{name}={term}" for name, term in sorted(row, key=lambda each: each[0]))


def _counted(rows: Iterable[Row]) -> Counter[frozenset[tuple[str, Term]]]:
    return Counter(frozenset(row.items()) for row in rows)
