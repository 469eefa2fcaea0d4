"""The default graph of a store as columns."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from pyoxigraph import DefaultGraph, RdfFormat, Store

from graph.columnar_index import Columns, Predicate
from graph.columnar_terms import (
    DATE,
    DATES,
    DECIMALS,
    HEADERS,
    INTEGERS,
    NO_NUMBER,
    Dictionary,
    Ids,
    header,
    scaled,
    simple_date,
    value,
)

_ESCAPE = re.compile(rb"\\(?:([tbnrf\"'\\])|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")
_SIGNS = {b"t": b"\t", b"b": b"\b", b"n": b"\n", b"r": b"\r", b"f": b"\f"}
_ODD_CASE = ("\u0130", "\u0131", "\u017f", "\u212a")  # letters that have one of ASCII in another case
_PART = 4 << 20  # bytes of text that are taken apart at once: their pieces are objects of Python
_XSD_STRING = b"http://www.w3.org/2001/XMLSchema#string"


class _StrangeTermError(Exception):
    pass


def encode(store: Store) -> Columns | None:
    """The columns; None when the store holds a term that they have no place for (a triple, a direction of text)."""
    text = store.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph()) or b""
    places: dict[bytes, int] = {}
    triple = tuple(array("i") for _ in range(3))
    for lines in _parts(text):
        split = [line.split(b" ", 2) for line in lines]
        for column, end in enumerate(triple):
            end.extend([places.setdefault(row[column], len(places)) for row in split])
    del text
    try:
        terms, moved = _sorted(list(places))
    except _StrangeTermError:
        return None
    del places
    subjects, predicates, objects = (moved[np.frombuffer(end, np.int32)] for end in triple)
    nodes = np.zeros(len(terms), np.bool_)
    nodes[subjects] = nodes[objects] = True
    return Columns(terms, nodes, dict(_by_predicate(terms, subjects, predicates, objects)))


def key(written: bytes) -> bytes:
    """The key of a term as N-Triples has it."""
    sign = written[:1]
    if sign == b"_":
        return b"_" + written[2:]
    if sign == b"<":
        if written[1:2] == b"<":
            raise _StrangeTermError
        return written[:-1]
    end = written.rindex(b'"')
    said, kind = written[1:end], written[end + 1 :]
    if b"\\" in said:
        said = _ESCAPE.sub(_sign, said)
    if b"--" in kind and kind[:1] == b"@":
        raise _StrangeTermError
    start = b"" if not kind or kind[3:-1] == _XSD_STRING else kind if kind[:1] == b"@" else b"^" + kind[3:-1]
    return b'"' + start + b"\0" + said


def _sign(match: re.Match[bytes]) -> bytes:
    if match[1]:
        return _SIGNS.get(match[1], match[1])
    return chr(int(match[2] or match[3], 16)).encode("utf-8")


def _parts(text: bytes) -> Iterator[list[bytes]]:
    """The lines without the full stop, some thousands at a time."""
    start = 0
    while start < len(text):
        end = text.find(b"\n", min(start + _PART, len(text) - 1)) + 1 or len(text)
        yield [line[:-2] for line in text[start:end].split(b"\n") if line]
        start = end


def _sorted(written: list[bytes]) -> tuple[Dictionary, Ids]:
    """The dictionary, and for each term in the order of the text its number."""
    keys = [key(term) for term in written]
    order = sorted(range(len(keys)), key=keys.__getitem__)
    moved = np.empty(len(keys), np.int32)
    moved[order] = np.arange(len(keys), dtype=np.int32)
    keys = [keys[place] for place in order]
    headers = list(HEADERS)
    kinds = np.empty(len(keys), np.int16)
    numbers = np.full(len(keys), NO_NUMBER, np.int64)
    known, simple = {start: number for number, start in enumerate(headers)}, True
    known |= {b"": len(headers)}
    headers.append(b"")  # OTHER: the kind of dates that do not compare as text
    for place, held in enumerate(keys):
        start = header(held)
        if start not in known:
            known[start] = len(headers)
            headers.append(start)
        kinds[place] = known[start]
        if start in {INTEGERS, DECIMALS}:
            numbers[place] = scaled(value(held))
        elif start == DATES:
            simple = simple and simple_date(value(held))
    blob, ends = b"".join(keys), np.cumsum(np.fromiter(map(len, keys), np.int64, len(keys)))
    plain = not any(odd.encode() in blob for odd in _ODD_CASE)
    return Dictionary(blob, ends, kinds, headers, numbers, simple, plain), moved


def _by_predicate(terms: Dictionary, subjects: Ids, predicates: Ids, objects: Ids) -> Iterator[tuple[bytes, Predicate]]:
    order = np.argsort(predicates, kind="stable")
    borders = np.flatnonzero(np.diff(predicates[order], prepend=-1)).tolist()
    for start, end in pairwise([*borders, len(order)]):
        rows = order[start:end]
        yield terms[int(predicates[rows[0]])], Predicate.of(subjects[rows], objects[rows])


assert HEADERS[DATE] == DATES  # noqa: S101 - the kinds and their headers are one list
