"""Springs between linked nodes, every node pushing all others away (Fruchterman and Reingold), in whole arrays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from graph.layout_discs import Floats

_WORK = 40_000  # steps times nodes: a step compares all pairs
_FEWEST_STEPS, _MOST_STEPS = 40, 150
_ROWS_AT_ONCE = 512


def spring(count: int, edges: Sequence[tuple[int, int]]) -> Floats:
    """Positions (count, 2) around the origin for nodes 0..count-1, the same for the same edges."""
    angle = np.arange(count) * np.pi * (3 - np.sqrt(5))
    place = np.sqrt((np.arange(count) + 0.5) / max(count, 1))[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    if count < 2:
        return np.asarray(place * 0.0)
    ends = np.array(edges, dtype=np.int64).reshape(-1, 2)
    length = float(np.sqrt(3.0 / count))
    steps = int(np.clip(_WORK / count, _FEWEST_STEPS, _MOST_STEPS))
    for step in range(steps):
        push = _push(place, length) + _pull(place, ends, length)
        size = np.maximum(np.hypot(push[:, 0], push[:, 1]), 1e-9)
        heat = 0.25 * (1 - step / steps) ** 1.5 + 0.002
        place = place + push / size[:, None] * np.minimum(size, heat)[:, None]
        place = place - 0.01 * (place - place.mean(axis=0))
    return np.asarray(place)


def _push(place: Floats, length: float) -> Floats:
    push = np.empty_like(place)
    for start in range(0, len(place), _ROWS_AT_ONCE):
        x = place[start : start + _ROWS_AT_ONCE, 0, None] - place[None, :, 0]
        y = place[start : start + _ROWS_AT_ONCE, 1, None] - place[None, :, 1]
        force = length**2 / np.maximum(x * x + y * y, 1e-4 * length**2)
        push[start : start + _ROWS_AT_ONCE, 0] = (force * x).sum(axis=1)
        push[start : start + _ROWS_AT_ONCE, 1] = (force * y).sum(axis=1)
    return push


def _pull(place: Floats, ends: np.ndarray[tuple[int, ...], np.dtype[np.int64]], length: float) -> Floats:
    apart = place[ends[:, 1]] - place[ends[:, 0]]
    force = apart * (np.hypot(apart[:, 0], apart[:, 1]) / length)[:, None]
    count = len(place)
    sums = [
        np.bincount(ends[:, 0], force[:, axis], count) - np.bincount(ends[:, 1], force[:, axis], count)
        for axis in (0, 1)
    ]
    return np.column_stack(sums)
