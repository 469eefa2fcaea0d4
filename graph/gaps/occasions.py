"""What ties organisations: projects, partnerships, joint leads and joint ventures, each with its parties and its years.

The rules are those of `ce:collaboratesWith` (ontology/rules, docs/decisions/0003) without its limit on partners, which the
scope sets.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import polars as pl

from graph.columns import Columns
from graph.shortcuts import LEADS, below
from ontology.terms import CLASSES

__all__ = ["Occasions", "occasions", "project_parts", "things"]

_PROJECTS = below("Project") + below("Consortium")
_NOT_LASTING = below("Project") + below("Event")


@dataclass(frozen=True, eq=False)
class Occasions:
    """`table`: occasion (row number), tie, thing (node id of the effort or joint venture; null for a partnership), start, end (years,
    null when unknown), relation (the first row of `columns.relations` it comes from). `parts`: occasion, actor (node id),
    relation; an actor may stand twice."""

    table: pl.DataFrame
    parts: pl.DataFrame


@lru_cache(maxsize=4)
def occasions(columns: Columns) -> Occasions:
    """All that the map knows, in the order of ties, things and relations."""
    held = pl.concat([_projects(columns), _partnerships(columns), _leads(columns), _ventures(columns)])
    things = columns.nodes.select(pl.col("node").alias("thing"), "start_year", "end_year")
    order = ["tie", "key"]
    parts = held.with_columns(pl.struct(order).rank("dense").cast(pl.UInt32).sub(1).alias("occasion"))
    table = (
        parts.group_by("occasion")
        .agg(
            pl.first("tie"),
            pl.first("thing"),
            pl.min("relation"),
            pl.min("start").alias("from_parts"),
            pl.max("end").alias("to_parts"),
        )
        .join(things, on="thing", how="left")
        .select(
            "occasion",
            "tie",
            "thing",
            pl.coalesce("start_year", "from_parts").alias("start"),
            pl.coalesce("end_year", "to_parts").alias("end"),
            "relation",
        )
        .sort("occasion")
    )
    return Occasions(table, parts.select("occasion", "actor", "relation").sort("occasion", "actor", "relation"))


@lru_cache(maxsize=4)
def things(columns: Columns) -> npt.NDArray[np.int64]:
    """The thing of each occasion, by its number; -1 for a partnership."""
    return occasions(columns).table["thing"].cast(pl.Int64).fill_null(-1).to_numpy()


def project_parts(columns: Columns) -> pl.DataFrame:
    """The rows of `columns.relations` by which somebody takes part in a project or a consortium, and does not only attend."""
    return _parts(columns).filter(
        pl.col("role") != "attendee", ~pl.col("kind").is_in(below("Membership")), _of_kind(columns, _PROJECTS)
    )


def _projects(columns: Columns) -> pl.DataFrame:
    return _frame(project_parts(columns), "project", pl.col("b"))


def _leads(columns: Columns) -> pl.DataFrame:
    lasting = [kind for kind in CLASSES if kind not in _NOT_LASTING]
    rows = _parts(columns).filter(
        pl.col("a_property") == "participant", pl.col("role").is_in(LEADS), _of_kind(columns, lasting)
    )
    return _frame(rows, "lead", pl.col("b"))


def _ventures(columns: Columns) -> pl.DataFrame:
    rows = columns.relations.filter(
        pl.col("b_property") == "owned", pl.col("scheme") == "role", pl.col("role") == "joint-owner"
    )
    return _frame(rows, "venture", pl.col("b"))


def _partnerships(columns: Columns) -> pl.DataFrame:
    rows = columns.relations.filter(pl.col("tie") == "partnership", pl.col("b").is_not_null())
    other = rows.with_columns(pl.col("b").alias("a"))
    nothing = pl.lit(None, dtype=pl.UInt32)
    return _frame(pl.concat([rows, other]), "partnership", nothing, pl.col("key"))


def _parts(columns: Columns) -> pl.DataFrame:
    return columns.relations.filter(pl.col("b_property") == "inEffort", pl.col("scheme") == "role")


def _of_kind(columns: Columns, kinds: list[str]) -> pl.Expr:
    nodes = columns.nodes.filter(pl.col("kind").is_in(kinds))["node"]
    return pl.col("b").is_in(nodes.implode())


def _frame(rows: pl.DataFrame, tie: str, thing: pl.Expr, key: pl.Expr | None = None) -> pl.DataFrame:
    return rows.select(
        pl.lit(tie).alias("tie"),
        thing.alias("thing"),
        (pl.col("b").cast(pl.String).str.zfill(10) if key is None else key).alias("key"),
        pl.col("a").alias("actor"),
        "relation",
        pl.col("start_year").alias("start"),
        pl.col("end_year").alias("end"),
    )
