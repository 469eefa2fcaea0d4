"""In how many years things are active, counted from their spans without a pass for each year."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.integer[Any]]


def active(node: Numbers, first: Numbers, last: Numbers, kept: npt.NDArray[np.bool_], years: range) -> list[int]:
    """For each of `years` how many different nodes have a span that covers it; rows that are not `kept` do not count.

    A node may have many spans that overlap: they are put together first, so that it counts once a year.
    """
    if not len(years):
        return []
    low, high = years.start, years.stop - 1
    kept = kept & (first <= high) & (last >= low)
    node, first, last = node[kept], np.maximum(first[kept], low), np.minimum(last[kept], high)
    order = np.lexsort((first, node))
    node, first, last = node[order].astype(np.int64), first[order].astype(np.int64), last[order].astype(np.int64)
    shift = node * (len(years) + 2)  # each node has a stretch of numbers of its own: one running maximum does for all
    until = np.maximum.accumulate(shift + last - low)
    begins = np.ones(len(node), dtype=bool)
    begins[1:] = (shift + first - low)[1:] > until[:-1]
    starts = np.flatnonzero(begins)
    ends = until[np.append(starts[1:], len(node)) - 1] - shift[starts] if len(starts) else starts
    change = np.zeros(len(years) + 1, dtype=np.int64)
    np.add.at(change, first[starts] - low, 1)
    np.add.at(change, ends + 1, -1)
    counts: list[int] = np.cumsum(change[:-1]).tolist()
    return counts
