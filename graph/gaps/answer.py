"""What every finding gives: rows, the coverage of the sources, and notes on what it cannot say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from graph.gaps.scope import Scope

Row = TypeVar("Row", covariant=True)


@dataclass(frozen=True, slots=True)
class Both:
    """A text that differs by language: names of technologies, places and types."""

    en: str
    sv: str


Value = str | int | float | Both


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence by its code in `words.toml`, with what stands in its gaps; node ids in `things` become names."""

    code: str
    values: Mapping[str, Value] = field(default_factory=dict)
    things: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proof:
    """A record behind a statement: the thing that its page is about, and row numbers of `columns.evidence`."""

    thing: int
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, or why not: a note, what it adds to the score where that can be told, and the records behind it, never none."""

    note: Note
    proofs: tuple[Proof, ...]
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of what was looked at says what the finding needs. `actors` are the organisations in the scope.

    `known`, `known_first` and `known_last` are of the whole map, whatever was looked at."""

    actors: int
    tied: int  # with at least one tie
    placed: int  # with a region or country
    typed: int  # of a type other than `other`
    technology: int  # with at least one technology
    occasions: int  # projects, partnerships ... that tie two actors at least
    dated: int
    with_money: int  # occasions whose money is known
    first_year: int | None
    last_year: int | None
    sources: tuple[str, ...]
    known: int = 0  # occasions with two parties or more
    known_first: int | None = None
    known_last: int | None = None


@dataclass(frozen=True, slots=True)
class Answer(Generic[Row]):
    """`rows` in the order of their rank, cut at the limit; `total` before that, or with `at_least` as many as were looked at,
    of more. `empty` says why there are none."""

    scope: Scope
    coverage: Coverage
    rows: tuple[Row, ...]
    total: int
    notes: tuple[Note, ...] = ()
    empty: Note | None = None
    at_least: bool = False
