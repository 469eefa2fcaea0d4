"""Graphs compared up to the names of their blank nodes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Final, TypeAlias

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad, RdfFormat, parse

from tests.contract.facts import Term

Row: TypeAlias = Mapping[str, Term]

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_EXACT: Final = {_XSD + "integer", _XSD + "decimal"}
_FALSE_TRUE: Final = {"0": "false", "1": "true"}
_FLOATING: Final = {_XSD + "double", _XSD + "float"}


def read(content: bytes, media: str, base: str | None = None) -> Dataset:
    """The triples of a document."""
    form = RdfFormat.from_media_type(media)
    if form is None:
        raise ValueError(f"{media} is no format of RDF")
    return Dataset(parse(content, format=form, base_iri=base))


def isomorphic(one: Iterable[Quad], other: Iterable[Quad]) -> bool:
    """Whether two graphs are one but for the names of blank nodes; numbers count by value."""
    return _canonical(one) == _canonical(other)


def rows_as_graph(rows: Iterable[Row], *, ordered: bool) -> Dataset:
    """A table as a canonical graph, one blank node a row, so that tables are compared as graphs are."""
    quads: list[Quad] = []
    for number, row in enumerate(rows):
        node = BlankNode()
        place = str(number) if ordered else ""
        quads.append(Quad(node, NamedNode("row:place"), Literal(place)))
        quads += [Quad(node, NamedNode(f"row:{name}"), term) for name, term in row.items()]
    return _canonical(quads)


def level(term: Term) -> Term:
    """One spelling for each number and truth value: `1.0` and `1` are the same decimal."""
    if not isinstance(term, Literal):
        return term
    datatype = term.datatype.value
    try:
        if datatype in _EXACT:
            return Literal(str(Decimal(term.value).normalize() + 0), datatype=term.datatype)
        if datatype == _XSD + "boolean":
            return Literal(_FALSE_TRUE.get(term.value, term.value), datatype=term.datatype)
        if datatype in _FLOATING:
            return Literal(repr(float(term.value.replace("INF", "inf"))), datatype=term.datatype)
    except (InvalidOperation, ValueError):  # an ill-typed literal is itself alone
        return term
    return term


def _canonical(quads: Iterable[Quad]) -> Dataset:
    held = Dataset(Quad(quad.subject, quad.predicate, level(quad.object), quad.graph_name) for quad in quads)
    held.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return held
