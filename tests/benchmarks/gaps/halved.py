"""Organisations split in two, each half with a part of the projects under the same name: they look like perfect gaps."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl

from graph.columns import Columns
from graph.gaps.collaboration import Collaboration, Ints, collaboration

_SEED = 7
_LEAST = 6  # occasions of who is split
_SAID = ("name", "legalName", "altName", "acronym")  # what the copy has of its own


def halved(columns: Columns, count: int) -> tuple[Columns, Ints]:
    """The columns with `count` more organisations, and the node ids of the pairs, count x 2. The copy has the names of the
    first, no number, and half of its participations."""
    net = collaboration(columns)
    random = np.random.default_rng(_SEED)
    busy = np.flatnonzero(np.asarray(net.incidence.sum(axis=1)).ravel() >= _LEAST)
    first = np.sort(net.nodes[random.choice(busy, count, replace=False)])
    copy = columns.nodes.height + np.arange(count)
    moved = _moved(columns.relations, dict(zip(first.tolist(), copy.tolist(), strict=True)), random)
    more = columns.nodes[first].with_columns(
        node=pl.Series(copy, dtype=pl.UInt32), key=pl.col("key") + "-again", homepage=pl.lit(None, dtype=pl.String)
    )
    said = columns.facts.filter(pl.col("property").is_in(_SAID))
    table = pl.DataFrame({"node": first, "copy": copy}, schema={"node": pl.UInt32, "copy": pl.UInt32})
    said = said.join(table, on="node").with_columns(node=pl.col("copy")).select(columns.facts.columns)
    held = replace(
        columns, nodes=pl.concat([columns.nodes, more]), facts=pl.concat([columns.facts, said]), relations=moved
    )
    return held, np.stack([first, copy], axis=1)


def _moved(relations: pl.DataFrame, copy_of: dict[int, int], random: np.random.Generator) -> pl.DataFrame:
    ends = relations["a"].to_numpy().copy()
    took_part = (relations["b_property"] == "inEffort").fill_null(False).to_numpy()
    for first, copy in copy_of.items():
        rows = np.flatnonzero((ends == first) & took_part)
        ends[random.choice(rows, len(rows) // 2, replace=False)] = copy
    return relations.with_columns(a=pl.Series(ends, dtype=pl.UInt32))


def among(net: Collaboration, table: pl.DataFrame, pairs: Ints, first: int) -> int:
    """How many of the first pairs of the table are the two halves of one."""
    rows = {tuple(sorted(net.row_of[pair].tolist())) for pair in pairs}
    return sum(pair in rows for pair in table.head(first).select("a", "b").iter_rows())
