"""What the organisations of a region got for their work on a technology, and from how many funders."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from graph.gaps.actors import TYPES, ActorType
from graph.gaps.areas import Areas, subjects
from graph.gaps.collaboration import Collaboration
from graph.gaps.money import funders, slots

__all__ = ["Purses", "purses"]

# Those that give are no desert when they get nothing.
_GIVERS: tuple[ActorType, ...] = ("investor", "funder")


@dataclass(frozen=True, eq=False)
class Purses:
    """`table`: technology (column of `net.techs`), region (code), actors (a group once), paid (actors of which an amount is
    known), heads_paid (the same, a group once), money (euro), places (where an amount could stand; an actor without any has
    one), known (places with an amount), funders. Who is closed is not in it. `held`: the places themselves: technology, region, row (of the actor), eur, relations. In the order of both."""

    table: pl.DataFrame
    held: pl.DataFrame


def purses(net: Collaboration, held: Areas) -> Purses:
    """For all technologies and regions with an active organisation.

    Money for an effort counts in each technology of the effort, money for an organisation itself in each that it states;
    so sums of different technologies must not be added up.
    """
    order = ["technology", "region", "row", pl.col("relations").list.first()]
    places = _of_actors(net, held, slots(net).select("actor", "thing", "eur", "relations")).sort(order)
    active = _active(net, held, places)
    paid = pl.col("eur").is_not_null()
    sums = places.group_by("technology", "region").agg(
        pl.col("row").filter(paid).n_unique().alias("paid"),
        pl.col("head").filter(paid).n_unique().alias("heads_paid"),
        pl.col("head").n_unique().alias("seated"),
        pl.col("eur").sum().alias("money"),
        pl.len().alias("seats"),
        paid.sum().alias("known"),
    )
    table = active.join(sums, on=["technology", "region"], how="left").join(
        _funders(net, held, places), on=["technology", "region"], how="left"
    )
    filled = table.with_columns(
        pl.col("paid", "heads_paid", "seated", "seats", "known", "funders").fill_null(0).cast(pl.Int64)
    )
    counted = filled.with_columns((pl.col("seats") + pl.col("actors") - pl.col("seated")).alias("places"))
    shown = ["technology", "region", "actors", "paid", "heads_paid", "money", "places", "known", "funders"]
    return Purses(counted.select(shown).sort("technology", "region"), places)


def _of_actors(net: Collaboration, held: Areas, frame: pl.DataFrame) -> pl.DataFrame:
    """What is said of the actors that count (actor, thing and more), once for each technology: that of the thing, else those
    of the actor; with its region, its row, and that of its group."""
    ours = frame.with_columns(pl.Series("row", net.rows_of(frame["actor"]))).filter(pl.col("row") >= 0)
    at = ours["row"].to_numpy()
    out = np.isin(net.types[at], [TYPES.index(name) for name in _GIVERS]) | ~held.there[at]
    region = np.where(out, -1, held.region[at])
    return (
        ours.with_columns(
            pl.Series("region", region), pl.Series("head", held.owner[at]), pl.coalesce("thing", "actor").alias("node")
        )
        .filter(pl.col("region") >= 0)
        .join(subjects(net), on="node")
        .select("technology", "region", "row", "head", *(name for name in frame.columns if name != "actor"))
    )


def _active(net: Collaboration, held: Areas, places: pl.DataFrame) -> pl.DataFrame:
    """technology, region, actors (a group once): who states or practises it, or has a place where money may stand"""
    busy = held.works.tocoo()
    rows, columns = busy.coords
    gives = np.isin(net.types[rows], [TYPES.index(name) for name in _GIVERS])
    kept = (held.region[rows] >= 0) & ~gives & held.there[rows]
    working = pl.DataFrame(
        {
            "technology": columns[kept].astype(np.int64),
            "region": held.region[rows[kept]],
            "head": held.owner[rows[kept]],
        }
    )
    both = pl.concat([working, places.select(pl.col("technology", "region", "head").cast(pl.Int64))]).unique()
    return both.group_by("technology", "region").len("actors")


def _funders(net: Collaboration, held: Areas, places: pl.DataFrame) -> pl.DataFrame:
    """technology, region, funders: who paid one of the actors, or an effort in which one of them has a place"""
    paid = funders(net.columns)
    named = paid.filter(pl.col("actor").is_not_null()).select("actor", "thing", "funder")
    direct = _of_actors(net, held, named).select("technology", "region", "funder")
    whole = paid.filter(pl.col("actor").is_null(), pl.col("thing").is_not_null()).select("thing", "funder")
    shared = places.filter(pl.col("thing").is_not_null()).join(whole, on="thing")
    both = pl.concat([direct, shared.select("technology", "region", "funder")])
    return both.group_by("technology", "region").agg(pl.col("funder").n_unique().alias("funders"))
