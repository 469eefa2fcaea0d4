"""What the filter of the time page offers: technologies and regions in which something happened."""

from __future__ import annotations

from typing import Any

import polars as pl

from api.answers.gaps_shown import Shown
from api.models_gaps import Choice as Value
from api.models_gaps import OfferOut
from api.served import Snapshot
from graph.columns import Columns
from graph.once import once
from graph.timeline import timeline
from graph.timeline_choice import Choice, chosen


def technologies(snapshot: Snapshot, choice: Choice) -> list[OfferOut]:
    """Most events first, the other choices staying; a technology counts what belongs to narrower ones."""
    shown = Shown(snapshot)
    counted = _by_technology(snapshot.columns, Choice(of=choice.of, regions=choice.regions))
    return [_offer(shown.technology(tech), count) for tech, count in counted]


def regions(snapshot: Snapshot, choice: Choice) -> list[OfferOut]:
    """Counties, then countries, most events first, the other choices staying."""
    shown = Shown(snapshot)
    counted = _by_region(snapshot.columns, Choice(of=choice.of, technologies=choice.technologies))
    return [_offer(shown.region(key), count) for key, count in counted]


@once(64)
def _by_technology(columns: Columns, choice: Choice) -> tuple[tuple[int, int], ...]:
    events = chosen(columns, choice).select("event")
    about = timeline(columns).topics.join(events, on="event", how="semi")
    pairs = about.join(columns.technology.select("node", "tech"), on="node").select("event", "tech").unique()
    return _most_first(pairs, "tech")


@once(64)
def _by_region(columns: Columns, choice: Choice) -> tuple[tuple[str, int], ...]:
    events = chosen(columns, choice).select("event")
    parties = timeline(columns).parties.join(events, on="event", how="semi")
    placed = parties.join(columns.nodes.select("node", "county", "country"), on="node")
    parts = [placed.select("event", name).drop_nulls().unique() for name in ("county", "country")]
    return tuple(pair for part in parts for pair in _most_first(part, part.columns[1]))


def _most_first(pairs: pl.DataFrame, name: str) -> tuple[tuple[Any, int], ...]:
    counted = pairs.group_by(name).len().sort("len", name, descending=[True, False])
    return tuple(counted.iter_rows())


def _offer(value: Value, count: int) -> OfferOut:
    return OfferOut(**value.model_dump(), count=count, depth=0)
