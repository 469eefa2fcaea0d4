"""What a source says, before it is RDF: nodes with values and evidence.

A `Node` is anything described: an organisation, a project, and also a relation between them. Kinds and properties are
those of the ontology; an unknown one is an error where it is set, not when it is loaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NoReturn, Self, TypeAlias

from ontology.terms import CLASSES, PROPERTIES, SCHEMES


class NodeError(ValueError):
    """A node says something that the ontology has no word for, or says it in the wrong form."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words in a language (`en`, `sv` ...)."""

    value: str
    lang: str


@dataclass(frozen=True, slots=True)
class Ref:
    """Another node, by its key."""

    key: str


@dataclass(frozen=True, slots=True)
class Iri:
    """An address in the world outside, such as a home page."""

    value: str


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of one of the ontology's schemes: `Concept("role", "initiator")`."""

    scheme: str
    slug: str

    def __post_init__(self) -> None:
        if self.slug not in SCHEMES.get(self.scheme, {}):
            raise NodeError(f"no concept {self.slug!r} in scheme {self.scheme!r}")


_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A day, a month or a year, as the source knows it: `PartialDate.parse("2008-11")`."""

    text: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read YYYY, YYYY-MM or YYYY-MM-DD; NodeError when it is none of them or no day of the calendar."""
        if not _PARTIAL.fullmatch(text):
            raise NodeError(f"{text!r} is not a date; write YYYY, YYYY-MM or YYYY-MM-DD")
        partial = cls(text)
        try:
            partial.first_day()
        except ValueError as error:
            raise NodeError(f"{text!r} is no day of the calendar") from error
        return partial

    @property
    def precision(self) -> str:
        """`year`, `month` or `day`."""
        return {4: "year", 7: "month", 10: "day"}[len(self.text)]

    @property
    def year(self) -> int:
        """The year alone."""
        return int(self.text[:4])

    def first_day(self) -> date:
        """The first day that it may mean."""
        parts = [int(part) for part in self.text.split("-")]
        return date(parts[0], *[*parts[1:], 1, 1][:2])


@dataclass(frozen=True, slots=True)
class Money:
    """An amount as stated; `kind` is a slug of the scheme `amount`, `year` the year for its value in euro."""

    value: Decimal
    currency: str
    year: int | None = None
    kind: str = "committed"

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Z]{3}", self.currency):
            raise NodeError(f"{self.currency!r} is not an ISO 4217 currency such as SEK")
        if not self.value.is_finite() or self.value < 0:
            raise NodeError(f"{self.value} is not an amount: it must be zero or more")


_NOTHING_MORE = (None, None, None, None, None)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where something was taken from: a document (URL) and the record (row) or quotation in it."""

    document: str
    record: str | None = None
    quote: Text | None = None
    start_offset: int | None = None
    end_offset: int | None = None
    published: PartialDate | None = None
    retrieved: date | None = None
    method: str = "structured"
    confidence: Decimal = Decimal(1)

    @property
    def words(self) -> str:
        """All that it says, in one text: equal evidence, and no other, has equal words."""
        rest = (self.quote, self.start_offset, self.end_offset, self.published, self.retrieved)
        said = "" if rest == _NOTHING_MORE else repr(rest)
        return f"{self.document}\0{self.record!r}\0{self.method}\0{self.confidence}\0{said}"


Value: TypeAlias = str | int | bool | Decimal | Text | Ref | Iri | Concept | PartialDate | Money
_OBJECTS = frozenset({Ref, Iri, Concept, Money})
# Whether the values are things, by property; without shortcuts. Looked up for each value, which is quicker than the terms.
_OF_THINGS = {name: term.object for name, term in PROPERTIES.items() if not term.shortcut}


@dataclass(slots=True)
class Node:
    """A thing or a relation, with its values by property and the evidence for it.

    `values[property]` is a list without doubles, in the order in which the source gave them; `proofs[property, value]`
    is evidence for one value alone, where it differs from that of the node.
    """

    key: str
    kind: str
    evidence: list[Evidence] = field(default_factory=list)
    values: dict[str, list[Value]] = field(default_factory=dict)
    proofs: dict[tuple[str, Value], list[Evidence]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.kind not in CLASSES:
            raise NodeError(f"{self.key}: the ontology has no class {self.kind!r}")

    def add(self, name: str, value: Value | None, *, evidence: Sequence[Evidence] = ()) -> Self:
        """Add a value (None and empty text add nothing); NodeError when the property is unknown or a shortcut."""
        of_things = _OF_THINGS.get(name)
        if of_things is None:
            self._refuse(name)
        kind = type(value)
        if value is None or (value == "" if kind is str else isinstance(value, Text) and not value.value):
            return self
        if of_things is not (kind in _OBJECTS):
            raise NodeError(f"{self.key}: {name} takes {'a thing' if of_things else 'a plain value'}, not {value!r}")
        held = self.values.get(name)
        if held is None:
            self.values[name] = [value]
        elif value not in held:
            held.append(value)
        if evidence:
            self.proofs.setdefault((name, value), []).extend(evidence)
        return self

    def _refuse(self, name: str) -> NoReturn:
        if name in PROPERTIES:
            raise NodeError(f"{self.key}: {name!r} is a shortcut; a rule derives it, no source writes it")
        raise NodeError(f"{self.key}: the ontology has no property {name!r}")

    def refs(self) -> Iterable[tuple[str, str]]:
        """(property, key) for each node that this one points to."""
        return ((name, v.key) for name, held in self.values.items() for v in held if isinstance(v, Ref))


@dataclass(frozen=True, slots=True)
class SourceCard:
    """Who publishes a source, under which licence, and what its data must look like.

    `curated`: its keys are ids of the map as they stand, so the ids of what it names are never minted. `rank`: who is
    believed when sources differ: the curated one first, then the lower rank. `addresses`: where its files can be
    downloaded, by name, from `hosts` alone. `options`: what a user may set for a run, with the defaults.
    """

    name: str
    title: Mapping[str, str]
    publisher: str
    homepage: str
    licence: str
    licence_proof: str
    refresh: str
    min_records: int
    max_drop: float = 0.20
    max_invalid: float = 0.01
    curated: bool = False
    rank: int = 50
    addresses: Mapping[str, str] = field(default_factory=dict)
    hosts: tuple[str, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def precedence(self) -> tuple[bool, int, str]:
        """Sorts cards: the source that is believed before all others first."""
        return not self.curated, self.rank, self.name


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One run of one source: when it was, what it read (SHA-256 by file) and how many records it took and rejected."""

    started: str
    inputs: Mapping[str, str]
    records: int
    rejected: int
    data_date: str


@dataclass(frozen=True, slots=True)
class SourceNodes:
    """All that one source says in its last good run."""

    card: SourceCard
    run: RunRecord
    nodes: Sequence[Node]
