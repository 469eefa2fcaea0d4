"""What is known while statements become nodes: the nodes so far, what they are named and where they stand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pyoxigraph import Literal

from graph.node import Concept, Evidence, Node, NodeError
from ingest.keys import slugged
from ingest.problem import CellError, Problem
from ingest.sources.rdf.report import Losses
from ingest.sources.rdf.statements import TYPE, Statements, is_address, order
from ingest.sources.rdf.terms import ClassRule, Rule, Terms
from ingest.sources.rdf.values import Reading, identifiers
from ingest.sources.rdf.words import SCHEME_OF

_LABELS = (
    "http://www.w3.org/2004/02/skos/core#prefLabel",
    "http://www.w3.org/2000/01/rdf-schema#label",
    "https://schema.org/name",
    "http://purl.org/dc/terms/title",
)


@dataclass(frozen=True, slots=True)
class Wish:
    """A site of `of`. `place` is a thing that is described, `geonames` a number, else there are words for town and country."""

    of: str
    town: str
    country: str
    street: str
    kind: str
    place: str = ""
    geonames: int = 0


@dataclass(slots=True)
class Told:
    """`rules` and `nodes` are by subject; relations that an edge alone tells are in `edges`, with the subject of the edge."""

    name: str
    said: Statements
    terms: Terms
    reading: Reading
    losses: Losses
    rules: dict[str, ClassRule] = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: list[tuple[str, Node]] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)

    def key(self, subject: str) -> str:
        """`<name>:<local part>-<digest>`, which depends on the address alone."""
        digest = hashlib.sha256(subject.encode()).hexdigest()[:8]
        if subject.startswith("_:"):
            return f"{self.name}:{digest}"
        local = slugged(subject.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1])[:40].strip("-")
        return f"{self.name}:{local}-{digest}" if local else f"{self.name}:{digest}"

    def proof(self, subject: str) -> Evidence:
        """The address of the thing, or its file; and the line, where it is known."""
        document, line = self.said.places[subject]
        record = f"{document.name}:{line}" if line else (subject if is_address(subject) else document.name)
        return Evidence(subject if subject.startswith(("http://", "https://")) else document.address, record)

    def problem(self, subject: str, column: str | None, value: str | None, message: str, advice: str) -> Problem:
        """A fault of a thing, with its place."""
        document, line = self.said.places[subject]
        file = document.name if line else f"{document.name} <{subject}>"
        at = f"<{subject}>: " if line and is_address(subject) else ""
        return Problem(file, line, column, value, f"{at}{message}", advice)

    def fault(self, subject: str, column: str, value: str | Literal, error: CellError | NodeError) -> None:
        """The thing is rejected for this value."""
        words: str | None = value.value if isinstance(value, Literal) else value
        message, advice = (error.message, error.advice) if isinstance(error, CellError) else (str(error), "mend it")
        if self.nodes[subject].kind == "Person":
            words, message = None, "a value of a person is not as it should be"  # and is not written down
        self.losses.faults.setdefault(subject, []).append(self.problem(subject, column, words, message, advice))

    def peek(self, subject: str, predicate: str) -> list[str | Literal]:
        """The values, without using them up."""
        return self.said.by_subject.get(subject, {}).get(predicate, [])

    def is_person(self, value: str | Literal) -> bool:
        """Whether it is said to be of a class that is a person here."""
        if isinstance(value, Literal):
            return False
        kinds = (self.terms.classes.get(address) for address in self.said.types(value))
        return any(rule is not None and rule.to == "Person" for rule in kinds)

    def identify(self, subject: str, address: str) -> None:
        """Add what the address tells, such as a ROR id."""
        for name, value in identifiers(address).items():
            self.nodes[subject].add(name, value)

    def leave(self, subject: str, predicate: str, rule: Rule) -> None:
        """Count values that are dropped or ignored."""
        values = self.said.values(subject, predicate)
        if rule.drop:
            self.losses.dropped[rule.drop] += len(values)
            for value in values:
                self.swallow(value)
        else:
            self.losses.ignored[f"{predicate}: {rule.ignore}"] += len(values)

    def swallow(self, value: str | Literal) -> None:
        """What is said of a part that was dropped goes with it."""
        if isinstance(value, str) and value not in self.rules:
            for predicate in self.said.by_subject.get(value, {}):
                self.said.mark(value, predicate)

    def follow(self, subject: str, way: tuple[str, ...]) -> Iterator[str | Literal]:
        """What lies at the end of the way. Parts on the way are used up."""
        first, *rest = way
        for value in self.said.values(subject, first):
            if not rest:
                yield value
            elif isinstance(value, str):
                if value not in self.rules:
                    self.said.mark(value, TYPE)
                yield from self.follow(value, tuple(rest))

    def one(self, subject: str, way: tuple[str, ...] | None) -> str | Literal | None:
        """The first of what lies at the end of the way."""
        return min(self.follow(subject, way), key=order, default=None) if way else None

    def words(self, value: str | Literal) -> list[str]:
        """What a concept may be called: its address, its local name, its labels."""
        if isinstance(value, Literal):
            return [value.value]
        local = value.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]
        labels = [text.value for at in _LABELS for text in self.said.values(value, at) if isinstance(text, Literal)]
        if value not in self.rules:
            self.said.mark(value, TYPE)
        return [*([] if value.startswith("_:") else [value, local]), *labels]

    def target(self, value: str | Literal, what: str) -> str | None:
        """The described thing that a value points to; None, counted, when there is none."""
        if isinstance(value, str) and value in self.nodes:
            return value
        how = "words" if isinstance(value, Literal) else "an address of something that is not described here"
        self.losses.others[f"{how} where {what} takes a thing"] += 1
        return None

    def settle(self, node: Node, concepts: Mapping[str, str]) -> None:
        """Concepts for properties that nothing was said of."""
        for name, slug in concepts.items():
            if name not in node.values:
                node.add(name, Concept(SCHEME_OF[name], slug))
