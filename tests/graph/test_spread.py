"""A part of the map in the room of the whole."""

from __future__ import annotations

import numpy as np
import polars as pl

from graph.layout_room import relax
from graph.spread import spread

MIDDLE = np.array([50.0, 0.0])


def test_the_middle_of_a_community_opens_to_its_rim() -> None:
    around = np.linspace(0, 2 * np.pi, 100, endpoint=False)
    rings = np.concatenate([radius * np.column_stack([np.cos(around), np.sin(around)]) for radius in (1, 5, 10)])
    whole = pl.DataFrame({"community": [3] * 300, "x": rings[:, 0] + 50, "y": rings[:, 1]})
    inner = rings[:100] + MIDDLE
    moved = spread(inner, pl.Series([3] * 100), whole) - MIDDLE
    assert np.allclose(np.hypot(*moved.T), 8.0)  # eight times at most
    assert np.allclose(moved, rings[:100] * 8)
    outer = np.concatenate([inner, rings[200:202] + MIDDLE])
    assert np.hypot(*(spread(outer, pl.Series([3] * 102), whole) - MIDDLE).T).max() < 10.01


def test_what_is_whole_or_alone_stays() -> None:
    whole = pl.DataFrame({"community": [0, 0, None], "x": [0.0, 4.0, 9.0], "y": [0.0, 0.0, 9.0]})
    place = whole.select("x", "y").to_numpy()
    assert np.array_equal(spread(place, whole["community"], whole), place)
    one = spread(place[:1], pl.Series([0]), whole)
    assert np.isfinite(one).all()


def test_a_hub_stays_among_its_many_neighbours() -> None:
    chance = np.random.default_rng(6)
    small = chance.normal(size=(3000, 2)) * 12
    room = np.array([14.0, *[0.95] * 3000])
    placed = relax(np.concatenate([[[3.0, -2.0]], small]), room)
    far = np.hypot(*placed.T)
    assert far[0] < np.percentile(far, 50)
