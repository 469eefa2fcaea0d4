"""Which pairs that were never linked should work together: all of them scored, the best kept for each actor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from scipy.sparse import csr_array

from graph.gaps.collaboration import Collaboration, Ints, Mask
from graph.gaps.doubles import doubles_of
from graph.gaps.scoring_model import SCHEMA, Block, Model, model

DOUBLE: Final = 100.0  # is taken off the score of a probable duplicate: two names of one actor have nothing to begin
_BLOCK: Final = 128
_STRIDE: Final = 16


@dataclass(frozen=True, eq=False)
class _Field:
    """Some actors of a network; everything is numbered by their places in `rows`."""

    rows: Ints
    held: Model
    linked: csr_array
    twice: csr_array
    left_out: Mask  # who counts as the organisation above it

    @classmethod
    def of(cls, net: Collaboration, actors: Mask | None) -> _Field:
        everybody = np.arange(len(net.nodes))
        left_out = net.owner != everybody if net.scope.rollup else np.zeros(len(everybody), dtype=bool)
        if actors is None or actors.all():
            return cls(everybody, model(net), net.ever, doubles_of(net), left_out)
        rows = np.flatnonzero(actors)
        some = [csr_array(held[rows][:, rows]) for held in (net.ever, doubles_of(net))]
        return cls(rows, model(net).among(rows), some[0], some[1], left_out[rows])

    def scores(self, places: Ints) -> tuple[dict[str, Block], Block]:
        """Parts and score of some against everybody; -inf where there is nothing to propose."""
        parts = self.held.parts(places)
        score = self.held.score(places, parts)
        twice = self.twice[places].tocoo()
        score[twice.coords[0], twice.coords[1]] -= DOUBLE
        linked = self.linked[places].tocoo()
        score[linked.coords[0], linked.coords[1]] = -np.inf
        score[np.arange(len(places)), places] = -np.inf
        if self.left_out.any():
            score[:, self.left_out] = -np.inf
            score[self.left_out[places]] = -np.inf
        return parts, score

    def table(self, places: Ints, one: Ints, other: Ints, parts: dict[str, Block], score: Block) -> pl.DataFrame:
        """The cells at `one` (among `places`) and `other`, each pair in the order of its rows."""
        a, b = self.rows[places[one]], self.rows[other]
        values = {name: part[one, other] for name, part in parts.items()}
        ends = {"a": np.minimum(a, b), "b": np.maximum(a, b)}
        return pl.DataFrame({**ends, "score": score[one, other], **values}, schema=SCHEMA)


def scored(net: Collaboration, *, actors: Mask | None = None, per_actor: int = 50) -> pl.DataFrame:
    """a, b (rows of the network, a < b), score, and its parts: for each actor its best `per_actor` partners that it was
    never linked with, the best pairs first, probable duplicates (`graph.gaps.doubles`) last. `actors`: both of a pair are
    among these."""
    field = _Field.of(net, actors)
    best = [_best(field, places, per_actor) for places in _blocks(len(field.rows))]
    if not best:
        return SCHEMA.to_frame()
    return _ordered(pl.concat(best).unique(["a", "b"], keep="first", maintain_order=True))


def scored_for(net: Collaboration, row: int) -> pl.DataFrame:
    """The same for one actor against everybody."""
    field, places = _Field.of(net, None), np.array([row])
    parts, score = field.scores(places)
    other = np.flatnonzero(np.isfinite(score[0]))
    return _ordered(field.table(places, np.zeros(len(other), dtype=np.int64), other, parts, score))


def _best(field: _Field, places: Ints, per_actor: int) -> pl.DataFrame:
    parts, score = field.scores(places)
    one, other = _top(score, min(per_actor, score.shape[1]))
    kept = np.isfinite(score[one, other])
    return field.table(places, one[kept], other[kept], parts, score)


def _top(score: Block, count: int) -> tuple[Ints, Ints]:
    """Row and column of the `count` greatest of each row. What is below a value that a sample promises is not sorted."""
    found = []
    shown = -(-2 * count // _STRIDE) if score.shape[1] > _STRIDE * count else 0
    least = -np.partition(-score[:, ::_STRIDE], shown, axis=1)[:, shown] if shown else None
    for row, values in enumerate(score):
        some = None if least is None else np.flatnonzero(values >= least[row])
        if some is None or len(some) < count:
            some = np.arange(len(values))
        found.append(some[np.argpartition(-values[some], count - 1)[:count]])
    return np.repeat(np.arange(len(score)), count), np.concatenate(found)


def _ordered(table: pl.DataFrame) -> pl.DataFrame:
    """The best first; equals in the order of their actors."""
    return table.sort(["score", "a", "b"], descending=[True, False, False])


def _blocks(size: int) -> Iterator[Ints]:
    for start in range(0, size, _BLOCK):
        yield np.arange(start, min(start + _BLOCK, size))


def capped(table: pl.DataFrame, limit: int, most: int = 3) -> pl.DataFrame:
    """The first `limit` pairs of what `scored` gives in which no actor stands more than `most` times, so that a list is not
    one hub with everybody; when there are too few of these, the best of the others behind them."""
    count: dict[int, int] = {}
    first: list[int] = []
    for place, (a, b) in enumerate(table.select("a", "b").iter_rows()):
        if count.get(a, 0) < most and count.get(b, 0) < most:
            count[a], count[b] = count.get(a, 0) + 1, count.get(b, 0) + 1
            first.append(place)
            if len(first) == limit:
                break
    if len(first) < limit:
        held = set(first)
        first += [place for place in range(min(table.height, 2 * limit)) if place not in held][: limit - len(first)]
    return table[first]
