"""The triples of one Turtle file, by subject and property."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
MF: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
UT: Final = "http://www.w3.org/2009/sparql/tests/test-update#"
HT: Final = "http://www.w3.org/2011/http#"
CNT: Final = "http://www.w3.org/2011/content#"
DAWG: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-dawg#"


class Facts:
    """`base` is the IRI that the file has on the web: relative names in it are resolved against that."""

    def __init__(self, path: Path, base: str) -> None:
        self._objects: dict[tuple[Term, str], list[Term]] = defaultdict(list)
        for quad in parse(path=path, format=RdfFormat.TURTLE, base_iri=base):
            self._objects[quad.subject, quad.predicate.value].append(quad.object)

    def all(self, subject: Term | None, term: str) -> list[Term]:
        """The objects, none when there is no subject."""
        return [] if subject is None else self._objects.get((subject, term), [])

    def one(self, subject: Term | None, term: str) -> Term | None:
        """The first object."""
        return next(iter(self.all(subject, term)), None)

    def text(self, subject: Term | None, term: str) -> str | None:
        """The IRI or the characters of the first object."""
        found = self.one(subject, term)
        return None if found is None else text_of(found)

    def subjects(self, kind: str) -> list[Term]:
        """All things of a class."""
        return [
            subject
            for (subject, term), objects in self._objects.items()
            if term == RDF + "type" and NamedNode(kind) in objects
        ]

    def items(self, head: Term | None) -> Iterator[Term]:
        """The members of an RDF list."""
        while (first := self.one(head, RDF + "first")) is not None:
            yield first
            head = self.one(head, RDF + "rest")


def text_of(term: Term) -> str:
    """The IRI of a name, the characters of a literal."""
    if isinstance(term, NamedNode | Literal):
        return term.value
    raise ValueError(f"{term} has no text")
