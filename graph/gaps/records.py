"""The records behind what a reason says: who took part in what, what is about what, who paid, and where somebody sits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt
import polars as pl

from graph.columns import Columns
from graph.gaps.acquaintance import payments
from graph.gaps.answer import Proof
from graph.gaps.collaboration import Collaboration
from graph.gaps.groups import owners
from graph.gaps.occasions import occasions
from graph.inside import inside

Ints = npt.NDArray[np.int64]
_FACTS = ("call", "closes", "countryCode", "topic")  # whose records are cited
_HEADS = ("coordinator", "principal", "initiator")


@dataclass(frozen=True, eq=False)
class Table:
    """Rows of integers, sorted by the first column, which `of` looks up."""

    key: Ints
    rows: npt.NDArray[np.int64]

    @classmethod
    def from_frame(cls, frame: pl.DataFrame) -> Table:
        """The first column is the key; all columns become int64, null -1."""
        held = frame.with_columns(pl.all().cast(pl.Int64).fill_null(-1)).sort(frame.columns, maintain_order=True)
        return cls(held.to_series(0).to_numpy(), held.drop(held.columns[0]).to_numpy())

    def of(self, key: int) -> npt.NDArray[np.int64]:
        """All rows of the key without it, in order; none has no rows."""
        low, high = np.searchsorted(self.key, [key, key + 1])
        return self.rows[low:high]


@dataclass(frozen=True, eq=False)
class Records:
    """Look-ups by row of actor, which follow the roll-up of the scope, or by node of a thing."""

    columns: Columns
    row_of: Ints  # row by node id, after the roll-up; -1 for what is no actor
    parts: Table  # occasion * actors + row -> relation
    leads: Ints  # occasion * actors + row of whoever was in the lead, ascending
    efforts: Table  # row -> effort, relation; every participation, also where nobody else took part
    technologies: Table  # node -> technology node, relation (-1: a fact says it)
    money: Table  # row -> funder, effort (-1: paid to the organisation itself), relation
    calls: Table  # row -> call, effort
    sites: Table  # row -> relation
    nodes: Ints  # node of each actor

    @property
    def actors(self) -> int:
        """How many."""
        return len(self.nodes)

    @cached_property
    def _evidence(self) -> Sequence[Sequence[int]]:
        return self.columns.relations["evidence"]  # type: ignore[return-value]

    def relation(self, thing: int, *relations: int) -> Proof:
        """The records of the relations, shown at the page of the thing."""
        found = sorted({int(one) for relation in relations for one in self._evidence[int(relation)]})
        return Proof(int(thing), tuple(found))

    def thing(self, node: int) -> Proof:
        """The records that describe a thing."""
        return Proof(int(node), tuple(int(one) for one in self.columns.nodes["evidence"][int(node)]))

    def fact(self, node: int, name: str) -> Proof:
        """The records of a property of a thing (one of `_FACTS`); those that describe it when it has none."""
        found = self._facts.get((int(node), name))
        return Proof(int(node), found) if found else self.thing(node)

    @cached_property
    def _facts(self) -> Mapping[tuple[int, str], tuple[int, ...]]:
        said = self.columns.facts.filter(pl.col("property").is_in(_FACTS)).select("node", "property", "evidence")
        held = said.explode("evidence", empty_as_null=False).unique().sort("evidence")
        return {
            (node, name): tuple(found)
            for node, name, found in held.group_by("node", "property", maintain_order=True).all().iter_rows()
        }

    def part(self, net: Collaboration, row: int, column: int) -> Proof:
        """That the actor took part in the occasion (column of `net.incidence`). A partnership has no page: the actor's."""
        return self.taken(row, net.occasions["occasion"][column], net.occasions["thing"][column])

    def taken(self, row: int, occasion: int, thing: int | None) -> Proof:
        """The same of an occasion by its number in `graph.gaps.occasions`, and of the thing that it is about."""
        found = self.parts.of(occasion * self.actors + row)
        return self.relation(int(self.nodes[row]) if thing is None else thing, *found[:, 0])

    def works_on(self, node: int, techs: Iterable[int]) -> tuple[int, ...]:
        """Relations (or -1) that say that a thing is about one of the technologies, or a narrower one."""
        wide = {part for tech in techs for part in (int(tech), *inside(self.columns, int(tech)))}
        return tuple(int(relation) for tech, relation in self.technologies.of(node) if int(tech) in wide)


def records(net: Collaboration) -> Records:
    """Of the map and the roll-up of the network; kept for the next call."""
    return _records(net.columns, net.scope.rollup)


@lru_cache(maxsize=3)
def _records(columns: Columns, rollup: bool) -> Records:
    nodes = columns.nodes.filter(pl.col("group") == "organisation")["node"].to_numpy().astype(np.int64)
    row_of = np.full(columns.nodes.height, -1, dtype=np.int64)
    row_of[nodes] = owners(columns, nodes) if rollup else np.arange(len(nodes))
    efforts = _efforts(columns, row_of)
    parts, leads = _parts(columns, row_of, len(nodes))
    return Records(
        columns=columns,
        row_of=row_of,
        parts=parts,
        leads=leads,
        efforts=Table.from_frame(efforts),
        technologies=Table.from_frame(_technologies(columns)),
        money=Table.from_frame(_money(columns, row_of, efforts)),
        calls=Table.from_frame(_calls(columns, efforts)),
        sites=Table.from_frame(_rows(columns, row_of, pl.col("tie") == "site").select("row", "relation")),
        nodes=nodes,
    )


def _rows(columns: Columns, row_of: Ints, wanted: pl.Expr) -> pl.DataFrame:
    """row, a, b, relation of those relations whose first end is an actor."""
    held = columns.relations.filter(wanted).select("a", "b", "relation")
    return held.with_columns(pl.Series("row", row_of[held["a"].to_numpy()])).filter(pl.col("row") >= 0)


def _parts(columns: Columns, row_of: Ints, actors: int) -> tuple[Table, Ints]:
    held = occasions(columns).parts
    rows = row_of[held["actor"].to_numpy()]
    head = (pl.col("scheme") == "role") & pl.col("role").is_in(_HEADS)
    roles = columns.relations.select("relation", head.fill_null(False).alias("head"))
    keyed = held.with_columns(pl.Series("key", held["occasion"].to_numpy().astype(np.int64) * actors + rows))
    kept = keyed.filter(pl.Series(rows >= 0)).join(roles, on="relation", maintain_order="left")
    leads = kept.filter("head")["key"].unique().sort().to_numpy()
    return Table.from_frame(kept.select("key", "relation")), leads


def _efforts(columns: Columns, row_of: Ints) -> pl.DataFrame:
    """row, effort, relation"""
    found = _rows(columns, row_of, (pl.col("b_property") == "inEffort") & pl.col("b").is_not_null())
    return found.select("row", pl.col("b").alias("effort"), "relation").unique(
        ["row", "effort"], keep="first", maintain_order=True
    )


def _technologies(columns: Columns) -> pl.DataFrame:
    said = columns.relations.filter(pl.col("tie") == "technology", pl.col("b").is_not_null())
    topics = columns.facts.filter(pl.col("property") == "topic", pl.col("value").str.starts_with("tech/"))
    nodes = columns.nodes.select(pl.col("key").alias("value"), pl.col("node").alias("tech"))
    of_facts = topics.select("node", "value").join(nodes, on="value")
    nothing = pl.lit(None, dtype=pl.UInt32).alias("relation")
    return pl.concat(
        [
            said.select(pl.col("a").alias("node"), pl.col("b").alias("tech"), "relation"),
            of_facts.select("node", "tech", nothing),
        ]
    )


def _money(columns: Columns, row_of: Ints, efforts: pl.DataFrame) -> pl.DataFrame:
    paid = payments(columns).rename({"a": "funder"})
    direct = paid.with_columns(pl.Series("row", row_of[paid["b"].to_numpy()])).filter(pl.col("row") >= 0)
    nothing = pl.lit(None, dtype=pl.UInt32).alias("effort")
    through = efforts.select("row", "effort").join(paid.rename({"b": "effort"}), on="effort")
    return pl.concat(
        [direct.select("row", "funder", nothing, "relation"), through.select("row", "funder", "effort", "relation")]
    )


def _calls(columns: Columns, efforts: pl.DataFrame) -> pl.DataFrame:
    said = columns.facts.filter(pl.col("property") == "call").select(pl.col("node").alias("effort"), "value")
    nodes = columns.nodes.select(pl.col("key").alias("value"), pl.col("node").alias("call"))
    return efforts.join(said.join(nodes, on="value"), on="effort").select("row", "call", "effort")
