"""A choice of events: of whom, about what, where and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from graph.columns import Columns
from graph.inside import inside
from graph.timeline import timeline


@dataclass(frozen=True, slots=True)
class Choice:
    """What to keep; empty = everything.

    of            node id of an organisation, effort, technology or place
    technologies  slugs; narrower ones count. An event of an effort has the technologies of the effort, any other those of
                  the organisations that it concerns
    regions       keys of places or ISO codes of countries; one whom it concerns sits there
    kinds         of `graph.timeline.KINDS`
    period        years (`2020`) or one month (`2020-05`): from, to; `undated` keeps what has no date instead
    """

    of: int | None = None
    technologies: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    month: str | None = None
    undated: bool = False


def chosen(columns: Columns, choice: Choice) -> pl.DataFrame:
    """The events of a choice whenever they happened, with and without a date; for `kinds` and times see `within`."""
    held = timeline(columns)
    kept = held.events
    if choice.of is not None:
        kept = kept.join(_of(columns, choice.of), on="event", how="semi", maintain_order="left")
    if choice.technologies:
        nodes = columns.technologies(choice.technologies)
        kept = kept.join(_about(columns, nodes), on="event", how="semi", maintain_order="left")
    if choice.regions:
        kept = kept.join(_in(columns, choice.regions), on="event", how="semi", maintain_order="left")
    return kept


def within(events: pl.DataFrame, choice: Choice) -> pl.DataFrame:
    """Those of the kinds and times of the choice; what has no date passes only where no time is chosen, or by `undated`."""
    if choice.kinds:
        events = events.filter(pl.col("kind").is_in(choice.kinds))
    if choice.undated:
        return events.filter(pl.col("year").is_null())
    if choice.month is not None:
        return events.filter(pl.col("month") == choice.month)
    if choice.year_from is not None:
        events = events.filter(pl.col("year") >= choice.year_from)
    return events if choice.year_to is None else events.filter(pl.col("year") <= choice.year_to)


def _of(columns: Columns, node: int) -> pl.DataFrame:
    group = columns.nodes["group"][node]
    if group == "technology":
        return _about(columns, [node])
    if group == "place":
        return _in(columns, [columns.key_of[node]])
    return timeline(columns).parties.filter(pl.col("node") == node)


def _about(columns: Columns, technologies: Iterable[int]) -> pl.DataFrame:
    working = columns.technology.filter(pl.col("tech").is_in(list(technologies))).select("node").unique()
    return timeline(columns).topics.join(working, on="node", how="semi")


def _in(columns: Columns, regions: Iterable[str]) -> pl.DataFrame:
    """Where one whom the event concerns sits: in a place, in one within it, or in a country."""
    places: set[int] = set()
    keys, codes = [], []
    for region in regions:
        node = columns.node_of.get(region)
        if node is None:
            codes.append(region)
        else:
            keys.append(region)
            places |= {node} | inside(columns, node)
    here = pl.col("place").is_in(sorted(places)) | pl.col("county").is_in(keys) | pl.col("country").is_in(codes)
    sitting = columns.nodes.filter(here.fill_null(False)).select("node")
    return timeline(columns).parties.join(sitting, on="node", how="semi")
