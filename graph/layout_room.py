"""Nodes that keep their distance from each other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.spatial import cKDTree

from graph.layout_discs import Floats, Rows

_SLACK = 0.5  # of the smallest room: how far off a neighbour is still looked at
_LOOK_AGAIN = 10  # rounds until neighbours are looked up anew
_WORK = 400_000  # rounds times points
_FEWEST, _MOST = 40, 300


def relax(points: Floats, room: Floats) -> Floats:
    """Move points (n, 2) until no two are closer than the sum of their rooms, or as near to that as the rounds allow."""
    placed = points.copy()
    if len(placed) < 2:
        return placed
    sizes = _by_size(room)
    slack = _SLACK * float(room.min())
    for turn in range(int(np.clip(_WORK / len(placed), _FEWEST, _MOST))):
        if turn % _LOOK_AGAIN == 0:
            one, two = _neighbours(placed, room, sizes, slack)
            least = room[one] + room[two]
            area = room**2
            light = area[two] / (area[one] + area[two])  # of the way that the first goes: the larger stays
        apart = placed[one] - placed[two]
        distance = np.maximum(np.hypot(apart[:, 0], apart[:, 1]), 1e-6)
        overlap = np.maximum(least - distance, 0.0)
        if turn % _LOOK_AGAIN == 0 and overlap.max(initial=0.0) < 0.01:
            break
        push = (overlap / distance)[:, None] * apart
        step = np.empty_like(placed)
        for axis in (0, 1):
            step[:, axis] = np.bincount(one, light * push[:, axis], len(placed))
            step[:, axis] -= np.bincount(two, (1 - light) * push[:, axis], len(placed))
        # No further than its own room at once: thousands of small ones under a hub would throw it out of its community.
        placed += step * np.minimum(1.0, room / np.maximum(np.hypot(step[:, 0], step[:, 1]), 1e-9))[:, None]
    return placed


def _by_size(room: Floats) -> list[Rows]:
    """The rows of points by the size of their rooms, each class twice as large as the one before."""
    level = np.floor(np.log2(room / room.min()) + 1e-9).astype(int)
    return [np.flatnonzero(level == one) for one in np.unique(level)]


def _neighbours(placed: Floats, room: Floats, sizes: Sequence[Rows], slack: float) -> tuple[Rows, Rows]:
    """Rows of points that are or may soon be too close, in a fixed order. By size: one hub must not make neighbours of
    all."""
    trees = [cKDTree(placed[rows]) for rows in sizes]
    reach = [float(room[rows].max()) for rows in sizes]
    found = []
    for i, rows in enumerate(sizes):
        found.append(rows[trees[i].query_pairs(2 * reach[i] + slack, output_type="ndarray")])
        for j in range(i):
            near = trees[i].sparse_distance_matrix(trees[j], reach[i] + reach[j] + slack, output_type="ndarray")
            found.append(np.column_stack([rows[near["i"]], sizes[j][near["j"]]]))
    pairs = np.concatenate(found)
    apart = placed[pairs[:, 0]] - placed[pairs[:, 1]]
    pairs = pairs[np.hypot(apart[:, 0], apart[:, 1]) < room[pairs[:, 0]] + room[pairs[:, 1]] + slack]
    pairs = np.sort(pairs, axis=1)
    pairs = pairs[np.argsort(pairs[:, 0] * len(placed) + pairs[:, 1])]
    return pairs[:, 0], pairs[:, 1]
