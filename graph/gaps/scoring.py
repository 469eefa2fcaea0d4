"""Which pairs that were never linked should work together: all of them scored, the best kept for each actor."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from graph.gaps.collaboration import Collaboration, Ints, Mask
from graph.gaps.doubles import doubles_of
from graph.gaps.scoring_model import PARTS, Block, Model, model

SCHEMA: Final = pl.Schema(
    {"a": pl.Int64(), "b": pl.Int64(), "score": pl.Float32(), **{name: pl.Float32() for name in PARTS}}
)
DOUBLE: Final = 100.0  # is taken off the score of a probable duplicate: two names of one actor have nothing to begin
_BLOCK: Final = 256


def scored(net: Collaboration, *, actors: Mask | None = None, per_actor: int = 50) -> pl.DataFrame:
    """a, b (rows of the network, a < b), score, and its parts: for each actor its best `per_actor` partners that it was
    never linked with, the best pairs first, probable duplicates (`graph.gaps.doubles`) last. `actors`: both of a pair are among these."""
    chosen = np.arange(len(net.nodes)) if actors is None else np.flatnonzero(actors)
    held = model(net)
    best = [_best(net, held, rows, chosen, per_actor) for rows in _blocks(chosen)]
    if not best:
        return SCHEMA.to_frame()
    table = pl.concat(best).unique(["a", "b"], keep="first")
    return _ordered(table)


def scored_for(net: Collaboration, row: int) -> pl.DataFrame:
    """The same for one actor against everybody."""
    held = model(net)
    rows = np.array([row])
    everybody = np.arange(len(net.nodes))
    parts, score = _scores(net, held, rows)
    kept = np.isfinite(score[0])
    return _ordered(
        net, _table(rows, everybody, np.zeros(kept.sum(), dtype=np.int64), np.flatnonzero(kept), parts, score)
    )


def _scores(net: Collaboration, held: Model, rows: Ints) -> tuple[dict[str, Block], Block]:
    """Parts and score of the rows against everybody; -inf where there is nothing to propose."""
    parts = held.parts(rows)
    score = held.score(rows, parts)
    twice = doubles_of(net)[rows].tocoo()
    score[twice.coords[0], twice.coords[1]] -= DOUBLE
    linked = net.ever[rows].tocoo()
    score[linked.coords[0], linked.coords[1]] = -np.inf
    score[np.arange(len(rows)), rows] = -np.inf
    if net.scope.rollup:
        score[:, net.owner != np.arange(len(net.owner))] = -np.inf
    return parts, score


def _best(net: Collaboration, held: Model, rows: Ints, chosen: Ints, per_actor: int) -> pl.DataFrame:
    parts, score = _scores(net, held, rows)
    within = score[:, chosen]
    least = min(per_actor, within.shape[1])
    top = np.argpartition(-within, least - 1, axis=1)[:, :least]
    one = np.repeat(np.arange(len(rows)), least)
    other = chosen[top.ravel()]
    kept = np.isfinite(score[one, other])
    return _table(rows, np.arange(len(net.nodes)), one[kept], other[kept], parts, score)


def _table(
    rows: Ints, everybody: Ints, one: Ints, other: Ints, parts: dict[str, Block], score: npt.NDArray[np.float32]
) -> pl.DataFrame:
    a, b = rows[one], everybody[other]
    values = {name: part[one, other] for name, part in parts.items()}
    return pl.DataFrame(
        {"a": np.minimum(a, b), "b": np.maximum(a, b), "score": score[one, other], **values}, schema=SCHEMA
    )


def _ordered(table: pl.DataFrame) -> pl.DataFrame:
    """The best first; equals in the order of their actors."""
    return table.sort(["score", "a", "b"], descending=[True, False, False])


def _blocks(rows: Ints) -> Iterator[Ints]:
    for start in range(0, len(rows), _BLOCK):
        yield rows[start : start + _BLOCK]
