"""How well a ranking of pairs foretold who met: exact over all pairs that had not met, block by block."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.stats import rankdata

from graph.gaps.backtest_split import Split
from graph.gaps.collaboration import Floats, Ints, Mask

Block = npt.NDArray[np.float32]
Method = Callable[[Ints], Block]  # places in `known` -> scores of these against all known

LIST: Final = 10
TOP: Final = 1000
_ROWS: Final = 256
_DRAWN: Final = 1_000_000  # pairs that are drawn for the two areas under the curve
_SEED: Final = 20261126


@dataclass(frozen=True, slots=True)
class Measured:
    """recall: of the first-time partners of an organisation the share (of at most 10) in its list of ten, mean over those
    that have any; precision: of the 1,000 best pairs; coverage: share of the organisations that any list names; auc: how
    often a first-time pair stands above another; matched_auc: above another of the same degrees; small_recall: recall of
    pairs from projects of at most 10 partners. Ties count as their expected value. None where there is nothing to measure."""

    method: str
    recall: float | None
    precision: float | None
    coverage: float | None
    auc: float | None
    matched_auc: float | None
    small_recall: float | None


def measured(name: str, method: Method, held: Split) -> Measured:
    """Run the method over all pairs."""
    size = len(held.known)
    hits, small = np.zeros(size), np.zeros(size)
    named = np.zeros(size, dtype=bool)
    best = _Best()
    drawn = _drawn(held)
    for places in blocks(size):
        score = method(places).astype(np.float32, copy=True)
        for at, block in drawn.within(places):
            drawn.score[at] = score[block]
        linked = held.linked[places].tocoo()
        score[linked.coords[0], linked.coords[1]] = -np.inf
        score[np.arange(len(places)), places] = -np.inf
        first = held.first[places].toarray()
        above, tied, left = _lists(score)
        for target, met in ((hits, first), (small, held.small[places].toarray())):
            target[places] = (met & above).sum(axis=1) + (met & tied).sum(axis=1) * left
        named[_named(above, tied, left, places)] = True
        upper = np.arange(size)[np.newaxis, :] > places[:, np.newaxis]
        kept = upper & np.isfinite(score)
        best.take(score[kept], first[kept])
    auc, matched = drawn.areas()
    return Measured(
        name, _recall(hits, held.first), best.precision() if held.first.nnz else None, float(named.mean()) if held.first.nnz else None, auc, matched,
        _recall(small, held.small),
    )  # fmt: skip


def blocks(size: int) -> Iterator[Ints]:
    """Places 0 to size, some hundred at a time."""
    for start in range(0, size, _ROWS):
        yield np.arange(start, min(start + _ROWS, size))


def _recall(hits: Floats, met: csr_array) -> float | None:
    count = np.asarray(met.sum(axis=1)).ravel()
    some = count > 0
    return float((hits[some] / np.minimum(count[some], LIST)).mean()) if some.any() else None


def _lists(score: Block) -> tuple[Mask, Mask, Floats]:
    """What is surely in the list of ten, what is tied at its end, and the chance of each of the latter."""
    size = score.shape[1]
    if size <= LIST:
        return np.isfinite(score), np.zeros_like(score, dtype=bool), np.zeros(len(score))
    last = -np.partition(-score, LIST - 1, axis=1)[:, LIST - 1 : LIST]
    above = score > last
    tied = (score == last) & np.isfinite(score)
    left = (LIST - above.sum(axis=1)) / np.maximum(tied.sum(axis=1), 1)
    return above, tied, np.minimum(left, 1.0)


def _named(above: Mask, tied: Mask, left: Floats, places: Ints) -> Mask:
    """Whom the lists name; of those that are tied a part, drawn by a fixed rule."""
    named = np.zeros(above.shape[1], dtype=bool)
    named[above.any(axis=0)] = True
    row, column = np.nonzero(tied)
    chance = np.random.default_rng((_SEED, int(places[0]))).random(len(row))
    named[column[chance < left[row]]] = True
    return named


class _Best:
    """The best 1,000 pairs as values with how many have it, and how many of these met."""

    def __init__(self) -> None:
        self.table: npt.NDArray[np.float64] = np.zeros((0, 3))

    def take(self, values: Block, met: Mask) -> None:
        if len(self.table) and self.table[:, 1].sum() >= TOP:
            enough = values >= self.table[-1, 0]
            values, met = values[enough], met[enough]
        elif len(values) > TOP:
            least = -np.partition(-values, TOP - 1)[TOP - 1]
            values, met = values[values >= least], met[values >= least]
        new = np.stack([values.astype(float), np.ones(len(values)), met.astype(float)], axis=1)
        both = np.concatenate([self.table, new])
        distinct, place = np.unique(-both[:, 0], return_inverse=True)
        table = np.zeros((len(distinct), 3))
        table[:, 0] = -distinct
        np.add.at(table[:, 1], place, both[:, 1])
        np.add.at(table[:, 2], place, both[:, 2])
        before = np.cumsum(table[:, 1]) - table[:, 1]
        self.table = table[before < TOP]

    def precision(self) -> float | None:
        count = self.table[:, 1]
        total = min(TOP, count.sum())
        if not total:
            return None
        before = np.cumsum(count) - count
        taken = np.minimum(count, total - before)
        return float((self.table[:, 2] * taken / count).sum() / total)


class _Drawn:
    """Pairs of which the scores are kept: those that met first, and others drawn evenly."""

    def __init__(self, a: Ints, b: Ints, met: Mask, classes: Ints) -> None:
        order = np.argsort(a, kind="stable")
        self.a, self.b, self.met, self.classes = a[order], b[order], met[order], classes[order]
        self.score = np.zeros(len(a), dtype=np.float32)

    def within(self, places: Ints) -> Iterator[tuple[slice, tuple[Ints, Ints]]]:
        begin, end = np.searchsorted(self.a, [places[0], places[-1] + 1])
        yield slice(int(begin), int(end)), (self.a[begin:end] - places[0], self.b[begin:end])

    def areas(self) -> tuple[float | None, float | None]:
        whole = _area(self.score, self.met)
        total = weight = 0.0
        for one in np.unique(self.classes[self.met]):
            here = self.classes == one
            area = _area(self.score[here], self.met[here])
            if area is not None:
                count = float((self.met & here).sum())
                total, weight = total + area * count, weight + count
        return whole, total / weight if weight else None


def _drawn(held: Split) -> _Drawn:
    size = len(held.known)
    met = held.first.tocoo()
    upper = met.coords[0] < met.coords[1]
    one, other = met.coords[0][upper].astype(np.int64), met.coords[1][upper].astype(np.int64)
    random = np.random.default_rng(_SEED)
    a, b = random.integers(0, max(size, 1), (2, min(_DRAWN, size * size)))
    kept = a != b
    if len(a):
        kept &= ~np.asarray((held.linked + held.first)[a, b]).ravel().astype(bool)
    a, b = np.concatenate([one, a[kept]]), np.concatenate([other, b[kept]])
    degree = np.asarray(held.net.ever[held.known].sum(axis=1)).ravel()
    half = np.floor(2 * np.log2(np.maximum(degree, 1))).astype(np.int64)
    classes = np.minimum(half[a], half[b]) * 100 + np.maximum(half[a], half[b])
    return _Drawn(a, b, np.arange(len(a)) < len(one), classes)


def _area(score: Block, met: Mask) -> float | None:
    good = int(met.sum())
    if not good or good == len(met):
        return None
    rank = rankdata(score)[met].sum()
    return float((rank - good * (good + 1) / 2) / (good * (len(met) - good)))
