"""Who takes part in what, who works together, and what is said of both: the tables that sides are cut from."""

from __future__ import annotations

import polars as pl

from graph.columns import Columns
from graph.once import once
from graph.shortcuts import below

__all__ = ["arenas", "collaborators", "joint", "narrow_topics", "seats"]

_PROJECTS = [*below("Project"), *below("Consortium")]
_MOST = 60  # participants of a project in which all still work together, as in ontology/rules


@once(2)
def seats(columns: Columns) -> pl.DataFrame:
    """actor, thing: who takes part in which project or other effort; members and visitors are not in it."""
    rows = _taking_part(columns).filter(
        pl.col("kind") != "Membership", pl.col("role").is_null() | (pl.col("role") != "attendee")
    )
    efforts = columns.nodes.filter(pl.col("group") == "effort", ~pl.col("kind").is_in(list(below("Event"))))
    return (
        rows.select("actor", "thing")
        .unique()
        .join(efforts.select(pl.col("node").alias("thing")), on="thing", how="semi")
    )


@once(2)
def arenas(columns: Columns) -> pl.DataFrame:
    """actor, thing: networks and other organisations of which it is a member or in which it takes part, and events."""
    kinds = columns.nodes.filter(
        (pl.col("group") == "organisation") | pl.col("kind").is_in(list(below("Event")))
    ).select(pl.col("node").alias("thing"))
    member = _taking_part(columns).filter(pl.col("kind") == "Membership").select("actor", "thing")
    inside = _taking_part(columns).select("actor", "thing").join(kinds, on="thing", how="semi")
    return pl.concat([member, inside]).unique()


@once(2)
def joint(columns: Columns) -> pl.DataFrame:
    """actor, thing: projects and consortia with 2 to 60 participants, in which those who take part work together."""
    things = columns.nodes.filter(pl.col("kind").is_in(_PROJECTS)).select(pl.col("node").alias("thing"))
    rows = _taking_part(columns).filter(
        pl.col("kind") != "Membership", pl.col("role").is_null() | (pl.col("role") != "attendee")
    )
    held = rows.select("actor", "thing").unique().join(things, on="thing", how="semi")
    return held.filter(pl.len().over("thing").is_between(2, _MOST))


@once(2)
def collaborators(columns: Columns) -> pl.DataFrame:
    """a, b: who works with whom, in both directions."""
    return columns.links.filter(pl.col("property") == "collaboratesWith").select("a", "b")


@once(2)
def narrow_topics(columns: Columns) -> pl.DataFrame:
    """node, tech: the technologies that the sources say themselves."""
    return columns.technology.filter("direct").select("node", "tech").unique()


@once(2)
def _taking_part(columns: Columns) -> pl.DataFrame:
    rows = columns.relations.filter(pl.col("b_property") == "inEffort", pl.col("b").is_not_null())
    return rows.select(pl.col("a").alias("actor"), pl.col("b").alias("thing"), "kind", "role")
