"""What can be reached from a set of terms through one predicate, however often."""

from __future__ import annotations

import numpy as np

from graph.columnar_index import Direction
from graph.columnar_table import LeaveError, guard, repeated
from graph.columnar_terms import Ids, Mask

_MOST_WORK = 20_000_000  # pairs looked at: a long chain takes as many rounds as it has links


def reached(side: Direction, starts: Ids, itself: Mask, size: int) -> tuple[Ids, Ids]:
    """All pairs of a start and what it reaches, each once; `itself`: which starts reach themselves in no step."""
    wanted = np.arange(len(starts), dtype=np.int64)
    fresh = wanted * size + starts  # a pair as one number
    seen, spent = fresh[itself], 0
    while len(fresh):
        spent += len(seen) + len(fresh)
        if spent > _MOST_WORK:
            raise LeaveError
        rows, places = repeated(*side.find((fresh % size).astype(np.int32)))
        found = np.unique(fresh[rows] // size * size + side.values[places])
        fresh = np.setdiff1d(found, seen, assume_unique=True)
        seen = np.union1d(seen, fresh)
        guard(len(seen), 2)
    return starts[seen // size], (seen % size).astype(np.int32)
