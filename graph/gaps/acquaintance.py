"""Direct links between two organisations that are no collaboration, but where two have one nobody misses anything.

An investment, ownership, support, a change of organisation, funding, being a unit or part of the other, and taking part in
an organisation that is an effort too, such as a network or a centre. Whoever pays for a project knows who takes part in it
when it is not one who pays for everything: see `_patrons`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import polars as pl

from graph.columns import Columns
from graph.gaps.actors import ActorType, actor_type
from graph.gaps.occasions import occasions

_TIES: Final = ("investment", "ownership", "support", "change", "funding", "participation", "membership")
_WHOLE: Final = ("unitOf", "partOf")
# Public funders and foundations pay for thousands of projects and for rivals in one call: that joins nobody. One of another
# type that pays for more efforts than these is a funder, whatever its type is called.
_PATRONS: Final[tuple[ActorType, ...]] = ("company", "research", "investor", "support")
_MOST_EFFORTS: Final = 20


@lru_cache(maxsize=4)
def acquaintances(columns: Columns) -> pl.DataFrame:
    """tie (as in `graph.ties`), a, b (node ids of organisations), thing (the project that `a` pays for and `b` takes part in,
    else null), relation, other (a second row of `columns.relations` that it rests on, else null); no pair twice for one
    relation."""
    organisations = columns.nodes.filter(pl.col("group") == "organisation").select("node", "kind")
    rows = columns.relations.filter(
        pl.col("tie").is_in(_TIES) | pl.col("a_property").is_in(_WHOLE), pl.col("b").is_not_null()
    )
    nothing = pl.lit(None, dtype=pl.UInt32)
    direct = rows.select("tie", "a", "b", nothing.alias("thing"), "relation", nothing.alias("other"))
    found = pl.concat([direct, _patrons(columns, organisations)])
    for end in ("a", "b"):
        found = found.join(organisations.select(pl.col("node").alias(end)), on=end, how="semi", maintain_order="left")
    return found.filter(pl.col("a") != pl.col("b"))


def payments(columns: Columns) -> pl.DataFrame:
    """a (who pays), b (an organisation or an effort), relation."""
    rows = columns.relations.filter(
        pl.col("tie") == "funding", pl.col("a_property") == "funder", pl.col("b").is_not_null()
    )
    return rows.select("a", "b", "relation")


def _patrons(columns: Columns, organisations: pl.DataFrame) -> pl.DataFrame:
    """Those who pay for a project with its participants."""
    types = {kind: actor_type(kind) for kind in organisations["kind"].unique()}
    kept = organisations.filter(pl.col("kind").replace_strict(types, return_dtype=pl.String).is_in(_PATRONS))
    paid = payments(columns).rename({"b": "thing"})
    paid = paid.join(kept.select(pl.col("node").alias("a")), on="a", how="semi", maintain_order="left")
    few = paid.group_by("a").agg(pl.col("thing").n_unique()).filter(pl.col("thing") <= _MOST_EFFORTS)
    held = occasions(columns)
    projects = held.table.filter(pl.col("tie") == "project").select("occasion", "thing")
    parts = held.parts.join(projects, on="occasion").select(
        "thing", pl.col("actor").alias("b"), pl.col("relation").alias("other")
    )
    found = paid.join(few.select("a"), on="a", how="semi", maintain_order="left").join(
        parts, on="thing", maintain_order="left_right"
    )
    return found.select(pl.lit("funding").alias("tie"), "a", "b", "thing", "relation", "other")
