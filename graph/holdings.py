"""What each source gives to the map, and how much of it says when, where, about what and for how much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from graph.columns import Columns
from graph.once import once

_MONEY = ("funding", "investment")


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of `all` say it; what stands in no list here was not asked of them."""

    all: int
    known: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Holding:
    """What one source says. A thing that two sources describe counts in both.

    `kinds`: things by class; `ties`: relations by tie, each once; `properties`: facts by property; all most first.
    `documents`: pages or records that are named; `published`, `retrieved`: the newest such day, None where none is said.
    """

    organisations: int
    efforts: int
    relations: int
    facts: int
    documents: int
    kinds: tuple[tuple[str, int], ...]
    ties: tuple[tuple[str, int], ...]
    properties: tuple[tuple[str, int], ...]
    published: str | None
    retrieved: str | None
    of_organisations: Coverage
    of_efforts: Coverage


@once(4)
def holdings(columns: Columns) -> Mapping[str | None, Holding]:
    """By name of the source; None holds the whole map. Made once for each generation."""
    source = columns.evidence.select("evidence", "source")
    told = _told(columns)
    nodes, relations, facts = (
        _by_source(frame, source)
        for frame in (
            told.select("node", "evidence"),
            columns.relations.select("key", "tie", "evidence"),
            columns.facts.with_row_index("fact").select("fact", "property", "evidence"),
        )
    )
    names = source["source"].drop_nulls().unique().sort().to_list()
    whole = _holding(told, told, columns.relations, columns.facts.with_row_index("fact"), columns.evidence)
    held: dict[str | None, Holding] = {None: whole}
    for name in names:
        mine = pl.col("source") == name
        held[name] = _holding(
            told, nodes.filter(mine), relations.filter(mine), facts.filter(mine), columns.evidence.filter(mine)
        )
    return held


def _by_source(frame: pl.DataFrame, source: pl.DataFrame) -> pl.DataFrame:
    """One row for each source that says it."""
    return frame.explode("evidence").drop_nulls("evidence").join(source, on="evidence").drop("evidence").unique()


def _told(columns: Columns) -> pl.DataFrame:
    """Organisations and efforts, with what is known of each as booleans."""
    rows = columns.relations
    taking = rows.filter(pl.col("tie") == "participation")
    placed = columns.nodes.filter(pl.col("place").is_not_null() | pl.col("country").is_not_null())["node"].implode()
    paid = pl.concat(
        [
            rows.filter(pl.col("tie").is_in(_MONEY) & pl.col("amount").is_not_null())["b"],
            taking.filter(pl.col("amount").is_not_null())["b"],
            columns.facts.filter(pl.col("property") == "totalCost")["node"],
        ]
    )
    at = taking.filter(pl.col("a").is_in(placed))["b"]
    things = columns.nodes.filter(pl.col("group").is_in(["organisation", "effort"]))
    node = pl.col("node")
    return things.select(
        "node",
        "group",
        "kind",
        "evidence",
        (pl.col("start").is_not_null() | pl.col("end").is_not_null()).alias("dates"),
        (node.is_in(placed) | node.is_in(at.drop_nulls().unique().implode())).alias("place"),
        node.is_in(columns.technology["node"].unique().implode()).alias("technology"),
        node.is_in(paid.drop_nulls().unique().implode()).alias("money"),
        pl.col("homepage").is_not_null().alias("homepage"),
        (pl.col("degree") > 0).alias("ties"),
        (pl.col("description_en").is_not_null() | pl.col("description_sv").is_not_null()).alias("description"),
    )


def _holding(
    told: pl.DataFrame, nodes: pl.DataFrame, relations: pl.DataFrame, facts: pl.DataFrame, evidence: pl.DataFrame
) -> Holding:
    things = told.join(nodes.select("node").unique(), on="node", how="semi")
    organisations = things.filter(pl.col("group") == "organisation")
    efforts = things.filter(pl.col("group") == "effort")
    once = relations.select("key", "tie").unique()
    return Holding(
        organisations=organisations.height,
        efforts=efforts.height,
        relations=once.height,
        facts=facts.height,
        documents=evidence["document"].drop_nulls().n_unique(),
        kinds=_most_first(things["kind"]),
        ties=_most_first(once["tie"]),
        properties=_most_first(facts["property"]),
        published=_newest(evidence["published"]),
        retrieved=_newest(evidence["retrieved"]),
        of_organisations=_coverage(organisations, ("place", "technology", "ties", "dates", "homepage")),
        of_efforts=_coverage(efforts, ("dates", "place", "technology", "money", "description")),
    )


def _coverage(things: pl.DataFrame, names: tuple[str, ...]) -> Coverage:
    return Coverage(things.height, {name: int(things[name].sum()) for name in names})


def _most_first(values: pl.Series) -> tuple[tuple[str, int], ...]:
    counted = values.value_counts(name="n").sort("n", values.name, descending=[True, False])
    return tuple(counted.iter_rows())


def _newest(days: pl.Series) -> str | None:
    newest = days.drop_nulls().max()
    return None if newest is None else str(newest)
