"""Money as events: each grant, loan and round once."""

from __future__ import annotations

import polars as pl

from graph.columns import Columns

_GIVERS = ("funder", "investor")
_TIES = ("funding", "investment")


def money(columns: Columns) -> pl.DataFrame:
    """One row for each, with the columns of `graph.timeline.EVENTS`: `node` is the effort that is paid, else who receives;
    `other` who pays, where one is named."""
    rows = columns.relations.filter(pl.col("tie").is_in(_TIES))
    whole, parts = _rounds(rows)
    givers = (
        pl.concat([whole, parts])
        .group_by("key", maintain_order=True)
        .agg(
            _end("a", "a_property", _GIVERS).alias("other"),
            pl.concat_list("a", "b").explode().drop_nulls().unique().alias("nodes"),
        )
    )
    ends = whole.group_by("key", maintain_order=True).agg(
        _end("b", "b_property", ("fundedEffort",)).alias("paid"),
        pl.coalesce(_end("b", "b_property", ("recipient",)), _end("a", "a_property", ("recipient",))).alias("given"),
        pl.col("start", "amount", "currency", "amount_eur", "evidence").first(),
    )
    events = ends.join(givers, on="key", how="left", maintain_order="left")
    events = events.with_columns(pl.coalesce("paid", "given", "other").alias("node"))
    begins = columns.nodes.select(pl.col("node").alias("paid"), pl.col("group"), pl.col("start").alias("begins"))
    return events.join(begins, on="paid", how="left", maintain_order="left").select(
        pl.lit("funded").alias("kind"),
        pl.coalesce("start", "begins").alias("date"),
        "node",
        pl.when(pl.col("other") != pl.col("node")).then("other").alias("other"),
        "amount",
        "currency",
        "amount_eur",
        "evidence",
        "nodes",
        pl.when(pl.col("group") == "effort").then("paid").alias("effort"),
    )


def _rounds(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """(what counts, what is part of a round under the key of the round): a stake of an investor is part of the round that
    says so, or of one for the same organisation on the same day."""
    rounds = rows.filter(pl.col("kind") == "InvestmentRound")
    days = rounds.filter(pl.col("start").is_not_null()).select(
        pl.col("key").alias("of_day"), pl.col("a").alias("b"), "start"
    )
    days = days.unique(["b", "start"], keep="first", maintain_order=True)
    held = rows.join(days, on=["b", "start"], how="left", maintain_order="left")
    whole_key = pl.when(pl.col("tie") == "investment").then(pl.coalesce("part_of", "of_day"))
    held = held.with_columns(whole_key.alias("whole")).drop("of_day")
    known = rows.select(pl.col("key").unique())["key"].implode()
    part = pl.col("whole").is_not_null() & pl.col("whole").is_in(known)
    parts = held.filter(part).with_columns(pl.col("whole").alias("key"))
    return held.filter(~part.fill_null(False)).drop("whole"), parts.drop("whole")


def _end(node: str, name: str, properties: tuple[str, ...]) -> pl.Expr:
    """The first end of a relation that stands there as one of these properties; null without one."""
    return pl.col(node).filter(pl.col(name).is_in(properties)).first()
