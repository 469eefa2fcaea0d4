"""What stands behind many ties at once, as one table."""

from __future__ import annotations

import numpy as np
import polars as pl

from graph.gaps.collaboration import Collaboration, Ints
from graph.gaps.occasions import occasions


def tie_table(net: Collaboration, pairs: Ints) -> pl.DataFrame:
    """For each pair of rows (m, 2; the lower first) with a tie, in their order: tie (list), count of occasions, start, end
    (years), thing (list of node ids), document (list of addresses)."""
    both = _met(net, pairs)
    documents = _documents(net, both)
    return (
        both.group_by("pair", maintain_order=True)
        .agg(
            pl.col("tie").unique().sort(),
            pl.len().alias("count"),
            pl.min("start"),
            pl.max("end"),
            pl.col("thing").drop_nulls().unique(maintain_order=True),
        )
        .join(documents, on="pair", how="left")
        .sort("pair")
    )


def _met(net: Collaboration, pairs: Ints) -> pl.DataFrame:
    """pair, a, b, column, tie, thing, start, end: one row for each occasion that a pair shares."""
    numbered = pl.DataFrame({"pair": np.arange(len(pairs)), "a": pairs[:, 0], "b": pairs[:, 1]})
    taking = net.incidence.tocoo()
    took = pl.DataFrame({"row": taking.coords[0].astype(np.int64), "column": taking.coords[1].astype(np.int64)})
    took = took.filter(pl.col("row").is_in(np.unique(pairs)))
    both = took.rename({"row": "a"}).join(took.rename({"row": "b"}), on="column").filter(pl.col("a") < pl.col("b"))
    told = net.occasions.with_row_index("column").select(
        pl.col("column").cast(pl.Int64),
        "tie",
        "thing",
        pl.when(pl.col("start") >= 0).then("start").alias("start"),
        pl.when(pl.max_horizontal("start", "end") >= 0).then(pl.max_horizontal("start", "end")).alias("end"),
    )
    return both.join(numbered, on=["a", "b"]).join(told, on="column").sort("pair", "column")


def _documents(net: Collaboration, both: pl.DataFrame) -> pl.DataFrame:
    """pair, document: the addresses of the records that say that its two took part."""
    parts = _parts(net)
    ends = [both.select("pair", "column", pl.col(end).alias("row")) for end in ("a", "b")]
    told = pl.concat(ends).join(parts, on=["column", "row"])
    return told.group_by("pair").agg(pl.col("document").explode().drop_nulls().unique().sort())


def _parts(net: Collaboration) -> pl.DataFrame:
    """column, row, document (list): the addresses of the records that say that a row took part in an occasion."""
    held = occasions(net.columns).parts
    rows = net.rows_of(held["actor"])
    evidence = net.columns.relations.select("relation", "evidence").explode("evidence").drop_nulls()
    evidence = evidence.join(net.columns.evidence.select("evidence", "document"), on="evidence")
    by_relation = evidence.group_by("relation").agg("document")
    columns = net.occasions.with_row_index("column").select(pl.col("column").cast(pl.Int64), "occasion")
    return (
        held.with_columns(pl.Series("row", rows))
        .join(columns, on="occasion")
        .join(by_relation, on="relation")
        .group_by("column", "row")
        .agg(pl.col("document").explode())
    )
