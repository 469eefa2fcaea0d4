"""Springs between linked nodes, every node pushing all others away (Fruchterman and Reingold), in whole arrays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.fft import irfft2, rfft2

from graph.layout_communities import Ints
from graph.layout_discs import Floats

_WORK = 40_000  # steps times nodes
_FEWEST_STEPS, _MOST_STEPS = 40, 150
_MOST_PAIRS = 300  # with more nodes they push through a grid, not pair by pair
_CELLS = 64  # of the grid, on each side


def spring(count: int, edges: Sequence[tuple[int, int]] | Ints) -> Floats:
    """Positions (count, 2) around the origin for nodes 0..count-1, the same for the same edges."""
    angle = np.arange(count) * np.pi * (3 - np.sqrt(5))
    place = np.sqrt((np.arange(count) + 0.5) / max(count, 1))[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    if count < 2:
        return np.asarray(place * 0.0)
    ends = np.array(edges, dtype=np.int64).reshape(-1, 2)
    length = float(np.sqrt(3.0 / count))
    steps = int(np.clip(_WORK / count, _FEWEST_STEPS, _MOST_STEPS))
    apart = _push if count <= _MOST_PAIRS else _push_by_grid
    for step in range(steps):
        push = apart(place, length) + _pull(place, ends, length)
        size = np.maximum(np.hypot(push[:, 0], push[:, 1]), 1e-9)
        heat = 0.25 * (1 - step / steps) ** 1.5 + 0.002
        place = place + push / size[:, None] * np.minimum(size, heat)[:, None]
        place = place - 0.01 * (place - place.mean(axis=0))
    return np.asarray(place)


def _push(place: Floats, length: float) -> Floats:
    x = np.subtract.outer(place[:, 0], place[:, 0])
    y = np.subtract.outer(place[:, 1], place[:, 1])
    force = length**2 / np.maximum(x * x + y * y, 1e-4 * length**2)
    return np.column_stack([(force * x).sum(axis=1), (force * y).sum(axis=1)])


def _push_by_grid(place: Floats, length: float) -> Floats:
    """The same force, of the nodes' weight shared out among the corners of their cells: a convolution."""
    low = place.min(axis=0)
    cell = max(float((place - low).max()), 1e-9) / (_CELLS - 1.001)
    whole, part = np.divmod((place - low) / cell, 1.0)
    corners = [(x, y) for x in (0, 1) for y in (0, 1)]
    weights = [np.abs(1 - x - part[:, 0]) * np.abs(1 - y - part[:, 1]) for x, y in corners]
    first = (whole[:, 0] * _CELLS + whole[:, 1]).astype(np.int64)
    spots = [first + x * _CELLS + y for x, y in corners]
    mass = np.bincount(np.concatenate(spots), np.concatenate(weights), _CELLS * _CELLS).reshape(_CELLS, _CELLS)
    weighed = rfft2(mass, (2 * _CELLS, 2 * _CELLS))
    force = np.zeros_like(place)
    for axis, kernel in enumerate(_KERNELS):
        field = irfft2(weighed * kernel, (2 * _CELLS, 2 * _CELLS))[:_CELLS, :_CELLS].ravel()
        force[:, axis] = sum(weight * field[spot] for weight, spot in zip(weights, spots, strict=True))
    return np.asarray(force * (length**2 / cell))


def _kernels() -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.complex128]], ...]:
    """Transforms of d/|d|² along both axes, in units of cells; nothing pushes from its own corner."""
    steps = np.fft.fftfreq(2 * _CELLS, 1 / (2 * _CELLS))
    square = steps[:, None] ** 2 + steps[None, :] ** 2
    square[0, 0] = 1.0
    return tuple(rfft2(np.broadcast_to(away, square.shape) / square) for away in (steps[:, None], steps[None, :]))


_KERNELS = _kernels()


def _pull(place: Floats, ends: Ints, length: float) -> Floats:
    apart = place[ends[:, 1]] - place[ends[:, 0]]
    force = apart * (np.hypot(apart[:, 0], apart[:, 1]) / length)[:, None]
    count = len(place)
    sums = [
        np.bincount(ends[:, 0], force[:, axis], count) - np.bincount(ends[:, 1], force[:, axis], count)
        for axis in (0, 1)
    ]
    return np.column_stack(sums)
