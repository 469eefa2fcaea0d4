"""All that is known about one thing, with the evidence of each fact; and its surroundings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of one property, as in the table `facts`; `evidence` are row numbers of `evidence`."""

    property: str
    value: str
    lang: str | None
    datatype: str
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """One row of `relations` seen from the thing: `out` when the thing is its `a`. `other` is a node id or None."""

    relation: int
    key: str
    kind: str
    tie: str
    role: str | None
    scheme: str | None
    direction: Literal["out", "in"]
    property: str
    other: int | None
    other_property: str | None
    start: str | None
    end: str | None
    amount: str | None
    currency: str | None
    amount_eur: float | None
    share: float | None
    note: str | None
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TechnologyOf:
    """`tech` is a node id; `evidence` is empty when it only follows from a narrower technology."""

    tech: int
    direct: bool
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Collaborator:
    """`node` works with the thing; `via` are the efforts and organisations in which they meet (may be empty)."""

    node: int
    via: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """`relations` holds all but sites and technologies, grouped by tie; money lists them again by direction, each
    relation once; `sites` are its places; `evidence` are the row numbers used anywhere in the profile."""

    node: int
    facts: tuple[Fact, ...]
    relations: tuple[Link, ...]
    sites: tuple[Link, ...]
    technologies: tuple[TechnologyOf, ...]
    collaborators: tuple[Collaborator, ...]
    money_in: tuple[Link, ...]
    money_out: tuple[Link, ...]
    own_evidence: tuple[int, ...]
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """A drawn line of a neighbourhood; `a` and `b` are node ids."""

    a: int
    b: int
    tie: str
    role: str | None
    start: str | None
    end: str | None


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """`nodes`: the focus first, then by distance and degree; `truncated`: how many more there would have been."""

    focus: int
    nodes: tuple[int, ...]
    edges: tuple[Edge, ...]
    truncated: int
