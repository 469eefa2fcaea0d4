"""The picture: the same each time, communities apart, everything in the frame."""

from __future__ import annotations

import numpy as np
import pytest

from graph.columns import Columns
from graph.layout import layout
from graph.layout_discs import pack

RING = [(i, (i + 1) % 8) for i in range(8)]


def ends_of(columns: Columns) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    return columns.nodes.drop_nulls("x").select("x", "y").to_numpy()


def test_the_same_graph_gives_the_same_picture() -> None:
    edges = [*RING, (0, 9), (9, 10), (10, 11), (11, 9)]
    one, two = layout(14, edges), layout(14, edges[::-1])
    assert np.array_equal(one.x, two.x)
    assert np.array_equal(one.y, two.y)
    assert one.community == two.community


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_few_or_no_edges(count: int) -> None:
    alone = layout(count, [])
    assert len(alone.x) == count
    assert np.isfinite(alone.x).all()
    assert np.isfinite(alone.y).all()
    assert len({(x, y) for x, y in zip(alone.x, alone.y, strict=True)}) == count


def test_the_demo_fills_a_wide_frame(columns: Columns) -> None:
    spots = ends_of(columns)
    width, height = spots.max(axis=0) - spots.min(axis=0)
    assert np.abs(spots).max() <= 1000.01
    assert 1.1 < width / height < 2


def test_communities_of_the_demo_do_not_overlap(columns: Columns) -> None:
    nodes = columns.nodes.drop_nulls("x").filter(columns.nodes.drop_nulls("x")["degree"] > 0)
    discs = []
    for _, group in nodes.group_by("community"):
        spots = group.select("x", "y").to_numpy().astype(float)
        centre = (spots.max(axis=0) + spots.min(axis=0)) / 2
        discs.append((spots, centre))
    for index, (spots, centre) in enumerate(discs):
        radius = np.hypot(*(spots - centre).T).max()
        for other, _ in discs[index + 1 :]:
            assert np.hypot(*(other - centre).T).min() > 0.75 * radius


def test_no_two_things_stand_in_one_place(columns: Columns) -> None:
    spots = ends_of(columns)
    apart = np.hypot(*(spots[:, None] - spots[None]).transpose(2, 0, 1))
    np.fill_diagonal(apart, np.inf)
    assert apart.min() > 2


def test_discs_never_overlap() -> None:
    radii = np.random.default_rng(1).uniform(1, 12, 60)
    pull = np.random.default_rng(2).poisson(0.2, (60, 60)).astype(float)
    centres = pack(radii, pull + pull.T)
    apart = np.hypot(*(centres[:, None] - centres[None]).transpose(2, 0, 1))
    np.fill_diagonal(apart, np.inf)
    assert (apart - radii[:, None] - radii[None]).min() > 0


def test_what_has_no_link_stands_below() -> None:
    drawn = layout(12, RING)
    assert max(drawn.y[8:]) < min(drawn.y[:8])
    assert set(drawn.community[8:]) == {max(drawn.community)}
