"""When organisations were last at work, as far as their sources can know: their groups, their lasting efforts, and how far
each source reaches."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import polars as pl

from graph.columns import Columns
from graph.gaps.collaboration import Collaboration, Ints, Mask
from graph.gaps.occasions import occasions
from graph.gaps.over import ALWAYS, over
from graph.gaps.same import Same
from graph.shortcuts import below

_DATED: Final = below("Project") + below("Event")
_THEMSELVES: Final = frozenset(below("Collaboration"))  # organisations that are a lasting effort
_REACHES: Final = 0.25  # of the efforts of its fullest year: with fewer a source is taken to have ended


@dataclass(frozen=True, eq=False)
class Lasting:
    """By actor: the last year in which it, or anybody of its corporate group, was at work (-1: nobody says, and `ALWAYS`: it
    goes on), the relation that says so, and the last year of which the sources of the group can tell."""

    year: Ints
    relation: Ints
    horizon: Ints

    def silent(self, years: int) -> Mask:
        """Who did nothing for more than so many years, counted from the last that its sources can tell of."""
        return (self.year >= 0) & (self.year < ALWAYS) & (self.horizon - self.year > years)


def lasting(net: Collaboration) -> Lasting:
    """Of the network; kept for the next call."""
    return _lasting(Same(net))


@lru_cache(maxsize=3)
def _lasting(same: Same) -> Lasting:
    net = same.net
    parts = pl.concat([_in_occasions(net.columns), _in_efforts(net.columns)])
    rows = net.row_of[parts["actor"].to_numpy()]
    parts = parts.filter(pl.Series(rows >= 0)).with_columns(top=pl.Series(net.owner[rows[rows >= 0]]))
    reach = pl.Series("horizon", reaches(net.columns))
    parts = parts.with_columns(horizon=reach.gather(parts["relation"]))
    held = parts.sort(["top", "year", "relation"]).group_by("top", maintain_order=True)
    newest = held.agg(pl.last("year"), pl.last("relation"), pl.max("horizon"))
    year, relation, horizon = (np.full(len(net.nodes), -1, dtype=np.int64) for _ in range(3))
    tops = newest["top"].to_numpy()
    for array, name in ((year, "year"), (relation, "relation"), (horizon, "horizon")):
        array[tops] = newest[name].cast(pl.Int64).to_numpy()
        array[:] = array[net.owner]
    going = year > net.as_of
    year[going] = net.as_of
    nodes = net.columns.nodes[net.nodes]
    open_ended = nodes["kind"].is_in(list(_THEMSELVES)).to_numpy() & nodes["end_year"].is_null().to_numpy()
    year[open_ended] = ALWAYS
    return Lasting(year, relation, np.minimum(horizon, net.as_of))


def _in_occasions(columns: Columns) -> pl.DataFrame:
    """actor, relation, year: who took part in what ties, and its last year."""
    held = occasions(columns)
    last = held.table.select("occasion", pl.Series("year", over(held.table)))
    return held.parts.join(last, on="occasion").select("actor", "relation", "year")


def _in_efforts(columns: Columns) -> pl.DataFrame:
    """The same of all that anybody takes part in, alone or in any role: a centre without an end goes on."""
    parts = columns.relations.filter(pl.col("b_property") == "inEffort", pl.col("b").is_not_null())
    things = columns.nodes.select("node", "kind", pl.col("start_year").alias("start"), pl.col("end_year").alias("end"))
    found = parts.select(pl.col("a").alias("actor"), "relation", "b").join(things, left_on="b", right_on="node")
    tie = pl.when(pl.col("kind").is_in(_DATED)).then(pl.lit("project")).otherwise(pl.lit("lead")).alias("tie")
    found = found.with_columns(tie)
    return found.select("actor", "relation", pl.Series("year", over(found)))


@lru_cache(maxsize=3)
def reaches(columns: Columns) -> Ints:
    """By relation: the last year of which its source can tell (of the last of its sources); -1 = none. That is the last in
    which a quarter as many efforts begin as in its fullest: a few that are announced do not make it know the year."""
    sources = columns.evidence.select("evidence", "source")
    efforts = columns.nodes.filter(pl.col("group") == "effort").select("start_year", "evidence")
    years = efforts.drop_nulls("start_year").explode("evidence", empty_as_null=False).join(sources, on="evidence")
    counts = years.group_by("source", "start_year").len("efforts")
    enough = counts.filter(pl.col("efforts") >= pl.col("efforts").max().over("source") * _REACHES)
    newest = enough.group_by("source").agg(pl.col("start_year").max().cast(pl.Int64).alias("year"))
    said = columns.relations.select("relation", "evidence").explode("evidence", empty_as_null=True)
    found = said.join(sources, on="evidence", how="left").join(newest, on="source", how="left")
    by_relation = found.group_by("relation").agg(pl.col("year").max()).sort("relation")
    return by_relation["year"].fill_null(-1).to_numpy()
