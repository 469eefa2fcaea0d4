"""The shapes of the parts of a profile: long lists, a page at a time, each with the query behind it."""

from __future__ import annotations

from typing import Literal

from api.models import EvidenceOut, Model, Pair, Ref, RelationOut, SourceOf


class PartOut(Model):
    """A part of the profile of `key`. `sparql` gives the same rows at /sparql; `csv` is where all of them are a table; `evidence`
    and `sources` are those that the rows name."""

    key: str
    total: int
    offset: int
    limit: int
    sparql: str
    csv: str | None
    evidence: dict[int, EvidenceOut]
    sources: dict[str, SourceOf]


class RelationsOut(PartOut):
    """The relations of one sort, in the order of the profile."""

    rows: list[RelationOut]


class PartnerOut(Model):
    """Somebody it works with, who works on it, or who takes part in it.

    `joint`: how many occasions two organisations share, in how many efforts of a technology or place it takes part; `strength` is
    what shared occasions are still worth, `share` that by the strongest (0 to 1); both null but for organisations. `first` and `last`
    are years; `via` the newest of the efforts; `roles`, `amount_eur` and `part` (of what all together are said to get) are those of a
    participant.
    """

    other: Ref
    place: Pair | None
    country: str | None
    joint: int
    strength: float | None
    share: float | None
    first: int | None
    last: int | None
    via: list[Ref]
    roles: list[str]
    amount_eur: float | None
    part: float | None
    evidence: list[int]


class PartnersOut(PartOut):
    """`of` says whose they are: an organisation has partners, an effort participants, a technology or a place organisations."""

    of: Literal["organisation", "effort", "technology", "place"]
    rows: list[PartnerOut]


class TechnologyRow(Model):
    """A technology; `stated` when a source says so of the thing itself, `efforts` in how many efforts it takes part that are about
    it; of a place, `organisations` of it work on it."""

    technology: Ref
    stated: bool
    efforts: int
    organisations: int | None
    first: int | None
    last: int | None


class TechnologiesOut(PartOut):
    """What it works on, most efforts first."""

    rows: list[TechnologyRow]


class MoneyTotal(Model):
    """`eur` adds what is known in euro (null when nothing is); `unknown` rows have no amount, `unconverted` ones no euro, and `held`
    ones are a part of a round that is counted already."""

    rows: int
    eur: float | None
    unknown: int
    unconverted: int
    held: int


class MoneyYear(Model):
    """What was received (`in`) and paid (`out`) in a year; null: nobody says when. Euro are null when no amount is known."""

    year: int | None
    in_rows: int
    in_eur: float | None
    in_unknown: int
    out_rows: int
    out_eur: float | None
    out_unknown: int


class MoneyParty(Model):
    """One who pays or receives, or what is paid for."""

    other: Ref
    rows: int
    eur: float | None
    unknown: int


class MoneyGroup(Model):
    """The greatest sums first; `total` is how many there are in all."""

    by: Literal["payer", "recipient", "programme", "effort", "technology", "region"]
    direction: Literal["in", "out"]
    total: int
    rows: list[MoneyParty]


class MoneyPartOut(Model):
    """Money by year, and by who pays, who receives, what for and where. Each payment counts once in a sum; in the groups by technology
    and region once for each. `sparql` has the query by year for each direction."""

    key: str
    received: MoneyTotal
    paid: MoneyTotal
    years: list[MoneyYear]
    groups: list[MoneyGroup]
    sparql: dict[str, str]
    csv: str


class EventOut(Model):
    """One thing that happened. `other` is who or what it happened with; `end` is empty for what has none, or has one moment."""

    event: str
    other: Ref | None
    role: str | None
    start: str | None
    end: str | None
    year: int
    year_to: int | None
    amount: str | None
    currency: str | None
    evidence: list[int]


class EventYear(Model):
    """How many events of each sort began in a year."""

    year: int
    counts: dict[str, int]


class TimelineOut(PartOut):
    """`rows` are events, the newest first, of the sorts that were asked for; `years` and `kinds` count all sorts; `undated` relations
    have no date."""

    kinds: dict[str, int]
    years: list[EventYear]
    undated: int
    rows: list[EventOut]


class SimilarOut(Model):
    """Somebody alike. `score` is 0 to 1; `technologies` are what both work on, the rarest first, `words` what both write,
    `common` who takes part in both of two efforts; `linked` says that they work together, `double` that they are probably one and the same."""

    other: Ref
    place: Pair | None
    country: str | None
    score: float
    technologies: list[Ref]
    words: list[str]
    common: list[Ref]
    same_type: bool
    linked: bool
    double: bool


class SimilarPartOut(PartOut):
    """The most alike first."""

    rows: list[SimilarOut]
