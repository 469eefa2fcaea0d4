"""What each sum is about: technologies as said, the narrowest of them, and the programmes that pay it."""

from __future__ import annotations

from functools import lru_cache

import polars as pl

from graph.columns import Columns
from graph.inside import inside

__all__ = ["programmes", "technologies"]


def technologies(columns: Columns, held: pl.DataFrame) -> pl.DataFrame:
    """unit, recipient, technology (null: not said), share, equal, for each row of `held` (unit, effort, recipient).

    What the effort is about, else what the recipient works on; several have equal parts.
    """
    said = _narrowest(columns)
    rows = held.select("unit", "effort", "recipient")
    of_effort = rows.join(said, left_on="effort", right_on="node")
    rest = rows.join(of_effort.select("unit").unique(), on="unit", how="anti")
    of_recipient = rest.join(said, left_on="recipient", right_on="node", how="left")
    both = pl.concat(
        [of_effort.select("unit", "recipient", "technology"), of_recipient.select("unit", "recipient", "technology")]
    )
    count = pl.len().over("unit", "recipient")
    return both.with_columns((1 / count).alias("share"), (count > 1).alias("equal"))


def programmes(columns: Columns, units: pl.DataFrame) -> pl.DataFrame:
    """unit, programme (null: not said), share, equal: the effort itself, else those of which it is said to be part."""
    kinds = columns.nodes.filter(pl.col("kind") == "Programme").select(pl.col("node").alias("programme"))
    around = columns.relations.filter(pl.col("kind").is_in(["programme", "partOf"]), pl.col("b").is_not_null())
    above = around.select(pl.col("a").alias("effort"), pl.col("b").alias("programme")).unique()
    above = above.join(kinds, on="programme", how="semi")
    itself = kinds.select(pl.col("programme").alias("effort"), "programme")
    said = pl.concat([itself, above.join(itself, on="effort", how="anti")])
    wider = above.join(itself, on="effort", how="semi").rename({"effort": "part"})
    covered = said.join(wider, left_on="programme", right_on="part").select(
        "effort", pl.col("programme_right").alias("programme")
    )
    said = said.join(covered.unique(), on=["effort", "programme"], how="anti")
    rows = units.select("unit", "effort").join(said, on="effort", how="left").select("unit", "programme")
    count = pl.len().over("unit")
    return rows.with_columns((1 / count).alias("share"), (count > 1).alias("equal"))


@lru_cache(maxsize=4)
def _narrowest(columns: Columns) -> pl.DataFrame:
    """node, technology: as the source says, without those of which it says a narrower one as well"""
    direct = columns.technology.filter("direct").select("node", pl.col("tech").alias("technology"))
    pairs = [(part, whole) for whole in direct["technology"].unique() for part in inside(columns, whole)]
    under = pl.DataFrame(pairs, schema={"part": pl.UInt32, "whole": pl.UInt32}, orient="row")
    covered = direct.join(under, left_on="technology", right_on="part").select(
        "node", pl.col("whole").alias("technology")
    )
    return direct.join(covered.unique(), on=["node", "technology"], how="anti").unique()
