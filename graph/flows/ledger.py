"""Every sum taken apart by who pays, who gets it, and what it is about; the parts of a sum add up to it."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from graph.columns import Columns
from graph.flows.parties import funders, recipients
from graph.flows.subjects import programmes, technologies
from graph.flows.units import units
from graph.once import once

__all__ = ["Ledger", "ledger"]


@dataclass(frozen=True, eq=False)
class Ledger:
    """`units` as in `graph.flows.units`. `parts`: unit, funder, programme, technology, recipient (node ids, null where nobody
    says), share (of the unit; the shares of a unit add up to one), equal (whether a split in equal parts was needed for it
    because the source does not say), eur (null where the unit has none), year, and of the recipient kind, county, country."""

    units: pl.DataFrame
    parts: pl.DataFrame


@once(2)
def ledger(columns: Columns) -> Ledger:
    """The money of a map; kept for the last generations."""
    held = units(columns)
    got = recipients(columns, held).join(held.select("unit", "effort"), on="unit")
    about = technologies(columns, got).rename({"share": "t_share", "equal": "t_equal"})
    given = funders(columns, held).rename({"share": "f_share", "equal": "f_equal"})
    under = programmes(columns, held).rename({"share": "p_share", "equal": "p_equal"})
    parts = (
        got.join(about, on=["unit", "recipient"], nulls_equal=True)
        .join(given, on="unit")
        .join(under, on="unit")
        .join(held.select("unit", "eur", "year", "instrument", "kind"), on="unit")
        .with_columns(
            (pl.col("share") * pl.col("t_share") * pl.col("f_share") * pl.col("p_share")).alias("share"),
            (pl.col("equal") | pl.col("t_equal") | pl.col("f_equal") | pl.col("p_equal")).alias("equal"),
            pl.coalesce("instrument", "kind").alias("instrument"),
        )
        .drop("kind", "effort", "t_share", "f_share", "p_share", "t_equal", "f_equal", "p_equal")
        .with_columns((pl.col("eur") * pl.col("share")).alias("eur"))
    )
    place = columns.nodes.select(pl.col("node").alias("recipient"), "kind", "county", "country")
    return Ledger(held, parts.join(place, on="recipient", how="left"))
