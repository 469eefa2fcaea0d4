"""The triples of a CONSTRUCT, each once, and written by the library."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from graph.columnar_syntax import Const, Node
from graph.columnar_table import LeaveError, Table, groups
from graph.columnar_terms import BLANK, IRI, Ids, Terms, header, value

GRAPHS: Final = frozenset(
    ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml", "application/n-quads"]
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """Triples as columns, ordered by subject and predicate so that they are written once for each."""

    subjects: Ids
    predicates: Ids
    objects: Ids
    terms: Terms
    unit: str = "triples"

    @property
    def rows(self) -> int:
        """How many."""
        return len(self.subjects)

    def written(self, media_type: str, prefixes: Mapping[str, str]) -> bytes:
        """The whole graph in that format."""
        form = RdfFormat.from_media_type(media_type)
        if form is None:
            raise LeaveError
        return serialize(self._triples(), format=form, prefixes=dict(prefixes)) or b""

    def _triples(self) -> Iterator[Triple]:
        ends = (self.subjects, self.predicates, self.objects)
        found = np.unique(np.concatenate(ends))
        made = dict(zip(found.tolist(), map(_term, self.terms.several(found)), strict=True))
        for subject, predicate, end in zip(*(column.tolist() for column in ends), strict=True):
            yield Triple(made[subject], made[predicate], made[end])


def drawn(terms: Terms, table: Table, template: Sequence[tuple[Node, bytes, Node]]) -> Drawn:
    """The template for each solution, without the triples that it gives no subject or object for."""
    parts = [
        (
            _ends(terms, table, subject),
            np.full(table.count, terms.number(predicate), np.int32),
            _ends(terms, table, end),
        )
        for subject, predicate, end in template
    ]
    subjects, predicates, objects = (np.concatenate([part[place] for part in parts]) for place in range(3))
    whole = (subjects >= 0) & (objects >= 0)
    subjects, predicates, objects = subjects[whole], predicates[whole], objects[whole]
    if not terms.kinds(subjects) <= {IRI} or BLANK in terms.kinds(objects):
        raise LeaveError  # the engine gives triples of blank nodes as often as they come
    first, _ = groups([subjects, predicates, objects], len(subjects), len(terms))
    kept = first[np.lexsort((objects[first], predicates[first], subjects[first]))]
    return Drawn(subjects[kept], predicates[kept], objects[kept], terms)


def _ends(terms: Terms, table: Table, end: Node) -> Ids:
    if isinstance(end, Const):
        return np.full(table.count, terms.number(end.key), np.int32)
    return table.column(end.name)


def _term(key: bytes) -> NamedNode | BlankNode | Literal:
    said, start = value(key).decode(), header(key)
    if start == b"<":
        return NamedNode(said)
    if start == b"_":
        return BlankNode(said)
    if start == b'"':
        return Literal(said)
    if start[1:2] == b"@":
        return Literal(said, language=start[2:].decode())
    return Literal(said, datatype=NamedNode(start[2:].decode()))
