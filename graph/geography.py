"""Where the things of a selection are: spots with counts, and the joint efforts that lead from one region to another.

A spot is a place that things name as theirs. A town has coordinates; of a county or a country a source may say no more, so
those are spots, too, and marked as such: nothing is moved to a town that no source names.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.sparse import csr_array, triu

from graph.columns import Columns
from graph.gaps.occasions import occasions
from graph.masks import masks
from graph.search import Search
from graph.selection import Filter, select

Level: TypeAlias = Literal["country", "county", "town"]
Ids: TypeAlias = npt.NDArray[np.int64]

NOWHERE = -1
_MOST_TOGETHER = 60  # as in graph.shortcuts: more parties than these have not worked together
_BY_TIE = {"participation": ("project", "lead"), "partnership": ("partnership",), "ownership": ("venture",)}


@dataclass(frozen=True, eq=False)
class Spots:
    """`table`: node (of the place), key, name_en, name_sv, level, lat, lon, county, country; the position of a county without
    its own is the middle of its towns, that of a country is null. `of`: row of the table by node id, or NOWHERE."""

    table: pl.DataFrame
    of: Ids


@lru_cache(maxsize=4)
def spots(columns: Columns) -> Spots:
    """All places that something on the map names as its own."""
    nodes = columns.nodes
    on_map = masks(columns).on_map["all"]
    place = nodes["place"].fill_null(np.iinfo(np.uint32).max).to_numpy().astype(np.int64)
    known = on_map & nodes["place"].is_not_null().to_numpy()
    named = np.unique(place[known])
    of = np.full(len(nodes), NOWHERE, dtype=np.int64)
    of[known] = np.searchsorted(named, place[known])
    held = nodes[named.tolist()].select("node", "key", "name_en", "name_sv", "lat", "lon", "county", "country")
    level = (
        pl.when(pl.col("lat").is_not_null())
        .then(pl.lit("town"))
        .when(pl.col("county").is_not_null())
        .then(pl.lit("county"))
        .otherwise(pl.lit("country"))
        .alias("level")
    )
    table = held.with_columns(level, pl.Series("things", np.bincount(of[known], minlength=len(named))))
    middle = (
        table.filter(pl.col("level") == "town", pl.col("county").is_not_null())
        .group_by("county")
        .agg(*[((pl.col(one) * pl.col("things")).sum() / pl.col("things").sum()).alias(f"{one}_c") for one in _AT])
    )
    at = [pl.coalesce(one, pl.when(pl.col("level") == "county").then(f"{one}_c")).alias(one) for one in _AT]
    joined = table.join(middle, on="county", how="left", maintain_order="left").with_columns(*at)
    return Spots(joined.drop("things", "lat_c", "lon_c"), of)


_AT = ("lat", "lon")


@dataclass(frozen=True, slots=True)
class Placed:
    """`rows` of the table of spots with their number of organisations and of efforts; what has no place is counted apart."""

    rows: Ids
    organisations: Ids
    efforts: Ids
    nowhere: tuple[int, int]


def placed(columns: Columns, search: Search, chosen: Filter) -> Placed:
    """How many things of the selection are at each spot; spots without any are left out."""
    held = spots(columns)
    nodes = select(columns, search, chosen).nodes
    effort = masks(columns).effort[nodes]
    at = held.of[nodes]
    counts = [np.bincount(at[kind & (at >= 0)], minlength=held.table.height) for kind in (~effort, effort)]
    rows = np.flatnonzero(counts[0] + counts[1])
    nowhere = (int((~effort & (at < 0)).sum()), int((effort & (at < 0)).sum()))
    return Placed(rows, counts[0][rows], counts[1][rows], nowhere)


def at_spot(columns: Columns, search: Search, chosen: Filter, row: int) -> Ids:
    """Node ids of the things of the selection at a row of the table of spots (or NOWHERE), the best linked first."""
    nodes = select(columns, search, chosen).nodes
    there = nodes[spots(columns).of[nodes] == row]
    degree = columns.nodes["degree"].to_numpy()[there].astype(np.int64)
    found: Ids = there[np.argsort(-degree, kind="stable")].astype(np.int64)
    return found


@lru_cache(maxsize=16)
def regions(columns: Columns, level: Level) -> tuple[tuple[str, ...], Ids]:
    """(keys, the position of its region by node id or NOWHERE). A region is the town, the county or the country by ISO code;
    where the county is not known it is the country, and what is in no town is in no region of the level `town`."""
    held = spots(columns)
    table = held.table
    county = pl.coalesce("county", "country")
    by = {"town": pl.when(pl.col("level") == "town").then("key"), "county": county, "country": pl.col("country")}
    named = table.select(by[level].alias("region"))["region"]
    keys = tuple(named.drop_nulls().unique().sort())
    position = {key: number for number, key in enumerate(keys)}
    of_row = np.array([NOWHERE if key is None else position[key] for key in named] + [NOWHERE], dtype=np.int64)
    return keys, of_row[held.of]


@dataclass(frozen=True, slots=True)
class Flows:
    """Joint efforts with parties in both regions, most first; `a` and `b` are positions in `keys`. `regions` have any, `pairs`
    is how many pairs of regions have, `efforts` how many joint efforts there are, `across` of them in more than one region."""

    keys: tuple[str, ...]
    a: Ids
    b: Ids
    count: Ids
    pairs: int
    efforts: int
    across: int


def flows(columns: Columns, search: Search, chosen: Filter, level: Level, most: int) -> Flows:
    """The strongest `most` flows between regions of the organisations of the selection."""
    keys, region = regions(columns, level)
    parts = _parts(columns, search, chosen)
    occasion, where = parts["occasion"].to_numpy(), region[parts["actor"].to_numpy()]
    _, occasion = np.unique(occasion, return_inverse=True)
    efforts = int(occasion.max()) + 1 if len(occasion) else 0
    known = where >= 0
    pairs = np.unique(np.column_stack([occasion[known], where[known]]), axis=0)
    table = csr_array((np.ones(len(pairs), np.int64), (pairs[:, 0], pairs[:, 1])), shape=(efforts, len(keys)))
    across = int((table.sum(axis=1) > 1).sum()) if efforts else 0
    upper = triu(table.T @ table, 1).tocoo()
    a, b, count = upper.coords[0].astype(np.int64), upper.coords[1].astype(np.int64), upper.data
    order = np.lexsort((b, a, -count))[:most]
    return Flows(keys, a[order], b[order], count[order], len(count), efforts, across)


def flow(columns: Columns, search: Search, chosen: Filter, level: Level, a: str, b: str) -> pl.DataFrame:
    """The joint efforts between two regions: tie, thing, relation, start, end, a, b (lists of node ids of the parties at each end),
    the latest first. Empty when there are none."""
    keys, region = regions(columns, level)
    parts = _parts(columns, search, chosen)
    where = region[parts["actor"].to_numpy()]
    ends = {name: parts.filter(pl.Series(where == _position(keys, key))) for name, key in (("a", a), ("b", b))}
    lists = [end.group_by("occasion").agg(pl.col("actor").unique().sort().alias(name)) for name, end in ends.items()]
    both = lists[0].join(lists[1], on="occasion")
    table = occasions(columns).table.join(both, on="occasion")
    return table.sort(["start", "end", "occasion"], descending=[True, True, False], nulls_last=True)


def _position(keys: tuple[str, ...], key: str) -> int:
    return keys.index(key) if key in keys else len(keys)


def _parts(columns: Columns, search: Search, chosen: Filter) -> pl.DataFrame:
    """Who of the selection took part in what: occasion, actor; by the ties, technologies and years of the filter."""
    held = occasions(columns)
    table = held.table.join(_sizes(columns), on="occasion").filter(pl.col("actors") <= _MOST_TOGETHER)
    if chosen.ties:
        wanted = [name for tie in chosen.ties for name in _BY_TIE.get(tie, ())]
        everything = "collaboration" in chosen.ties
        table = table if everything else table.filter(pl.col("tie").is_in(wanted))
    if chosen.techs:
        works = masks(columns).works_on
        nodes = [works[slug] for slug in chosen.techs if slug in works]
        table = table.filter(
            pl.col("thing").is_in(pl.Series(np.concatenate(nodes) if nodes else [], dtype=pl.UInt32).implode())
        )
    if chosen.year_from is not None or chosen.year_to is not None:
        start, end = pl.coalesce("start", "end"), pl.coalesce("end", "start")
        low, high = chosen.year_from or -9999, chosen.year_to or 9999
        table = table.filter(start <= high, end >= low)
    kept = np.zeros(columns.nodes.height, dtype=bool)
    kept[select(columns, search, chosen).nodes] = True
    kept &= ~masks(columns).effort
    parts = held.parts.filter(pl.Series(kept[held.parts["actor"].to_numpy()], dtype=pl.Boolean))
    return parts.join(table.select("occasion"), on="occasion", how="semi").select("occasion", "actor")


@lru_cache(maxsize=4)
def _sizes(columns: Columns) -> pl.DataFrame:
    return occasions(columns).parts.group_by("occasion").agg(pl.col("actor").n_unique().alias("actors"))
