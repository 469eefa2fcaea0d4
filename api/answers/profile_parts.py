"""The parts of a profile as JSON: a page of rows, the evidence that they name, and the query behind them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypedDict
from urllib.parse import quote

import polars as pl

from api.answers.entity import relations_of
from api.answers.evidence import evidence_of, sources_of
from api.answers.profile_sparql import Queries
from api.models import EvidenceOut, Pair, SourceOf
from api.models_profile import (
    EventOut,
    EventYear,
    RelationsOut,
    SimilarOut,
    SimilarPartOut,
    TechnologiesOut,
    TechnologyRow,
    TimelineOut,
)
from api.served import Snapshot
from graph.profile import Link, profile
from graph.profile_partners import practised
from graph.profile_scope import things_of
from graph.profile_similar import Similar
from graph.profile_timeline import EVENTS, timeline

Money = Literal["in", "out"]
BASE = "/api/v1/entity"


@dataclass(frozen=True, slots=True)
class Page:
    """Which rows are asked for."""

    offset: int
    limit: int

    def of(self, rows: Sequence[Any]) -> Sequence[Any]:
        """These of all."""
        return rows[self.offset : self.offset + self.limit]


class _Head(TypedDict):
    key: str
    total: int
    offset: int
    limit: int
    sparql: str
    csv: str | None
    evidence: dict[int, EvidenceOut]
    sources: dict[str, SourceOf]


def head(
    snapshot: Snapshot, node: int, page: Page, total: int, sparql: str, part: str | None, used: Iterable[int]
) -> _Head:
    """What every part begins with."""
    key = snapshot.columns.key_of[node]
    evidence = evidence_of(snapshot, used)
    return {
        "key": key,
        "total": total,
        "offset": page.offset,
        "limit": page.limit,
        "sparql": sparql,
        "csv": None if part is None else f"{BASE}/{quote(key)}/{part}.csv",
        "evidence": evidence,
        "sources": sources_of(snapshot, evidence.values()),
    }


def place_of(snapshot: Snapshot, node: int) -> tuple[Pair | None, str | None]:
    """Name of the place and code of the country."""
    place, country = snapshot.things.placed[node]
    return None if place is None else snapshot.things.name(place), country


def chosen_links(
    snapshot: Snapshot, node: int, tie: str | None, direction: str | None, money: Money | None
) -> tuple[Link, ...]:
    """The relations of a sort, in the order of the profile."""
    known = profile(snapshot.columns, snapshot.columns.key_of[node])
    if known is None:  # pragma: no cover - the node comes from the same columns
        return ()
    held = (*known.relations, *known.sites)
    if money is not None:
        held = known.money_in if money == "in" else known.money_out
    return tuple(one for one in held if tie in (None, one.tie) and direction in (None, one.direction))


def relations_part(snapshot: Snapshot, node: int, page: Page, links: Sequence[Link]) -> RelationsOut:
    """Relations of one sort."""
    shown = page.of(links)
    used = {row for link in shown for row in link.evidence}
    sparql = Queries(snapshot, node).relations()
    rows = relations_of(snapshot, node, shown)
    return RelationsOut(**head(snapshot, node, page, len(links), sparql, "relations", used), rows=rows)


def technologies(snapshot: Snapshot, node: int) -> pl.DataFrame:
    """tech, stated, efforts, first, last, organisations (null but for places)."""
    columns = snapshot.columns
    if snapshot.things.groups[node] != "place":
        return practised(columns, node).with_columns(pl.lit(None, dtype=pl.UInt32).alias("organisations"))
    things = things_of(columns, node)
    linked = columns.links.filter(pl.col("property") == "worksOn", pl.col("a").is_in(things.implode()))
    counted = linked.group_by(pl.col("b").alias("tech")).agg(pl.len().alias("organisations"))
    year = pl.lit(None, dtype=pl.Int16)
    return counted.select(
        "tech",
        pl.lit(value=True).alias("stated"),
        pl.lit(0, dtype=pl.UInt32).alias("efforts"),
        year.alias("first"),
        year.alias("last"),
        "organisations",
    ).sort(["organisations", "tech"], descending=[True, False])


def technologies_part(snapshot: Snapshot, node: int, page: Page) -> TechnologiesOut:
    """What it works on."""
    found = technologies(snapshot, node)
    rows = [
        TechnologyRow(technology=snapshot.things.ref(row.pop("tech")), **row)
        for row in found[page.offset : page.offset + page.limit].iter_rows(named=True)
    ]
    sparql = Queries(snapshot, node).technologies()
    return TechnologiesOut(**head(snapshot, node, page, found.height, sparql, "technologies", ()), rows=rows)


def timeline_part(snapshot: Snapshot, node: int, page: Page, kinds: tuple[str, ...]) -> TimelineOut:
    """Events of some sorts, the newest first, with the counts of all."""
    found = timeline(snapshot.columns, node)
    events = found.events.filter(pl.col("event").is_in(kinds)) if kinds else found.events
    rows = list(events[page.offset : page.offset + page.limit].iter_rows(named=True))
    counts = dict(found.events["event"].value_counts().iter_rows())
    years: dict[int, dict[str, int]] = {}
    for year, event, count in found.events.group_by("year", "event").len().sort("year", "event").iter_rows():
        years.setdefault(year, {})[event] = count
    shown = [_event(snapshot, node, row) for row in rows]
    used = {proof for one in shown for proof in one.evidence}
    sparql = Queries(snapshot, node).timeline()
    return TimelineOut(
        **head(snapshot, node, page, events.height, sparql, "timeline", used),
        kinds={event: counts[event] for event in EVENTS if event in counts},
        years=[EventYear(year=year, counts=held) for year, held in years.items()],
        undated=found.undated,
        rows=shown,
    )


def _event(snapshot: Snapshot, node: int, row: dict[str, Any]) -> EventOut:
    columns = snapshot.columns
    if row["relation"] is not None:
        proofs = columns.relations["evidence"][row["relation"]].to_list()
    else:
        proofs = columns.nodes["evidence"][node if row["node"] is None else row["node"]].to_list()
    other = None if row["node"] in (None, node) else snapshot.things.ref(row["node"])
    told = ("event", "role", "start", "end", "year", "year_to", "amount", "currency")
    return EventOut(**{name: row[name] for name in told}, other=other, evidence=proofs)


def similar_part(snapshot: Snapshot, node: int, page: Page, found: Sequence[Similar]) -> SimilarPartOut:
    """The most alike."""
    shown = page.of(found)
    sparql = Queries(snapshot, node).similar(one.node for one in found)
    rows = [_similar(snapshot, one) for one in shown]
    return SimilarPartOut(**head(snapshot, node, page, len(found), sparql, "similar", ()), rows=rows)


def _similar(snapshot: Snapshot, one: Similar) -> SimilarOut:
    place, country = place_of(snapshot, one.node)
    return SimilarOut(
        other=snapshot.things.ref(one.node),
        place=place,
        country=country,
        score=round(one.score, 3),
        technologies=[snapshot.things.ref(tech) for tech in one.techs],
        words=list(one.words),
        common=[snapshot.things.ref(actor) for actor in one.common],
        same_type=one.same_type,
        linked=one.linked,
        double=one.double,
    )
