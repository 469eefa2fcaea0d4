"""Ties between groups of actors within a technology, against what their activity alone would give."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.gaps.collaboration import Collaboration, Floats, Ints, Mask

_RESHUFFLES = 200
_SEED = 20_141_231


@dataclass(frozen=True, slots=True)
class Margins:
    """Of each region's actors on one side against all on the other: ties seen and expected, and the interval of those seen
    when actors change places at random. Arrays by region; `low` and `high` are 95 % of `ln((O+1)/(E+1))`."""

    mass: Floats  # decayed participation of the region's side
    observed: Floats
    expected: Floats
    low: Floats
    high: Floats


def margins(net: Collaboration, column: int, one: Ints, regions: int, other: Mask) -> Margins:
    """`one`: for each actor the region whose side it is on, or -1; `other`: the actors on the other side (none on both).

    An occasion of n actors that is still worth g ties each pair of them with g/(n-1), so that an actor's ties sum up to g.
    Expected is m_a m_b / M over such sums. Reshuffled: who holds which seat, each actor keeping the number of its seats and
    each occasion its size.
    """
    occasions = np.flatnonzero(net.covers[:, [column]].toarray().ravel())
    held = net.incidence[:, occasions].tocoo()
    rows, seats = held.coords
    worth = net.decay[occasions]
    each = worth / (net.occasions["actors"].to_numpy()[occasions] - 1)
    mass = np.bincount(one[rows] + 1, weights=worth[seats], minlength=regions + 1)[1:].astype(np.float64)
    expected = mass * worth[seats][other[rows]].sum() / max(worth[seats].sum(), np.finfo(float).tiny)

    def ties(order: Ints) -> Floats:
        partners = np.bincount(seats, weights=other[order], minlength=len(occasions))
        found = np.bincount(one[order] + 1, weights=(each * partners)[seats], minlength=regions + 1)[1:]
        return found.astype(np.float64)

    chance = np.random.default_rng(_SEED + column)
    drawn = (
        np.array([ties(chance.permutation(rows)) for _ in range(_RESHUFFLES)]) if len(rows) else np.zeros((1, regions))
    )
    observed = ties(rows)
    low, high = _interval(observed, drawn)
    return Margins(mass, observed, expected, low, high)


def _interval(observed: Floats, drawn: Floats) -> tuple[Floats, Floats]:
    """The gap against each reshuffled table in place of what is expected."""
    gaps = np.log((observed + 1.0) / (drawn + 1.0))
    return np.percentile(gaps, 2.5, axis=0), np.percentile(gaps, 97.5, axis=0)
