"""Communities of a network by the Leiden method; the only module that knows the library (graspologic-native, MIT)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from graspologic_native import leiden

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_SEED = 2008


def communities(count: int, ends: Ints, weight: Ints | Floats, *, seed: int = _SEED) -> Ints:
    """The community of each node 0..count-1; 0 is the largest, and what has no line has the number after the last.

    `ends` (m, 2) are different pairs of different nodes in a fixed order, `weight` how often each was given, or how strong
    it is.
    """
    found = np.full(count, -1, dtype=np.int64)
    if len(ends):
        lines = [(str(a), str(b), float(w)) for (a, b), w in zip(ends.tolist(), weight.tolist(), strict=True)]
        _, member = leiden(
            edges=lines,
            starting_communities=None,
            resolution=1.0,
            randomness=0.001,
            iterations=2,
            use_modularity=True,
            seed=seed,
            trials=1,
        )
        found[[int(node) for node in member]] = list(member.values())
    return _largest_first(found)


def _largest_first(found: Ints) -> Ints:
    """The same communities numbered by size, then by their first node."""
    linked = np.flatnonzero(found >= 0)
    _, first, inverse, size = np.unique(found[linked], return_index=True, return_inverse=True, return_counts=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.lexsort((first, -size))] = np.arange(len(first))
    numbered = np.full(len(found), len(first), dtype=np.int64)
    numbered[linked] = rank[inverse]
    return numbered
