"""Who pays and who gets each sum, and which share of it: as the source says, else in equal parts, which is marked."""

from __future__ import annotations

import polars as pl

from graph.columns import Columns

__all__ = ["funders", "recipients"]

_NOBODY = pl.lit(None, dtype=pl.UInt32)
_ROUNDED = 0.001  # of a sum: what its stated parts leave of it by rounding is no part of anybody


def funders(columns: Columns, units: pl.DataFrame) -> pl.DataFrame:
    """unit, funder (null: not named), share, equal. The shares of a unit add up to one.

    What investors state of a round is theirs; what is left is shared equally by those who state nothing, else it is of nobody.
    """
    rows = columns.relations.join(units.select("unit", "key", "eur"), on="key")
    given = rows.filter(pl.col("a_property").is_in(["funder", "investor"]))
    own = given.select("unit", pl.col("a").alias("funder"), pl.lit(None, dtype=pl.Float64).alias("stated"))
    parts = columns.relations.filter(pl.col("part_of").is_not_null())
    of_round = parts.join(units.select("unit", pl.col("key").alias("part_of")), on="part_of")
    invested = of_round.select("unit", pl.col("a").alias("funder"), pl.col("amount_eur").alias("stated"))
    named = pl.concat([own, invested]).group_by("unit", "funder").agg(_sum("stated"))
    weighed = _weighed(named.join(units.select("unit", pl.col("eur").alias("whole")), on="unit"), "funder")
    return _complete(weighed, units, "funder")


def recipients(columns: Columns, units: pl.DataFrame) -> pl.DataFrame:
    """unit, recipient (null: not named), share, equal. The shares of a unit add up to one.

    The recipients that the sum names, else the organisation that it is for, else who takes part in the effort: by the
    contributions that the source states, what is left equally among those of whom it states none.
    """
    direct = _direct(columns, units)
    rest = units.join(direct.select("unit"), on="unit", how="anti").filter(pl.col("effort").is_not_null())
    parts = rest.select("unit", "effort").join(_participants(columns), on="effort")
    whole = rest.group_by("effort").agg(pl.col("eur").sum().alias("whole"))
    shared = parts.join(whole, on="effort").drop("effort")
    named = direct.with_columns(pl.lit(None, dtype=pl.Float64).alias(name) for name in ("stated", "whole"))
    both = pl.concat([named, shared.select(named.columns)])
    return _complete(_weighed(both, "recipient"), units, "recipient")


def _direct(columns: Columns, units: pl.DataFrame) -> pl.DataFrame:
    """unit, recipient: those that the rows name, and organisations that are what is funded"""
    rows = columns.relations.join(units.select("unit", "key"), on="key")
    named = [
        rows.filter(pl.col(f"{end}_property") == "recipient").select("unit", pl.col(end).alias("recipient"))
        for end in ("a", "b")
    ]
    organisations = columns.nodes.filter(pl.col("group") == "organisation").select(pl.col("node").alias("effort"))
    itself = units.join(organisations, on="effort", how="semi").select("unit", pl.col("effort").alias("recipient"))
    said = pl.concat(named).unique()
    return pl.concat([said, itself.join(said, on="unit", how="anti")])


def _participants(columns: Columns) -> pl.DataFrame:
    """effort, recipient, stated (euro of it; null where nobody says)"""
    rows = columns.relations.filter(
        pl.col("b_property") == "inEffort",
        pl.col("a_property") == "participant",
        pl.col("kind") != "Membership",
        pl.col("role").is_null() | (pl.col("role") != "attendee"),
    ).select(
        "a", "b", "amount_eur", pl.col("key").rle_id().alias("said")
    )  # by key, then a, then b: doubles are neighbours
    same = pl.all_horizontal(pl.col(name) == pl.col(name).shift() for name in ("said", "a", "b"))
    once = rows.filter(~same.fill_null(value=False))
    # a sum that names several participants is theirs in equal parts
    each = once.with_columns(pl.col("amount_eur") / pl.len().over("said"))
    return each.group_by(pl.col("b").alias("effort"), pl.col("a").alias("recipient")).agg(
        _sum("amount_eur").alias("stated")
    )


def _sum(name: str) -> pl.Expr:
    """Null when nothing is known."""
    return pl.when(pl.col(name).is_not_null().any()).then(pl.col(name).sum()).alias(name)


def _weighed(named: pl.DataFrame, party: str) -> pl.DataFrame:
    """unit, party, share, equal, from `stated` and the `whole` of the unit; a rest that nobody is left for is of null
    funders, and with recipients a matter of proportion."""
    over = pl.col("stated").sum().over("unit")
    silent = pl.col("stated").is_null().sum().over("unit")
    left = pl.col("whole").fill_null(0) - over
    rest = pl.when(left > _ROUNDED * pl.col("whole").fill_null(0)).then(left).otherwise(0.0)
    held = named.with_columns(
        pl.when(over <= 0)
        .then(1 / pl.len().over("unit"))
        .otherwise(pl.coalesce("stated", rest / silent))
        .alias("weight"),
        (pl.col("stated").is_null() & (pl.len().over("unit") > 1) | (over <= 0) & (pl.len().over("unit") > 1)).alias(
            "equal"
        ),
        pl.when((over > 0) & (silent == 0)).then(rest).otherwise(0.0).alias("left"),
    )
    if party == "funder":
        over_all = held.filter(pl.col("left") > 0).group_by("unit").agg(pl.first("left").alias("weight"))
        nobody = over_all.select("unit", _NOBODY.alias(party), "weight", pl.lit(False).alias("equal"))
        held = pl.concat([held.select("unit", party, "weight", "equal"), nobody])
    share = (pl.col("weight") / pl.col("weight").sum().over("unit")).alias("share")
    return held.with_columns(share).select("unit", party, "share", "equal").filter(pl.col("share") > 0)


def _complete(weighed: pl.DataFrame, units: pl.DataFrame, party: str) -> pl.DataFrame:
    rest = units.select("unit").join(weighed, on="unit", how="anti")
    alone = rest.with_columns(_NOBODY.alias(party), pl.lit(1.0).alias("share"), pl.lit(False).alias("equal"))
    return pl.concat([weighed, alone])
