"""One side of a comparison: which organisations it stands for, and all that follows from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import polars as pl

from graph.columns import Columns
from graph.compared.parts import arenas, collaborators, narrow_topics, seats
from graph.flows.ledger import ledger
from graph.inside import inside

__all__ = ["FEWEST_MEMBERS", "Side", "Sort", "sorts_of"]

Sort = Literal["region", "technology", "network", "organisation"]
FEWEST_MEMBERS = 2


def sorts_of(columns: Columns, node: int) -> tuple[Sort, ...]:
    """What a thing can be compared as, the first being what it is best; nothing for a person or a call."""
    group = columns.nodes["group"][node]
    if group == "place":
        return ("region",)
    if group == "technology":
        return ("technology",)
    if group not in ("organisation", "effort"):
        return ()
    found: list[Sort] = ["network"] if len(_members(columns, node)) >= FEWEST_MEMBERS else []
    return (*found, "organisation") if group == "organisation" else tuple(found)


def _members(columns: Columns, node: int) -> pl.Series:
    rows = pl.concat([seats(columns), arenas(columns)]).filter(pl.col("thing") == node, pl.col("actor") != node)
    return rows["actor"].unique().sort()


@dataclass(frozen=True, eq=False)
class Side:
    """A thing taken as one of its sorts. Series and frames hold node ids."""

    columns: Columns
    node: int
    sort: Sort

    @cached_property
    def scope(self) -> Sequence[int]:
        """The thing, and what lies inside it (places in a place, narrower technologies)."""
        return sorted({self.node, *inside(self.columns, self.node)})

    @cached_property
    def actors(self) -> pl.Series:
        """The organisations: those with their seat in the region, that work on the technology, that are members, or the one."""
        nodes = self.columns.nodes.filter(pl.col("group") == "organisation")
        match self.sort:
            case "region":
                return nodes.filter(pl.col("place").is_in(self.scope))["node"]
            case "technology":
                on = self.columns.technology.filter(pl.col("tech") == self.node)["node"]
                return nodes.filter(pl.col("node").is_in(on.implode()))["node"]
            case "network":
                return _members(self.columns, self.node)
            case "organisation":
                return pl.Series([self.node], dtype=pl.UInt32)

    def of_actors(self, frame: pl.DataFrame, name: str) -> pl.DataFrame:
        """The rows of a frame in which the column names one of the organisations."""
        return frame.filter(pl.col(name).is_in(self.actors.implode()))

    @cached_property
    def projects(self) -> pl.DataFrame:
        """node, weight: efforts in which they take part, by how many of them; of a technology the efforts about it."""
        if self.sort == "technology":
            efforts = self.columns.nodes.filter(pl.col("group") == "effort").select("node")
            on = self.columns.technology.filter(pl.col("tech") == self.node).select("node").unique()
            return on.join(efforts, on="node", how="semi").with_columns(pl.lit(1.0).alias("weight"))
        rows = self.of_actors(seats(self.columns), "actor").filter(pl.col("thing") != self.node)
        return _counted(rows, "thing", "actor")

    @cached_property
    def partners(self) -> pl.DataFrame:
        """node, weight: organisations outside of it that work with one of them, by how many."""
        rows = self.of_actors(collaborators(self.columns), "a")
        return _counted(rows.filter(~pl.col("b").is_in(self.actors.implode())), "b", "a")

    @cached_property
    def technologies(self) -> pl.DataFrame:
        """node, weight: what they state or do projects about, by how many of them and of their projects say so."""
        about = pl.concat([self.actors.alias("node").cast(pl.UInt32), self.projects["node"].cast(pl.UInt32)]).unique()
        rows = narrow_topics(self.columns).filter(pl.col("node").is_in(about.implode()))
        found = _counted(rows, "tech", "node")
        return found.filter(~pl.col("node").is_in(self.scope)) if self.sort == "technology" else found

    @cached_property
    def arenas(self) -> pl.DataFrame:
        """node, weight: networks and events in which they are."""
        return _counted(
            self.of_actors(arenas(self.columns), "actor").filter(pl.col("thing") != self.node), "thing", "actor"
        )

    @cached_property
    def got(self) -> pl.DataFrame:
        """The parts of sums that they received, or that are for the technology."""
        parts = ledger(self.columns).parts
        if self.sort == "technology":
            return parts.filter(pl.col("technology").is_in(self.scope))
        return self.of_actors(parts, "recipient")

    @cached_property
    def gave(self) -> pl.DataFrame:
        """The parts of sums that they paid; none for a technology."""
        parts = ledger(self.columns).parts
        return parts.clear() if self.sort == "technology" else self.of_actors(parts, "funder")

    @cached_property
    def funders(self) -> pl.DataFrame:
        """node, weight: who pays them, by euro; null where no amount is known."""
        known = pl.when(pl.col("eur").is_not_null().any()).then(pl.col("eur").sum())
        rows = self.got.filter(pl.col("funder").is_not_null())
        return rows.group_by(pl.col("funder").alias("node")).agg(known.alias("weight"))


def _counted(rows: pl.DataFrame, name: str, by: str) -> pl.DataFrame:
    return rows.group_by(pl.col(name).alias("node")).agg(pl.col(by).n_unique().cast(pl.Float64).alias("weight"))
