"""A picture of many things: large communities push through a grid, many discs stand in rows below the packed ones."""

from __future__ import annotations

import numpy as np
import pytest

from graph.layout import Layout, layout
from graph.layout_discs import Floats, shelve

MANY = 300  # communities: more than pull each other
LARGE = 700  # things around one hub: more than push pair by pair


@pytest.fixture(scope="module")
def drawn() -> Layout:
    pairs = [(2 * number, 2 * number + 1) for number in range(MANY)]
    hub = 2 * MANY
    return layout(hub + LARGE, [*pairs, *((hub, hub + 1 + leaf) for leaf in range(LARGE - 1))])


def test_each_thing_has_a_place_of_its_own(drawn: Layout) -> None:
    spots = np.column_stack([drawn.x, drawn.y])
    assert np.isfinite(spots).all()
    assert len(np.unique(spots, axis=0)) == len(spots)
    assert np.abs(spots).max() <= 1000.01


def test_the_largest_community_comes_first_and_no_disc_overlaps_another(drawn: Layout) -> None:
    community = np.array(drawn.community)
    assert (community == 0).sum() == LARGE
    assert len(set(drawn.community)) == MANY + 1
    hub = np.column_stack([drawn.x, drawn.y])[community == 0]
    middle = (hub.max(axis=0) + hub.min(axis=0)) / 2
    others = np.column_stack([drawn.x, drawn.y])[community > 0]
    assert np.hypot(*(others - middle).T).min() > np.hypot(*(hub - middle).T).max()


def test_discs_in_rows_do_not_overlap() -> None:
    radii = np.random.default_rng(3).uniform(0.5, 6, 80)
    centres: Floats = np.zeros((1, 2))
    rows = shelve(centres, np.array([20.0]), radii)
    apart = np.hypot(*(rows[:, None] - rows[None]).transpose(2, 0, 1))
    np.fill_diagonal(apart, np.inf)
    assert (apart - radii[:, None] - radii[None]).min() > 0
    assert (rows[:, 1] + radii).max() < -20
