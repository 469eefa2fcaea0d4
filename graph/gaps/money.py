"""Money that organisations received, in euro, each sum once.

What counts: the contribution that a participation states, grants and loans with a recipient, rounds of investment, and
investments that are not part of a round whose amount is stated. What a project costs is not money received, and what a
funder gave to a whole project is not split among its participants. Sums without a euro value of their year are unknown.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import polars as pl

from graph.columns import Columns
from graph.gaps.collaboration import Collaboration
from graph.gaps.occasions import project_parts

__all__ = ["SLOTS", "funders", "received", "slots"]

_YEARS: Final = (pl.col("start_year").alias("start"), pl.col("end_year").alias("end"))

# A place where money may stand: one organisation in one effort, or one payment to it. `eur` is null where nobody says.
SLOTS = pl.Schema(
    {
        "actor": pl.UInt32(),
        "thing": pl.UInt32(),  # the effort that it is for; null when it is for the organisation itself
        "eur": pl.Float64(),
        "start": pl.Int16(),
        "end": pl.Int16(),
        "relations": pl.List(pl.UInt32()),  # rows of columns.relations that say so
    }
)


def slots(net: Collaboration) -> pl.DataFrame:
    """Those of the years of a scope, in the order of actors, things and relations."""
    return _slots(net.columns).filter(net.scope.in_years)


def received(columns: Columns) -> pl.DataFrame:
    """`actor` and `eur`: what is known of the money that each organisation received in all years; those of whom nothing is
    known are not in it."""
    known = _slots(columns).filter(pl.col("eur").is_not_null())
    return known.group_by("actor").agg(pl.col("eur").sum()).sort("actor")


@lru_cache(maxsize=4)
def _slots(columns: Columns) -> pl.DataFrame:
    held = pl.concat([_participations(columns), _payments(columns), _rounds(columns)])
    once = held.group_by("key", "actor").agg(
        pl.first("way"), pl.max("thing"), pl.max("eur"), pl.min("start"), pl.max("end"), pl.col("relation").sort()
    )
    for_efforts = once.filter(pl.col("thing").is_not_null()).group_by("actor", "thing", "way").agg(*_summed())
    # What a participant got and what it was granted for the same effort is the same money: the larger sum counts.
    for_efforts = for_efforts.group_by("actor", "thing").agg(
        pl.max("eur"), pl.min("start"), pl.max("end"), pl.col("relation").explode().sort()
    )
    alone = once.filter(pl.col("thing").is_null())
    both = pl.concat([for_efforts, alone.select(for_efforts.columns)])
    things = columns.nodes.select(pl.col("node").alias("thing"), "start_year", "end_year")
    return (
        both.join(things, on="thing", how="left")
        .with_columns(pl.coalesce("start_year", "start").alias("start"), pl.coalesce("end_year", "end").alias("end"))
        .rename({"relation": "relations"})
        .select(*SLOTS)
        .sort("actor", "thing", pl.col("relations").list.first())
    )


def _summed() -> tuple[pl.Expr, ...]:
    """The sum of what is known; null when nothing is."""
    known = pl.col("eur").is_not_null().any()
    return (
        pl.when(known).then(pl.col("eur").sum()).alias("eur"),
        pl.min("start"),
        pl.max("end"),
        pl.col("relation").explode(),
    )


def _participations(columns: Columns) -> pl.DataFrame:
    return _frame(project_parts(columns), "participation", pl.col("a"), pl.col("b"))


def _payments(columns: Columns) -> pl.DataFrame:
    """Grants, loans and rounds: one row a recipient, with the effort when one is named. A row of the table may name both
    parties in either column."""
    rows = columns.relations.filter(pl.col("tie") == "funding")
    recipient = (
        pl.when(pl.col("a_property") == "recipient").then("a").when(pl.col("b_property") == "recipient").then("b")
    )
    effort = pl.when(pl.col("b_property") == "fundedEffort").then("b")
    held = _frame(rows, "payment", recipient, effort)
    efforts = held.group_by("key").agg(pl.max("thing").alias("named"))
    return (
        held.filter(pl.col("actor").is_not_null())
        .join(efforts, on="key")
        .with_columns(pl.coalesce("thing", "named").alias("thing"))
        .select(held.columns)
    )


def _rounds(columns: Columns) -> pl.DataFrame:
    """Investments beside a stated round; one in a round of which no amount is known says no less than the round."""
    rows = columns.relations.filter(
        pl.col("tie") == "investment", pl.col("part_of").is_null(), pl.col("b").is_not_null()
    )
    return _frame(rows, "payment", pl.col("b"), pl.lit(None, dtype=pl.UInt32))


def _frame(rows: pl.DataFrame, way: str, actor: pl.Expr, thing: pl.Expr) -> pl.DataFrame:
    return rows.select(
        "key",
        pl.lit(way).alias("way"),
        actor.alias("actor"),
        thing.alias("thing"),
        pl.col("amount_eur").alias("eur"),
        *_YEARS,
        "relation",
    )


@lru_cache(maxsize=4)
def funders(columns: Columns) -> pl.DataFrame:
    """Who paid for what: funder, actor (null: for the whole effort), thing (null: for the organisation itself), relation."""
    rows = columns.relations
    funding = rows.filter(pl.col("a_property") == "funder", pl.col("tie") == "funding")
    invested = rows.filter(pl.col("tie") == "investment", pl.col("b").is_not_null())
    effort = pl.when(pl.col("b_property") == "fundedEffort").then("b")
    recipient = pl.when(pl.col("b_property") == "recipient").then("b")
    by_key = funding.group_by("key").agg(recipient.max().alias("actor"), effort.max().alias("thing"))
    alone = pl.lit(None, dtype=pl.UInt32).alias("thing")
    return pl.concat(
        [
            funding.select(pl.col("a").alias("funder"), "key", "relation").join(by_key, on="key").drop("key"),
            invested.select(pl.col("a").alias("funder"), "relation", pl.col("b").alias("actor"), alone),
        ]
    ).select("funder", "actor", "thing", "relation")
