"""What the filter of the time page offers: technologies and regions in which something happened."""

from __future__ import annotations

from typing import Any

import polars as pl

from api.answers.gaps_shown import Shown
from api.models_gaps import Choice as Value
from api.models_gaps import OfferOut
from api.served import Snapshot
from graph.timeline import timeline
from graph.timeline_choice import Choice, chosen


def technologies(snapshot: Snapshot, choice: Choice) -> list[OfferOut]:
    """Most events first, the other choices staying; a technology counts what belongs to narrower ones."""
    columns = snapshot.columns
    events = chosen(columns, Choice(of=choice.of, regions=choice.regions)).select("event")
    about = timeline(columns).topics.join(events, on="event", how="semi")
    pairs = about.join(columns.technology.select("node", "tech"), on="node").select("event", "tech").unique()
    shown = Shown(snapshot)
    return [_offer(shown.technology(tech), count) for tech, count in _most_first(pairs, "tech")]


def regions(snapshot: Snapshot, choice: Choice) -> list[OfferOut]:
    """Counties, then countries, most events first, the other choices staying."""
    columns = snapshot.columns
    events = chosen(columns, Choice(of=choice.of, technologies=choice.technologies)).select("event")
    parties = timeline(columns).parties.join(events, on="event", how="semi")
    placed = parties.join(columns.nodes.select("node", "county", "country"), on="node")
    shown = Shown(snapshot)
    return [
        _offer(shown.region(key), count)
        for name in ("county", "country")
        for key, count in _most_first(placed.select("event", name).drop_nulls().unique(), name)
    ]


def _most_first(pairs: pl.DataFrame, name: str) -> list[tuple[Any, int]]:
    counted = pairs.group_by(name).len().sort("len", name, descending=[True, False])
    return list(counted.iter_rows())


def _offer(value: Value, count: int) -> OfferOut:
    return OfferOut(**value.model_dump(), count=count, depth=0)
