"""Discs that pull each other and never overlap."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Rows: TypeAlias = npt.NDArray[np.intp]

_GAP = 1.2
_ASPECT = 1.5
_STEPS = 600
_LOOK_AGAIN = 12  # rounds until the pairs that may overlap are looked up anew
_LOOSEN = 600


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
    rooms = radii + _GAP * (0.5 - 5e-4)
    for turn in range(0, rounds, _LOOK_AGAIN):
        x, y = centres[:, 0], centres[:, 1]
        square = np.subtract.outer(x, x) ** 2
        square += np.subtract.outer(y, y) ** 2
        near = np.flatnonzero(np.triu(square < np.add.outer(rooms, rooms + _GAP) ** 2, 1))
        one, two = np.divmod(near, len(radii))
        if not (np.sqrt(square[one, two]) < rooms[one] + rooms[two]).any():
            break
        if turn and turn % _LOOSEN == 0:
            centres = centres * 1.01  # wedged: more room for all
        for _ in range(min(_LOOK_AGAIN, rounds)):
            centres = centres + 0.9 * _push(centres, radii, one, two)
    return np.asarray(centres)


def _push(centres: Floats, radii: Floats, one: Rows, two: Rows) -> Floats:
    """How far each disc should move so that the pairs (`one`, `two`) do not overlap; mean over those that it touches."""
    apart = centres[one] - centres[two]
    distance = np.hypot(apart[:, 0], apart[:, 1])
    overlap = np.maximum(radii[one] + radii[two] + _GAP - distance, 0.0)
    small, large = radii[one] ** 2, radii[two] ** 2
    push = (overlap / np.maximum(distance, 1e-9) / (small + large))[:, None] * apart
    count = len(radii)
    hits = np.bincount(one, overlap > 0, count) + np.bincount(two, overlap > 0, count)
    moved = [
        np.bincount(one, push[:, axis] * large, count) - np.bincount(two, push[:, axis] * small, count)
        for axis in (0, 1)
    ]
    return np.asarray(np.column_stack(moved) / np.maximum(hits, 1)[:, None])


def shelve(centres: Floats, radii: Floats, more: Floats) -> Floats:
    """Centres of further discs, largest first, in rows below those that stand already, as wide as the picture."""
    left, right = (centres[:, 0] - radii).min(initial=0.0), (centres[:, 0] + radii).max(initial=0.0)
    top = (centres[:, 1] - radii).min(initial=0.0) - _GAP
    width = max(float(right - left), float(np.sqrt(1.5 * (4 * more**2).sum())))
    placed = np.zeros((len(more), 2))
    x, height = 0.0, 0.0
    for index in np.argsort(-more, kind="stable"):
        size = 2 * more[index] + _GAP
        if x and x + size > width:
            x, top, height = 0.0, top - height, 0.0
        placed[index] = (left + right - width) / 2 + x + size / 2, top - size / 2
        x, height = x + size, max(height, size)
    return placed


def fill_disc(shape: Floats) -> Floats:
    """Draw stragglers in: each point half-way between its own distance from the middle and an even spread of a disc."""
    middle = np.median(shape, axis=0)
    away = shape - middle
    distance = np.hypot(away[:, 0], away[:, 1])
    rank = (np.argsort(np.argsort(distance, kind="stable"), kind="stable") + 0.5) / len(distance)
    even = np.sqrt(rank) * np.quantile(distance, 0.8) * 1.1
    wanted = 0.3 * np.minimum(distance, even.max()) + 0.7 * even
    return np.asarray(away * (wanted / np.maximum(distance, 1e-9))[:, None])


def turn_to(shape: Floats, rows: Rows, towards: Floats) -> Floats:
    """Turn a disc about its centre so that nodes with links to other discs stand on the side of those.

    `rows` are those of the nodes, `towards` (as many, 2) the directions of the other discs.
    """
    if not len(rows):
        return shape
    towards = towards / np.maximum(np.hypot(towards[:, 0], towards[:, 1]), 1e-9)[:, None]
    points = shape[rows]
    cross = (points[:, 0] * towards[:, 1] - points[:, 1] * towards[:, 0]).sum()
    dot = (points * towards).sum()
    angle = np.arctan2(cross, dot)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return np.asarray(shape @ turn)
