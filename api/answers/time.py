"""What happened when, as JSON: counts by year or month, and the events themselves."""

from __future__ import annotations

from typing import Final, Literal

import polars as pl

from api.answers.gaps_shown import Shown
from api.answers.time_choices import regions, technologies
from api.models import Pair, YearCount
from api.models_time import EventOut, EventsOut, KindCount, PeriodOut, TimeOut, TimeScopeOut
from api.served import Snapshot
from graph.timeline import KINDS
from graph.timeline_choice import Choice, chosen, within

By = Literal["year", "month"]

NAMES: Final = {
    "founded": Pair(en="organisations founded", sv="organisationer grundade"),
    "begun": Pair(en="projects and other efforts begun", sv="projekt och andra insatser påbörjade"),
    "funded": Pair(en="grants, loans and rounds", sv="bidrag, lån och rundor"),
    "partnered": Pair(en="partnerships begun", sv="partnerskap inledda"),
    "ended": Pair(en="projects and other efforts ended", sv="projekt och andra insatser avslutade"),
    "parted": Pair(en="partnerships ended", sv="partnerskap avslutade"),
    "closed": Pair(en="organisations closed", sv="organisationer nedlagda"),
}
_ENDS = ("ended", "parted", "closed")  # what has none may go on: it is no date that is missing


def time_out(snapshot: Snapshot, choice: Choice, by: By) -> TimeOut:
    """Counts by period; the choice without its years gives `years`, from which others can be chosen."""
    every = chosen(snapshot.columns, choice)
    kept = within(every, choice).filter(pl.col("year").is_not_null())
    anytime = within(every, Choice(kinds=choice.kinds))
    undated = _counts(anytime.filter(pl.col("year").is_null()))
    counted = _counts(kept)
    years = anytime.drop_nulls("year").group_by("year").len().sort("year")
    return TimeOut(
        generation=snapshot.generation.number,
        scope=scope_out(snapshot, choice),
        by=by,
        kinds=[
            KindCount(kind=kind, name=NAMES[kind], count=counted.get(kind, 0), undated=_undated(kind, undated))
            for kind in choice.kinds or KINDS
        ],
        periods=periods(kept, by),
        years=[YearCount(year=year, count=count) for year, count in years.iter_rows()],
        technology=technologies(snapshot, choice),
        region=regions(snapshot, choice),
        total=kept.height,
        coarse=int(kept["month"].is_null().sum()) if by == "month" else 0,
    )


def periods(kept: pl.DataFrame, by: By) -> list[PeriodOut]:
    """The counts of dated events by year or month."""
    period = pl.col("month") if by == "month" else pl.col("date").str.slice(0, 4)
    rows = kept.with_columns(period.alias("period")).drop_nulls("period")
    counts: dict[str, dict[str, int]] = {}
    for when, kind, count in rows.group_by("period", "kind").len().iter_rows():
        counts.setdefault(when, {})[kind] = count
    money = rows.group_by("period").agg(pl.col("amount_eur").sum(), pl.col("amount_eur").count().alias("stated"))
    known = {when: (total, stated) for when, total, stated in money.iter_rows()}
    found = []
    for when in sorted(counts):
        total, stated = known[when]
        ordered = {kind: counts[when][kind] for kind in KINDS if kind in counts[when]}
        found.append(PeriodOut(period=when, counts=ordered, eur=round(total, 2) if stated else None, stated=stated))
    return found


def events_out(snapshot: Snapshot, choice: Choice, offset: int, limit: int) -> EventsOut:
    """One page of the events, each with its evidence."""
    shown, things = Shown(snapshot), snapshot.things
    held = within(chosen(snapshot.columns, choice), choice)
    rows = []
    for row in held.slice(offset, limit).iter_rows(named=True):
        shown.used.update(row["evidence"])
        copied = {name: row[name] for name in ("kind", "date", "amount", "currency", "amount_eur", "evidence")}
        other = row["other"]
        rows.append(
            EventOut(**copied, thing=things.ref(row["node"]), other=None if other is None else things.ref(other))
        )
    return EventsOut(
        generation=snapshot.generation.number,
        scope=scope_out(snapshot, choice),
        rows=rows,
        total=held.height,
        **shown.evidence(),
    )


def scope_out(snapshot: Snapshot, choice: Choice) -> TimeScopeOut:
    """What was asked, with names."""
    shown = Shown(snapshot)
    return TimeScopeOut(
        of=None if choice.of is None else snapshot.things.ref(choice.of),
        technology=[shown.technology_of(slug) for slug in choice.technologies],
        region=[shown.region(key) for key in choice.regions],
        kind=list(choice.kinds),
        year_from=choice.year_from,
        year_to=choice.year_to,
    )


def _counts(events: pl.DataFrame) -> dict[str, int]:
    return dict(events.group_by("kind").len().iter_rows())


def _undated(kind: str, counted: dict[str, int]) -> int | None:
    return counted.get(kind) if kind in _ENDS else counted.get(kind, 0)
