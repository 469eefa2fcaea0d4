"""What can be reached from a set of terms through one predicate, however often."""

from __future__ import annotations

import numpy as np

from graph.columnar_index import Direction
from graph.columnar_table import guard, repeated
from graph.columnar_terms import Ids, Mask


def reached(side: Direction, starts: Ids, itself: Mask, size: int) -> tuple[Ids, Ids]:
    """All pairs of a start and what it reaches, each once; `itself`: which starts reach themselves in no step."""
    wanted = np.arange(len(starts), dtype=np.int64)
    fresh = wanted * size + starts  # a pair as one number
    seen = fresh[itself]
    while len(fresh):
        rows, places = repeated(*side.find((fresh % size).astype(np.int32)))
        found = np.unique(fresh[rows] // size * size + side.values[places])
        fresh = np.setdiff1d(found, seen, assume_unique=True)
        seen = np.union1d(seen, fresh)
        guard(len(seen), 2)
    return starts[seen // size], (seen % size).astype(np.int32)
