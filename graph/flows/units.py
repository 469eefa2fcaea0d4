"""The sums of money that the sources tell of: grants, loans, other funding, rounds, and investments beside a round."""

from __future__ import annotations

from typing import Final

import polars as pl

from graph.columns import Columns

__all__ = ["UNITS", "units"]

# One row a sum: what was given once, whatever number of rows of `relations` it takes to say so.
UNITS: Final = pl.Schema(
    {
        "unit": pl.UInt32(),
        "key": pl.String(),
        "kind": pl.String(),
        "instrument": pl.String(),  # slug of the role, else null
        "scheme": pl.String(),  # of the instrument
        "effort": pl.UInt32(),  # what it is for; null when it is for an organisation
        "eur": pl.Float64(),  # null when no amount is stated, or none of which the rate is known
        "amount": pl.String(),
        "currency": pl.String(),
        "year": pl.Int16(),  # in which it began, else its effort
        "start": pl.String(),
        "evidence": pl.List(pl.UInt32()),
    }
)


def units(columns: Columns) -> pl.DataFrame:
    """In the order of their keys. An investment whose round states an amount is part of that; a round of which nobody says the
    amount is left out where its investments are here."""
    rows = columns.relations.filter(
        (pl.col("tie") == "funding")
        | ((pl.col("tie") == "investment") & pl.col("part_of").is_null() & pl.col("b").is_not_null())
    ).filter(~pl.col("key").is_in(_silent_rounds(columns).implode()))
    effort = pl.when(pl.col("b_property") == "fundedEffort").then("b").max().alias("effort")
    first = ("kind", "role", "scheme", "amount_eur", "amount", "currency", "start_year", "start", "evidence")
    numbered = rows.with_columns(pl.col("key").rle_id().alias("unit"))  # the table is in the order of the keys
    once = numbered.group_by("unit").agg(effort, *(pl.col(name).first() for name in ("key", *first))).sort("unit")
    began = columns.nodes.select(pl.col("node").alias("effort"), pl.col("start_year").alias("effort_year"))
    return (
        once.join(began, on="effort", how="left", maintain_order="left")
        .with_columns(pl.coalesce("start_year", "effort_year").alias("year"))
        .rename({"role": "instrument", "amount_eur": "eur"})
        .select(*UNITS)
        .cast(UNITS)
    )


def _silent_rounds(columns: Columns) -> pl.Series:
    """Keys of rounds without an amount whose investments stand beside them: the same recipient, the same day as far as it is said."""
    rounds = columns.relations.filter(pl.col("kind") == "InvestmentRound", pl.col("amount").is_null())
    invested = columns.relations.filter(
        pl.col("tie") == "investment", pl.col("part_of").is_null(), pl.col("b").is_not_null()
    )
    pairs = rounds.select("key", "a", "start").join(
        invested.select(pl.col("b").alias("a"), pl.col("start").alias("said")).unique(), on="a"
    )
    same = (
        pl.col("start").eq_missing(pl.col("said"))
        | pl.col("start").str.starts_with(pl.col("said"))
        | pl.col("said").str.starts_with(pl.col("start"))
    )
    return pairs.filter(same)["key"].unique()
