"""The shapes of the answers about money. `eur` is euro, null where no sum is known; a sum without an amount is never 0."""

from __future__ import annotations

from api.models import EvidenceOut, Model, Pair, Ref, SourceOf


class MoneyKnown(Model):
    """`known` and `silent` count the sums with and without an amount in euro; `equal` is what of `eur` is a split in equal
    parts because no source says how it was shared."""

    eur: float | None
    known: int
    silent: int
    equal: float


class StopOut(MoneyKnown):
    """A value of a level. `value` is a key, a class, a code of a country, `*other` (`count` values together) or `*unknown`."""

    id: str
    level: str
    value: str
    name: Pair
    path: str | None
    count: int


class BandOut(MoneyKnown):
    """Money from a stop to one of the next level, both by `id`."""

    source: str
    target: str


class FlowsOut(Model):
    """The stops of each level, and the bands between two levels, add up to `total`. `undated` sums were left out by the years;
    `years` are the first and the last in which a sum began. `sparql` lists the sums."""

    by: list[str]
    total: MoneyKnown
    undated: int
    years: list[int] | None
    stops: list[StopOut]
    bands: list[BandOut]
    sparql: str


class FlowChoice(Model):
    """A value of a filter with the number of sums that it leaves when it is the only one."""

    value: str
    name: Pair
    count: int
    depth: int


class FlowChoices(Model):
    """What the filters offer; regions are counties and countries."""

    technology: list[FlowChoice]
    region: list[FlowChoice]
    kind: list[FlowChoice]
    years: list[int] | None


class SumOut(Model):
    """One sum as the sources tell of it. `eur` is the whole of it, `part` what of it was asked for, `equal` whether that part
    needed a split in equal parts. `recipients` are the first of `recipient_count`."""

    key: str
    kind: Pair
    start: str | None
    amount: str | None
    currency: str | None
    eur: float | None
    part: float | None
    equal: bool
    funders: list[Ref]
    effort: Ref | None
    recipients: list[Ref]
    recipient_count: int
    evidence: list[int]


class SumsOut(Model):
    """The greatest parts first, `total` of them in all."""

    total: int
    money: MoneyKnown
    rows: list[SumOut]
    evidence: dict[int, EvidenceOut]
    sources: dict[str, SourceOf]
