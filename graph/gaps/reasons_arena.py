"""A lasting effort that both take part in: they meet there, which is no collaboration yet."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import polars as pl

from graph.columns import Columns
from graph.gaps.answer import Note, Reason
from graph.gaps.ground import Ground
from graph.gaps.reasons_against import both
from graph.shortcuts import below

_ARENA = 0.2
_WIDE = 200  # who takes part in something larger does not meet everybody there


def arenas(held: Ground, a: int, b: int) -> Sequence[Reason]:
    """The one on the technology of the scope, else the smallest: networks, initiatives, programmes, centres and the like."""
    parts = held.records.efforts
    one, other = (dict(map(tuple, parts.of(row).tolist())) for row in (a, b))
    sizes = _sizes(held.net.columns)
    shared = [effort for effort in one if effort in other and 2 <= sizes[effort] <= _WIDE]
    if not shared:
        return ()
    best = min(shared, key=lambda effort: (not held.in_scope[effort], sizes[effort], effort))
    proof = held.records.relation(best, one[best], other[best])
    note = Note("both-take-part", {}, both(held, a, b) | {"effort": (best,)})
    return (Reason(note, (proof,), _ARENA),)


@lru_cache(maxsize=2)
def _sizes(columns: Columns) -> npt.NDArray[np.int64]:
    """By node: how many take part in it; 0 for what does not last."""
    brief = (*below("Project"), *below("Event"))
    lasting = columns.nodes.filter(~pl.col("kind").is_in(brief)).select(pl.col("node").alias("b"))
    rows = columns.relations.filter(pl.col("b_property") == "inEffort", pl.col("b").is_not_null())
    held = rows.join(lasting, on="b", how="semi").group_by("b").agg(pl.col("a").n_unique())
    sizes = np.zeros(columns.nodes.height, dtype=np.int64)
    sizes[held["b"].to_numpy()] = held["a"].to_numpy()
    return sizes
