"""With whom an organisation works, how strongly, and in what; and what it works on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from graph.columns import Columns
from graph.gaps.collaboration import Collaboration, of_row
from graph.gaps.occasions import occasions
from graph.profile_scope import taking_part

_VIA = 3


@dataclass(frozen=True, slots=True)
class Partner:
    """`joint` is how many occasions (projects, partnerships, joint leads, joint ventures) they share, `strength` what these are
    still worth (see `Network`); `first` and `last` are years (None); `via` are node ids of the newest of the occasions that are things,
    `relations` rows of `columns.relations` that say so."""

    node: int
    joint: int
    strength: float
    first: int | None
    last: int | None
    via: tuple[int, ...]
    relations: tuple[int, ...]


def partners(net: Collaboration, node: int) -> list[Partner]:
    """The strongest first; empty for whoever has no row in the network."""
    row = int(net.row_of[node])
    if row < 0:
        return []
    weights = net.weights
    others = of_row(weights, row)
    worth = weights.data[weights.indptr[row] : weights.indptr[row + 1]]
    mine = of_row(net.incidence, row)
    shared = net.incidence[:, mine].tocsr()
    table = net.occasions[mine.tolist()]
    start, last = table["start"].to_numpy(), net.network.last[mine]
    thing = table["thing"].to_list()
    proofs = _proofs(net, table["occasion"], node)
    order = np.lexsort((others, -worth))
    found = []
    for place in order.tolist():
        other = int(others[place])
        met = of_row(shared, other)
        newest = met[np.argsort(-last[met], kind="stable")]
        begun = start[met][start[met] >= 0]
        ended = int(last[met].max()) if len(met) else -1
        via = [int(thing[one]) for one in newest.tolist() if thing[one] is not None][:_VIA]
        rows = [proof for one in newest[:_VIA].tolist() for proof in proofs.get(int(table["occasion"][one]), ())]
        found.append(
            Partner(
                int(net.nodes[other]),
                len(met),
                float(worth[place]),
                int(begun.min()) if len(begun) else None,
                ended if ended >= 0 else None,
                tuple(via),
                tuple(rows),
            )
        )
    return found


def _proofs(net: Collaboration, held: pl.Series, node: int) -> dict[int, tuple[int, ...]]:
    """By occasion the rows of relations by which the organisation itself takes part."""
    parts = occasions(net.columns).parts.filter(pl.col("actor") == node, pl.col("occasion").is_in(held.implode()))
    grouped = parts.group_by("occasion").agg("relation")
    return {occasion: tuple(rows) for occasion, rows in grouped.iter_rows()}


def practised(columns: Columns, node: int) -> pl.DataFrame:
    """What an organisation works on: tech (node id), stated (it is said of itself), efforts (in how many it does so), first, last
    (years; null), those in most efforts first."""
    efforts = taking_part(columns).filter(pl.col("actor") == node).select("effort").unique()
    direct = columns.technology.filter("direct").unique()
    years = columns.nodes.select("node", "start_year", "end_year")
    used = efforts.join(direct, left_on="effort", right_on="node").join(years, left_on="effort", right_on="node")
    counted = used.group_by("tech").agg(
        pl.len().alias("efforts"),
        pl.min("start_year").alias("first"),
        pl.max_horizontal(pl.max("start_year"), pl.max("end_year")).alias("last"),
    )
    stated = direct.filter(pl.col("node") == node).select("tech", pl.lit(value=True).alias("stated"))
    return (
        counted.join(stated, on="tech", how="full", coalesce=True)
        .with_columns(pl.col("efforts").fill_null(0), pl.col("stated").fill_null(value=False))
        .sort(["efforts", "stated", "tech"], descending=[True, True, False])
    )
