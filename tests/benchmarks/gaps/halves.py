"""Whether gaps between groups last: those of two halves of the years beside each other."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array
from scipy.stats import spearmanr

from graph.columns import Columns
from graph.gaps.actors import TYPES
from graph.gaps.collaboration import Collaboration, Floats, Mask, collaboration
from graph.gaps.scope import Scope

Cells = tuple[Floats, Floats]  # observed, expected: group x group


def lasting(columns: Columns, middle: int, least: float) -> tuple[float, int]:
    """Rank correlation of the gaps of what began up to the year `middle` and of what began later, over the pairs of groups
    (country and type) with an expected value of at least `least` in both; and how many these are."""
    net = collaboration(columns, Scope(ties=("project",)))
    start = net.occasions["start"].to_numpy()
    one, other = (_cells(net, (start >= 0) & half) for half in (start <= middle, start > middle))
    upper = np.triu(np.ones_like(one[0], dtype=bool))
    kept = upper & (one[1] >= least) & (other[1] >= least)
    gaps = [np.log((seen + 1) / (expected + 1))[kept] for seen, expected in (one, other)]
    return float(spearmanr(*gaps).statistic), int(kept.sum())


def _cells(net: Collaboration, half: Mask) -> Cells:
    held = csr_array(net.incidence[:, np.flatnonzero(half)].astype(np.float64))
    size = np.asarray(held.sum(axis=0)).ravel()
    codes = sorted({code for code in net.country if code is not None})
    number = {code: place for place, code in enumerate(codes)}
    group = np.array(
        [
            -1 if code is None else number[code] * len(TYPES) + int(kind)
            for code, kind in zip(net.country, net.types, strict=True)
        ]
    )
    known = np.flatnonzero(group >= 0)
    shape = (len(codes) * len(TYPES), len(group))
    of_group = csr_array((np.ones(len(known)), (group[known], known)), shape=shape)
    counted = csr_array(of_group @ held[:, size > 1])
    worth = 1 / (size[size > 1] - 1)
    seen = (counted.multiply(worth[np.newaxis, :]).tocsr() @ counted.T).toarray()
    own = np.asarray(counted.multiply(worth[np.newaxis, :]).sum(axis=1)).ravel()
    seen[np.diag_indices_from(seen)] -= own  # nobody is tied to itself
    mass = seen.sum(axis=1)
    return seen, np.outer(mass, mass) / max(mass.sum(), 1e-9)
