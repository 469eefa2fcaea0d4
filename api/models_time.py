"""The shapes of the JSON of `/api/v1/time`. Null is not known, never 0."""

from __future__ import annotations

from api.models import EvidenceOut, Model, Pair, Ref, SourceOf, YearCount
from api.models_gaps import Choice, OfferOut


class TimeScopeOut(Model):
    """The choice as it was understood; `of` is the thing that it is about."""

    of: Ref | None
    technology: list[Choice]
    region: list[Choice]
    kind: list[str]
    year_from: int | None
    year_to: int | None


class KindCount(Model):
    """A kind of event: how many have a date in the chosen years, and how many have none; null where none must have one
    (an end: what has no end may go on)."""

    kind: str
    name: Pair
    count: int
    undated: int | None


class PeriodOut(Model):
    """A year (`2020`) or month (`2020-05`): `counts` by kind, without those of which there are none; `eur` sums the money
    that is known, null where no amount is, and `stated` counts the amounts in it."""

    period: str
    counts: dict[str, int]
    eur: float | None
    stated: int


class TimeOut(Model):
    """`/time`: events by period, the oldest first; periods without events are left out.

    `years`: events of the chosen kinds in each year, whatever years are chosen. `technology` and
    `region`: what could be chosen instead, with its events. `coarse`: dated to the year alone, and so in
    none of the months.
    """

    generation: int
    scope: TimeScopeOut
    by: str
    kinds: list[KindCount]
    periods: list[PeriodOut]
    years: list[YearCount]
    technology: list[OfferOut]
    region: list[OfferOut]
    total: int
    coarse: int


class EventOut(Model):
    """One event: `thing` is what it happened to, `other` who paid or the other side of a partnership."""

    kind: str
    date: str | None
    thing: Ref
    other: Ref | None
    amount: str | None
    currency: str | None
    amount_eur: float | None
    evidence: list[int]


class EventsOut(Model):
    """`/time/events`: the events of a choice, oldest first."""

    generation: int
    scope: TimeScopeOut
    rows: list[EventOut]
    total: int
    evidence: dict[int, EvidenceOut]
    sources: dict[str, SourceOf]
