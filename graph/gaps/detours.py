"""What is left of the ways between two groups when one actor is gone."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

# Square tables of all actors with ties are held: three of 3,000 take 220 MB and about two seconds.
LARGEST = 3_000


class Detours:
    """Counts of paths of two and three steps between all who have ties; `links` is symmetric, of ones, without loops."""

    def __init__(self, links: csr_array) -> None:
        tied = np.flatnonzero(np.diff(links.indptr))
        self._place = np.full(links.shape[0], -1, dtype=np.int64)
        self._place[tied] = np.arange(len(tied))
        self._links = csr_array(links[tied][:, tied])

    @cached_property
    def _one(self) -> Floats:
        return np.asarray(self._links.toarray())

    @cached_property
    def _two(self) -> Floats:
        return np.asarray(self._links @ self._one)

    @cached_property
    def _three(self) -> Floats:
        return np.asarray(self._links @ self._two)

    def lost(self, group_a: Ints, group_b: Ints, broker: int) -> tuple[int, int]:
        """Pairs across two groups (the same or disjoint) that have no path of three steps or fewer without the broker, and
        pairs that have one with it. The broker itself is no end.

        Between two without a tie a walk of two or three steps is a path, so that counting walks is enough.
        """
        m = int(self._place[broker])
        a, b = (self._ends(group, m) for group in (group_a, group_b))
        block = np.ix_(a, b)
        apart = (self._one[block] == 0) & (a[:, None] != b[None, :])
        two, three = self._two[block], self._three[block]
        linked = (self._one[block] > 0) | (apart & ((two > 0) | (three > 0)))
        to_m, from_m = self._one[a, m][:, None], self._one[m, b][None, :]
        through_two = to_m * from_m
        through_three = to_m * self._two[m, b][None, :] + self._two[a, m][:, None] * from_m
        gone = apart & linked & (two == through_two) & (three == through_three)
        twice = 2 if len(group_a) == len(group_b) and np.array_equal(group_a, group_b) else 1
        return int(gone.sum()) // twice, int(linked.sum()) // twice

    def _ends(self, group: Ints, broker: int) -> Ints:
        places = self._place[group]
        return np.asarray(places[(places >= 0) & (places != broker)])
