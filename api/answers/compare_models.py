"""The shapes of a comparison. What is not known is null, never 0."""

from __future__ import annotations

from api.answers.flows_models import MoneyKnown
from api.models import EvidenceOut, Model, PlaceRef, Ref, SourceOf


class FigureOut(Model):
    """One figure of both sides. `unit` is count, eur or ratio; `share_*` is its part of the whole map where that makes sense;
    `silent_*` counts sums of which no amount is known."""

    id: str
    unit: str
    a: float | None
    b: float | None
    share_a: float | None
    share_b: float | None
    silent_a: int
    silent_b: int


class ItemOut(Model):
    """A thing that one or both have. `a` and `b` are weights (how many say so; euro of payers), null on the side that has not
    got it or whose money is not known."""

    thing: Ref
    a: float | None
    b: float | None


class FacetOut(Model):
    """The weightiest of what both have, only A and only B, with how many there are of each."""

    id: str
    unit: str
    counts: list[int]
    both: list[ItemOut]
    a: list[ItemOut]
    b: list[ItemOut]


class TechnologyBar(Model):
    """Projects about an area, and euro for it (null: not known)."""

    technology: PlaceRef
    a: int
    b: int
    a_eur: float | None
    b_eur: float | None


class YearBar(Model):
    """Projects and euro that began in a year (null: not known)."""

    year: int
    a: int
    b: int
    a_eur: float | None
    b_eur: float | None


class YearJoint(Model):
    """Joint projects that began in a year; `year` is null where nobody says."""

    year: int | None
    count: int


class JointProject(Model):
    """A project in which one of each side takes part."""

    thing: Ref
    year: int | None
    evidence: list[int]


class BetweenOut(Model):
    """`pairs` of organisations, one of each side, work together. The newest of the joint projects, `total` in all."""

    pairs: int
    total: int
    years: list[YearJoint]
    projects: list[JointProject]
    a_to_b: MoneyKnown
    b_to_a: MoneyKnown


class CompareOut(Model):
    """`sort` is what both are compared as: region, technology, network or organisation. `notes` are words for what a reader
    should know: `a-in-b`, `b-in-a`; `sparql` asks for the heart of it."""

    sort: str
    a: Ref
    b: Ref
    notes: list[str]
    figures: list[FigureOut]
    facets: list[FacetOut]
    technologies: list[TechnologyBar]
    years: list[YearBar]
    between: BetweenOut
    sparql: str
    evidence: dict[int, EvidenceOut]
    sources: dict[str, SourceOf]


class ProposalOut(Model):
    """Two things that can be compared."""

    sort: str
    a: Ref
    b: Ref


class ProposalsOut(Model):
    """Comparisons to begin with."""

    proposals: list[ProposalOut]
