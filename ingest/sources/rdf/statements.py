"""All statements by subject, blank nodes under names that their content gives them, and which of them were used."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import BlankNode, Literal, Triple

from graph.rdf import RDF
from ingest.sources.rdf.read import Document, Term, subject_name

TYPE = RDF + "type"
_ROUNDS = 4  # how far from a blank node its surroundings count for its name

Place = tuple[Document, int | None]


class Statements:
    """Subjects and objects are text: an address, or `_:` and a digest; plain values stay pyoxigraph literals."""

    def __init__(self, documents: Iterable[Document], aliases: Mapping[str, str]) -> None:
        self.by_subject: dict[str, dict[str, list[str | Literal]]] = {}
        self.places: dict[str, Place] = {}
        self.skipped = 0
        self._aliases = dict(aliases)
        self._used: set[tuple[str, str]] = set()
        for document in documents:
            self._take(document)

    def _take(self, document: Document) -> None:
        names = _blank_names(document)
        for quad in document.quads:
            if isinstance(quad.subject, Triple) or isinstance(quad.object, Triple):
                self.skipped += 1
                continue
            subject = self._name(quad.subject, names)
            value = quad.object if isinstance(quad.object, Literal) else self._name(quad.object, names)
            held = self.by_subject.setdefault(subject, {}).setdefault(self._alias(quad.predicate.value), [])
            if value not in held:
                held.append(value)
            self.places.setdefault(subject, (document, document.lines.get(subject_name(quad.subject))))

    def _name(self, term: Term, names: Mapping[str, str]) -> str:
        return names[term.value] if isinstance(term, BlankNode) else self._alias(subject_name(term))

    def _alias(self, address: str) -> str:
        """An address in the namespace by which its vocabulary is known here."""
        for old, new in self._aliases.items():
            if address.startswith(old):
                return new + address.removeprefix(old)
        return address

    def values(self, subject: str, predicate: str) -> list[str | Literal]:
        """The values in a settled order; to look is to use."""
        held = self.by_subject.get(subject, {}).get(predicate)
        if held is None:
            return []
        self._used.add((subject, predicate))
        return sorted(held, key=order)

    def types(self, subject: str) -> list[str]:
        """The classes that it is said to be of."""
        return sorted(str(value) for value in self.by_subject.get(subject, {}).get(TYPE, []) if isinstance(value, str))

    def mark(self, subject: str, predicate: str) -> None:
        """It was seen to."""
        self._used.add((subject, predicate))

    def unused(self) -> Iterator[tuple[str, str, int]]:
        """(subject, predicate, how many values) of what nobody looked at."""
        for subject, said in self.by_subject.items():
            for predicate, values in said.items():
                if (subject, predicate) not in self._used:
                    yield subject, predicate, len(values)


def order(value: str | Literal) -> tuple[str, str, str]:
    """Sorts values the same in every run."""
    if isinstance(value, str):
        return value, "", ""
    return value.value, value.language or "", value.datatype.value


def _blank_names(document: Document) -> Mapping[str, str]:
    """A name for each blank node from what is said of it and by whom, so that it stays when other things change."""
    edges: dict[str, list[tuple[str, str, Term]]] = {}
    for quad in document.quads:
        if isinstance(quad.subject, BlankNode):
            edges.setdefault(quad.subject.value, []).append((">", quad.predicate.value, quad.object))
        if isinstance(quad.object, BlankNode) and not isinstance(quad.subject, Triple):
            edges.setdefault(quad.object.value, []).append(("<", quad.predicate.value, quad.subject))
    colours = dict.fromkeys(edges, "")
    for _ in range(_ROUNDS):  # always as many, or a name would depend on what else is in the file
        colours = {
            node: _digest(sorted(f"{way} {predicate} {_colour(term, colours)}" for way, predicate, term in around))
            for node, around in edges.items()
        }
    return {node: f"_:{colour}" for node, colour in colours.items()}


def _colour(term: Term, colours: Mapping[str, str]) -> str:
    return colours[term.value] if isinstance(term, BlankNode) else str(term)


def _digest(parts: list[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def is_address(value: str | Literal) -> bool:
    """Whether it is an address, neither a blank node nor a plain value."""
    return isinstance(value, str) and not value.startswith("_:")
