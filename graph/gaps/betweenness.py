"""On how many shortest ways between others an actor lies (Brandes), from all actors or a seeded sample of them.

Many sources are walked at once, level by level, as products of the sparse table of ties with dense columns.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array

from graph.gaps.collaboration import Floats, Ints

EXACT = 1_000  # up to so many actors with ties every one is a source
SAMPLE = 256
_AT_ONCE = 32


def betweenness(links: csr_array, *, sources: int = SAMPLE, exact: int = EXACT, seed: int = 0) -> Floats:
    """The share of all pairs of others whose shortest ways run through each actor; `links` symmetric, of ones.

    Exact up to `exact` actors with ties, else an estimate from `sources` of them, drawn with the seed.
    """
    count = links.shape[0]
    tied = np.flatnonzero(np.diff(links.indptr))
    chosen = tied
    if len(tied) > exact:
        chosen = np.sort(np.random.default_rng(seed).choice(tied, min(sources, len(tied)), replace=False))
    found: Floats = np.zeros(count)
    if count < 3 or not len(chosen):
        return found
    for at in range(0, len(chosen), _AT_ONCE):
        found += _from_sources(links, chosen[at : at + _AT_ONCE])
    found *= len(tied) / len(chosen) / ((count - 1) * (count - 2))
    return found


def _from_sources(links: csr_array, sources: Ints) -> Floats:
    """For each actor the sum of the shares of the shortest ways from the sources to all others that run through it."""
    shape = (links.shape[0], len(sources))
    level = np.full(shape, -1, dtype=np.int32)
    ways = np.zeros(shape)
    own = sources, np.arange(len(sources))
    level[own], ways[own] = 0, 1.0
    edge = ways.copy()
    depth = 0
    while edge.any():
        depth += 1
        edge = np.where(level < 0, links @ edge, 0.0)
        level[edge > 0] = depth
        ways += edge
    behind = np.zeros(shape)
    each = np.divide(1.0, ways, out=np.zeros(shape), where=ways > 0)
    for step in range(depth - 1, 0, -1):
        behind += np.where(level == step - 1, links @ np.where(level == step, (1.0 + behind) * each, 0.0) * ways, 0.0)
    behind[own] = 0.0
    return np.asarray(behind.sum(axis=1), dtype=np.float64)
