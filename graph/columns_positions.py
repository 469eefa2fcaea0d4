"""Degree, community and position of what stands on the map."""

from __future__ import annotations

import numpy as np
import polars as pl

from graph.columns import NODES
from graph.layout import layout


def add_positions(nodes: pl.DataFrame, relations: pl.DataFrame) -> pl.DataFrame:
    """With degree (different neighbours among organisations and efforts), and for these community, x and y."""
    actor = nodes["group"].is_in(["organisation", "effort"]).to_numpy()
    number = np.cumsum(actor) - 1
    ends = relations.filter(pl.col("b").is_not_null(), pl.col("a") != pl.col("b")).select("key", "a", "b").unique()
    a, b = ends["a"].to_numpy().astype(np.int64), ends["b"].to_numpy().astype(np.int64)
    both = np.unique(np.concatenate([a, b]) * max(len(nodes), 1) + np.concatenate([b, a]))
    one, two = np.divmod(both, max(len(nodes), 1))
    drawn_ends = actor[a] & actor[b]
    drawn = layout(int(actor.sum()), number[np.column_stack([a[drawn_ends], b[drawn_ends]])])
    spots = np.flatnonzero(actor)
    found = {
        "degree": pl.Series(np.bincount(one[actor[two]], minlength=len(nodes)), dtype=NODES["degree"]),
        "community": _scattered(spots, pl.Series(drawn.community, dtype=NODES["community"]), len(nodes)),
        "x": _scattered(spots, pl.Series(drawn.x, dtype=NODES["x"]), len(nodes)),
        "y": _scattered(spots, pl.Series(drawn.y, dtype=NODES["y"]), len(nodes)),
    }
    return nodes.with_columns(series.alias(name) for name, series in found.items())


def _scattered(spots: np.ndarray[tuple[int, ...], np.dtype[np.int64]], values: pl.Series, count: int) -> pl.Series:
    """The values at these rows, null elsewhere."""
    row = np.full(count, len(values))
    row[spots] = np.arange(len(values))
    return values.extend_constant(None, 1).gather(row)
