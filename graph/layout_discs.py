"""Discs that pull each other and never overlap, and nodes that keep their distance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

Floats: TypeAlias = npt.NDArray[np.float64]
Rows: TypeAlias = npt.NDArray[np.intp]

_GAP = 1.2
_ASPECT = 1.5
_STEPS = 600


def pack(radii: Floats, pull: Floats) -> Floats:
    """Centres (n, 2) of discs: near those with strong `pull` (n, n), around the origin, wider than high, no overlap."""
    count = len(radii)
    if count == 0:
        return np.zeros((0, 2))
    centres = _spiral(radii)
    strength = pull / np.maximum(pull.sum(axis=1), 1e-9)[:, None]
    flat = np.array([0.6, 2.4])
    for step in range(_STEPS):
        cooled = step / _STEPS
        drawn = strength @ centres - centres * (strength.sum(axis=1) > 0)[:, None]
        home = -centres * flat
        centres = centres + 0.12 * (1 - 0.8 * cooled) * ((1 - cooled) * drawn + (0.15 + 0.85 * cooled) * home)
        centres = _separate(centres, radii, rounds=12)
    return _widen(_separate(centres, radii, rounds=20_000), radii)


def _widen(centres: Floats, radii: Floats) -> Floats:
    """Move discs apart sideways, if need be, until the picture is about 1.5 times as wide as high; none come closer."""
    size = (centres + radii[:, None]).max(axis=0) - (centres - radii[:, None]).min(axis=0)
    factor = np.clip(_ASPECT * size[1] / size[0], 1.0, 1.4)
    return np.asarray(centres * np.array([factor, 1.0]))


def _spiral(radii: Floats) -> Floats:
    """A start without two discs in one place: largest in the middle, the others on a spiral."""
    angle = np.arange(len(radii)) * np.pi * (3 - np.sqrt(5))
    distance = np.sqrt(np.cumsum(radii**2) - radii[0] ** 2) * 1.2
    return np.column_stack([distance * np.cos(angle) * _ASPECT, distance * np.sin(angle)])


def _separate(centres: Floats, radii: Floats, rounds: int) -> Floats:
    """Push overlapping discs apart, the smaller one further; stops as soon as none overlap."""
    least = radii[:, None] + radii[None, :] + _GAP
    np.fill_diagonal(least, 0.0)
    share = radii[None, :] ** 2 / (radii[:, None] ** 2 + radii[None, :] ** 2)
    for _ in range(rounds):
        apart = centres[:, None, :] - centres[None, :, :]
        distance = np.hypot(apart[..., 0], apart[..., 1])
        overlap = np.maximum(least - distance, 0.0)
        if overlap.max() <= 1e-3 * _GAP:
            break
        direction = apart / np.maximum(distance, 1e-9)[..., None]
        push = (overlap * share)[..., None] * direction
        centres = centres + 0.9 * push.sum(axis=1) / np.maximum((overlap > 0).sum(axis=1), 1)[:, None]
    return np.asarray(centres)


def fill_disc(shape: Floats) -> Floats:
    """Draw stragglers in: each point half-way between its own distance from the middle and an even spread of a disc."""
    middle = np.median(shape, axis=0)
    away = shape - middle
    distance = np.hypot(away[:, 0], away[:, 1])
    rank = (np.argsort(np.argsort(distance, kind="stable"), kind="stable") + 0.5) / len(distance)
    even = np.sqrt(rank) * np.quantile(distance, 0.8) * 1.1
    wanted = 0.3 * np.minimum(distance, even.max()) + 0.7 * even
    return np.asarray(away * (wanted / np.maximum(distance, 1e-9))[:, None])


def relax(points: Floats, room: Floats, rounds: int = 300) -> Floats:
    """Move points (n, 2) until no two are closer than the sum of their rooms, as near to that as `rounds` allow."""
    placed = points.copy()
    if len(placed) < 2:
        return placed
    sizes = _by_size(room)
    for _ in range(rounds):
        one, two = _neighbours(placed, room, sizes)
        apart = placed[one] - placed[two]
        distance = np.maximum(np.hypot(apart[:, 0], apart[:, 1]), 1e-6)
        overlap = room[one] + room[two] - distance
        close = overlap > 0
        if overlap.max(initial=0.0) < 0.01:
            break
        one, two = one[close], two[close]
        push = (0.5 * overlap[close] / distance[close])[:, None] * apart[close]
        for axis in (0, 1):
            placed[:, axis] += np.bincount(one, push[:, axis], len(placed))
            placed[:, axis] -= np.bincount(two, push[:, axis], len(placed))
    return placed


def _by_size(room: Floats) -> list[Rows]:
    """The rows of points by the size of their rooms, each class twice as large as the one before."""
    level = np.floor(np.log2(room / room.min()) + 1e-9).astype(int)
    return [np.flatnonzero(level == one) for one in np.unique(level)]


def _neighbours(placed: Floats, room: Floats, sizes: Sequence[Rows]) -> tuple[Rows, Rows]:
    """Rows of points that may be too close, in a fixed order. By size: one hub must not make neighbours of all."""
    trees = [cKDTree(placed[rows]) for rows in sizes]
    reach = [float(room[rows].max()) for rows in sizes]
    found = []
    for i, rows in enumerate(sizes):
        found.append(rows[trees[i].query_pairs(2 * reach[i], output_type="ndarray")])
        for j in range(i):
            near = trees[i].sparse_distance_matrix(trees[j], reach[i] + reach[j], output_type="ndarray")
            found.append(np.column_stack([rows[near["i"]], sizes[j][near["j"]]]))
    pairs = np.sort(np.concatenate(found), axis=1)
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    return pairs[:, 0], pairs[:, 1]


def turn_to(shape: Floats, outward: Sequence[tuple[int, Floats]]) -> Floats:
    """Turn a disc about its centre so that nodes with links to other discs stand on the side of those.

    `outward` holds (row of the node, direction of the other disc).
    """
    if not outward:
        return shape
    rows = np.array([row for row, _ in outward])
    towards = np.array([direction for _, direction in outward])
    towards = towards / np.maximum(np.hypot(towards[:, 0], towards[:, 1]), 1e-9)[:, None]
    points = shape[rows]
    cross = (points[:, 0] * towards[:, 1] - points[:, 1] * towards[:, 0]).sum()
    dot = (points * towards).sum()
    angle = np.arctan2(cross, dot)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return np.asarray(shape @ turn)
