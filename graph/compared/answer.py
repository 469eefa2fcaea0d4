"""What two sides share, what only one has, figures, bars, and what flows between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import polars as pl

from graph.compared.parts import collaborators, joint, narrow_topics
from graph.compared.sides import Side, Sort
from graph.flows.asked import shown_technology
from graph.flows.bands import Known

__all__ = [
    "Bar",
    "Between",
    "Facet",
    "FacetName",
    "bars_by_technology",
    "bars_by_year",
    "between",
    "facets",
    "known_of",
]

FacetName = Literal["organisations", "partners", "technologies", "funders", "projects", "arenas"]
_FACETS: Final[dict[Sort, tuple[FacetName, ...]]] = {
    "region": ("partners", "technologies", "funders", "projects"),
    "technology": ("organisations", "funders", "projects"),
    "network": ("organisations", "technologies", "funders", "projects"),
    "organisation": ("partners", "technologies", "funders", "projects", "arenas"),
}


@dataclass(frozen=True, slots=True)
class Facet:
    """`rows`: node, a, b (weights; null on the side that has not got it, or whose money is not known), in_a, in_b; those of
    both first, then the weightiest. Weights are counts, of funders euro."""

    name: FacetName
    rows: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Bar:
    """`of` is a node id of a technology, or a year. Projects are counted, money is euro (null: not known)."""

    of: int
    a: int
    b: int
    a_eur: float | None
    b_eur: float | None


@dataclass(frozen=True, slots=True)
class Between:
    """`pairs` of organisations, one a side, that work together; the `projects` (thing, year; the newest first) in which one of
    each side takes part; money that went from side to side. Organisations of both sides are no pair with themselves."""

    pairs: int
    projects: pl.DataFrame
    a_to_b: Known
    b_to_a: Known


def facets(a: Side, b: Side) -> tuple[Facet, ...]:
    """Those that make sense for the sort of both."""
    return tuple(Facet(name, _beside(a, b, name)) for name in _FACETS[a.sort])


def _beside(a: Side, b: Side, name: FacetName) -> pl.DataFrame:
    one, other = (_table(side, name).rename({"weight": end}) for side, end in ((a, "a"), (b, "b")))
    held = one.with_columns(pl.lit(value=True).alias("in_a")).join(
        other.with_columns(pl.lit(value=True).alias("in_b")), on="node", how="full", coalesce=True
    )
    held = held.filter(~pl.col("node").is_in([a.node, b.node]))
    weight = pl.max_horizontal(pl.col("a").fill_null(0), pl.col("b").fill_null(0))
    marked = held.with_columns(pl.col("in_a", "in_b").fill_null(value=False), weight.alias("weight"))
    degree = a.columns.nodes["degree"].gather(marked["node"])
    return (
        marked.with_columns((pl.col("in_a") & pl.col("in_b")).alias("both"), degree.alias("degree"))
        .sort(["both", "weight", "degree", "node"], descending=[True, True, True, False])
        .drop("both", "weight", "degree")
    )


def _table(side: Side, name: FacetName) -> pl.DataFrame:
    match name:
        case "organisations":
            return pl.DataFrame({"node": side.actors}).with_columns(pl.lit(1.0).alias("weight"))
        case "partners":
            return side.partners
        case "technologies":
            return side.technologies
        case "funders":
            return side.funders
        case "projects":
            return side.projects
        case "arenas":
            return side.arenas


def known_of(parts: pl.DataFrame) -> Known:
    """The money of some parts of sums, with its coverage."""
    paid = parts.filter(pl.col("eur").is_not_null())
    known, units = paid["unit"].n_unique(), parts["unit"].n_unique()
    eur = float(paid["eur"].sum()) if known else None
    return Known(eur, known, units - known, float(paid.filter("equal")["eur"].sum()))


def bars_by_technology(a: Side, b: Side) -> tuple[Bar, ...]:
    """Areas below the top by projects about them and money for them, the most projects first."""
    counts = [_projects_by(side, _areas(side)) for side in (a, b)]
    money = [_money_by(side.got.with_columns(shown_technology(side.columns, ()).alias("of"))) for side in (a, b)]
    made = _bars(counts, money)
    return tuple(sorted(made, key=lambda bar: (-(bar.a + bar.b), -((bar.a_eur or 0) + (bar.b_eur or 0)), bar.of)))


def bars_by_year(a: Side, b: Side) -> tuple[Bar, ...]:
    """Years in which projects and sums began, in the order of time; what has no date is in none."""
    counts = [_projects_by(side, _years(side)) for side in (a, b)]
    money = [_money_by(side.got.with_columns(pl.col("year").cast(pl.UInt32).alias("of"))) for side in (a, b)]
    return tuple(sorted(_bars(counts, money), key=lambda bar: bar.of))


def _areas(side: Side) -> pl.DataFrame:
    """node, of: projects and their areas"""
    topics = narrow_topics(side.columns).rename({"tech": "technology"})
    return topics.select("node", shown_technology(side.columns, ()).alias("of")).unique()


def _years(side: Side) -> pl.DataFrame:
    dated = side.columns.nodes.filter(pl.col("start_year").is_not_null())
    return dated.select("node", pl.col("start_year").cast(pl.UInt32).alias("of"))


def _projects_by(side: Side, of: pl.DataFrame) -> dict[int, int]:
    counted = side.projects.join(of, on="node").group_by("of").agg(pl.col("node").n_unique())
    return {int(value): int(count) for value, count in counted.iter_rows()}


def _money_by(parts: pl.DataFrame) -> dict[int, float]:
    paid = parts.filter(pl.col("eur").is_not_null(), pl.col("of").is_not_null())
    return {int(value): float(eur) for value, eur in paid.group_by("of").agg(pl.col("eur").sum()).iter_rows()}


def _bars(counts: list[dict[int, int]], money: list[dict[int, float]]) -> list[Bar]:
    values = {*counts[0], *counts[1], *money[0], *money[1]}
    return [
        Bar(value, counts[0].get(value, 0), counts[1].get(value, 0), money[0].get(value), money[1].get(value))
        for value in values
    ]


def between(a: Side, b: Side) -> Between:
    """What joins the two sides. To share an arena is not to work together, and is not in it."""
    pairs = a.of_actors(collaborators(a.columns), "a")
    across = pairs.filter(pl.col("b").is_in(b.actors.implode()))
    once = across.select(pl.min_horizontal("a", "b").alias("a"), pl.max_horizontal("a", "b").alias("b")).n_unique()
    return Between(
        pairs=once if len(across) else 0,
        projects=_together(a, b),
        a_to_b=known_of(b.of_actors(a.gave, "recipient")),
        b_to_a=known_of(a.of_actors(b.gave, "recipient")),
    )


def _together(a: Side, b: Side) -> pl.DataFrame:
    """thing, year"""
    if a.sort == "technology":
        held = a.projects.select("node").join(b.projects, on="node", how="semi").rename({"node": "thing"})
    else:
        ones, others = (side.of_actors(joint(side.columns), "actor") for side in (a, b))
        met = ones.join(others, on="thing").filter(pl.col("actor") != pl.col("actor_right"))
        held = met.select("thing").unique()
    years = a.columns.nodes.select(pl.col("node").alias("thing"), pl.col("start_year").alias("year"))
    dated = held.select(pl.col("thing").cast(pl.UInt32)).join(years, on="thing", how="left")
    return dated.sort(["year", "thing"], descending=[True, False], nulls_last=True)
