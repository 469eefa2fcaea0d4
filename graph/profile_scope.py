"""Whom and what a technology or a place holds, and who takes part in what."""

from __future__ import annotations

from functools import lru_cache

import polars as pl

from graph.columns import Columns

_NOBODY = pl.Series("node", [], dtype=pl.UInt32)


def things_of(columns: Columns, node: int) -> pl.Series:
    """Node ids of all that has to do with a technology (or a narrower one), or has a site in a place (or one within it)."""
    group = columns.nodes["group"][node]
    if group == "technology":
        return columns.technology.filter(pl.col("tech") == node)["node"].unique().sort()
    if group == "place":
        return columns.links.filter(pl.col("property") == "inRegion", pl.col("b") == node)["a"].unique().sort()
    return _NOBODY


@lru_cache(maxsize=4)
def taking_part(columns: Columns) -> pl.DataFrame:
    """actor, effort (node ids), relation, role, kind: every row by which an organisation takes part in something."""
    organisations = columns.nodes.filter(pl.col("group") == "organisation")["node"]
    rows = columns.relations.filter(
        pl.col("b_property") == "inEffort", pl.col("b").is_not_null(), pl.col("a").is_in(organisations.implode())
    )
    return rows.select(pl.col("a").alias("actor"), pl.col("b").alias("effort"), "relation", "role", "kind")


def organisations_of(columns: Columns, node: int) -> pl.DataFrame:
    """Who works on a technology or sits in a place: node, efforts (how many of its efforts count), first, last (years; null),
    relation (list: the newest rows that say so), most efforts first.

    Of a technology the efforts are those about it, and who takes part in one works on it; of a place they are all in which
    somebody who sits there takes part.
    """
    things = things_of(columns, node)
    nodes = columns.nodes.select("node", "group", "degree", "start_year", "end_year")
    here = nodes.filter(pl.col("node").is_in(things.implode()))
    parts = taking_part(columns)
    if columns.nodes["group"][node] == "technology":
        efforts = here.filter(pl.col("group") == "effort")["node"]
        parts = parts.filter(pl.col("effort").is_in(efforts.implode()))
    else:
        parts = parts.filter(pl.col("actor").is_in(things.implode()))
    dated = parts.join(nodes.select("node", "start_year", "end_year"), left_on="effort", right_on="node")
    counted = (
        dated.sort("start_year", descending=True, nulls_last=True)
        .group_by("actor", maintain_order=True)
        .agg(
            pl.col("effort").n_unique().alias("efforts"),
            pl.min("start_year").alias("first"),
            pl.max("end_year").alias("ended"),
            pl.max("start_year").alias("begun"),
            pl.col("relation").head(3),
            pl.col("effort").unique(maintain_order=True).head(3).alias("via"),
        )
    )
    told = here.filter(pl.col("group") == "organisation").select("node")
    everybody = pl.concat([told, counted.select(pl.col("actor").alias("node"))]).unique()
    return (
        everybody.join(counted, left_on="node", right_on="actor", how="left")
        .join(nodes.select("node", "degree"), on="node")
        .with_columns(pl.col("efforts").fill_null(0), pl.max_horizontal("ended", "begun").alias("last"))
        .sort(["efforts", "degree", "node"], descending=[True, True, False])
    )
