"""Tables as the engine writes them: SPARQL JSON, CSV and TSV, each different term written once."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from itertools import chain
from typing import Final

import numpy as np

from graph.columnar_table import LeaveError, Table, distinct_ids
from graph.columnar_terms import DECIMALS, INTEGERS, Ids, Terms, header, value
from graph.rdf import XSD

_JSON_SIGNS: Final = re.compile(rb'[\x00-\x1f"\\]')
_CSV_SIGNS: Final = re.compile(rb'[",\r\n]')
_TSV_SIGNS: Final = re.compile(rb'[\t\n\r"\\]')
_ESCAPES: Final = {b"\t": b"\\t", b"\n": b"\\n", b"\r": b"\\r", b'"': b'\\"', b"\\": b"\\\\"}
_WHOLE: Final = re.compile(rb"-?\d+")
_POINT: Final = re.compile(rb"-?\d+\.\d+")
_BOOLEANS: Final = f'"^{XSD}boolean'.encode()
TABLES: Final = frozenset(["application/sparql-results+json", "text/csv", "text/tab-separated-values"])


def write(table: Table, names: Sequence[str], media_type: str, terms: Terms) -> bytes:
    """The whole table; LeaveError for a type that only the engine writes."""
    match media_type:
        case "application/sparql-results+json":
            return _json(table, names, terms)
        case "text/csv":
            return _lines(table, names, terms, _csv, b",", b"\r\n", "")
        case "text/tab-separated-values":
            return _lines(table, names, terms, _tsv, b"\t", b"\n", "?")
    raise LeaveError


def _json(table: Table, names: Sequence[str], terms: Terms) -> bytes:
    head = b'{"head":{"vars":' + json.dumps(names, separators=(",", ":")).encode() + b'},"results":{"bindings":['
    if not table.count:
        return head + b"]}}"
    columns: list[list[bytes]] = []
    before = np.zeros(table.count, np.bool_)  # whether something stands in the row already
    opening = b"{"
    for name in names:
        ids = table.columns[name]
        start = b'"' + name.encode() + b'":'
        first, after = b"" if not columns else b",", b","
        pieces, places = _pieces(ids, terms, _json_term)
        plain = [start + piece if piece else b"" for piece in pieces]
        if columns and not before.all():
            lead = before[: table.count].astype(np.int64)
            both = plain + [after + piece if piece else b"" for piece in plain]
            columns.append([both[place] for place in (places + lead * len(plain)).tolist()])
        else:
            whole = [(opening if not columns else first) + piece if piece or not columns else b"" for piece in plain]
            columns.append([whole[place] for place in places.tolist()])
        before |= ids >= 0
    columns.append([b"},"] * table.count)
    return head + b"".join(chain.from_iterable(zip(*columns, strict=True)))[:-1] + b"]}}"


def _lines(
    table: Table,
    names: Sequence[str],
    terms: Terms,
    written: Callable[[bytes], bytes],
    between: bytes,
    end: bytes,
    sign: str,
) -> bytes:
    head = between.join(f"{sign}{name}".encode() for name in names) + end
    columns: list[list[bytes]] = []
    for place, name in enumerate(names):
        pieces, places = _pieces(table.columns[name], terms, written)
        after = end if place == len(names) - 1 else between
        whole = [piece + after for piece in pieces]
        columns.append([whole[place] for place in places.tolist()])
    return head + b"".join(chain.from_iterable(zip(*columns, strict=True)))


def _pieces(ids: Ids, terms: Terms, written: Callable[[bytes], bytes]) -> tuple[list[bytes], Ids]:
    """Each different term as it is written (unbound: not at all), and which of them stands in each row."""
    found, places = distinct_ids(ids, len(terms))
    return [written(key) if key else b"" for key in terms.several(found)], places.astype(np.int32)


def _json_term(key: bytes) -> bytes:
    sign = key[:1]
    if sign == b"<":
        return b'{"type":"uri","value":"%b"}' % key[1:]
    if sign == b"_":
        return b'{"type":"bnode","value":"%b"}' % key[1:]
    start, _, said = key.partition(b"\0")
    if _JSON_SIGNS.search(said):
        said = json.dumps(said.decode(), ensure_ascii=False)[1:-1].encode()
    if start == b'"':
        return b'{"type":"literal","value":"%b"}' % said
    if start[1:2] == b"@":
        return b'{"type":"literal","value":"%b","xml:lang":"%b"}' % (said, start[2:])
    return b'{"type":"literal","value":"%b","datatype":"%b"}' % (said, start[2:])


def _csv(key: bytes) -> bytes:
    said = value(key)
    if key[:1] == b"_":
        return b"_:" + said
    return b'"' + said.replace(b'"', b'""') + b'"' if _CSV_SIGNS.search(said) and key[:1] == b'"' else said


def _tsv(key: bytes) -> bytes:
    start, said = header(key), value(key)
    if start == b"<":
        return b"<" + said + b">"
    if start == b"_":
        return b"_:" + said
    if (start == INTEGERS and _WHOLE.fullmatch(said)) or (start == DECIMALS and _POINT.fullmatch(said)):
        return said
    if start == _BOOLEANS and said in {b"true", b"false"}:
        return said
    said = b'"' + _TSV_SIGNS.sub(lambda match: _ESCAPES[match[0]], said) + b'"'
    if start[1:2] == b"@":
        return said + start[1:]
    return said + b"^^<" + start[2:] + b">" if start[1:2] == b"^" else said
