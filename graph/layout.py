"""Where things stand on the map: communities first, packed as discs beside those they work with, springs inside.

Seeded and without a clock: the same graph gives the same picture. Discs never overlap; what has no link stands in rows
below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph.layout_communities import Ints, communities
from graph.layout_discs import Floats, fill_disc, pack, shelve, turn_to
from graph.layout_room import relax
from graph.layout_spring import spring

_SPACING = 1.0  # a node's own room, in the units of the layout before it is scaled
_HALF_WIDTH = 1000.0
_MOST_PACKED = 256  # discs that pull each other: every step compares all pairs


@dataclass(frozen=True, slots=True)
class Layout:
    """By node: x, y in about [-1000, 1000] with y upwards, and the community, 0 being the largest.

    Things without a link share the last community.
    """

    x: Floats
    y: Floats
    community: Sequence[int]


def layout(count: int, edges: Sequence[tuple[int, int]] | Ints) -> Layout:
    """Lay out nodes 0..count-1; an edge that is given twice pulls twice."""
    if not count:
        return Layout(np.zeros(0), np.zeros(0), [])
    ends, weight = _lines(count, edges)
    community = communities(count, ends, weight)
    degree = np.bincount(ends.ravel(), minlength=count)
    groups = np.split(np.argsort(community, kind="stable"), np.cumsum(np.bincount(community))[:-1])
    lonely = groups.pop() if not degree.all() else np.zeros(0, dtype=np.int64)
    place = np.zeros((count, 2))
    centres, radii = _place_groups(groups, community, ends, weight, degree, place)
    _place_rows(place, lonely, centres, radii)
    scaled = _fit(place)
    return Layout(scaled[:, 0], scaled[:, 1], community.tolist())


def _lines(count: int, edges: Sequence[tuple[int, int]] | Ints) -> tuple[Ints, Ints]:
    """Different pairs of different nodes, the smaller first, in order, and how often each was given."""
    pairs = np.sort(np.asarray(edges, dtype=np.int64).reshape(-1, 2), axis=1)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    codes, weight = np.unique(pairs[:, 0] * max(count, 1) + pairs[:, 1], return_counts=True)
    return np.column_stack(np.divmod(codes, max(count, 1))), weight


def _place_groups(
    groups: Sequence[Ints], community: Ints, ends: Ints, weight: Ints, degree: Ints, place: Floats
) -> tuple[Floats, Floats]:
    """Fill `place`; return the centres and radii of the discs."""
    one, two = community[ends[:, 0]], community[ends[:, 1]]
    inside = _inside(groups, ends[one == two], one[one == two], len(community))
    shapes = [_shape(lines, degree[group]) for group, lines in zip(groups, inside, strict=True)]
    radii = np.array([np.hypot(*shape.T).max(initial=0.0) + _SPACING for shape in shapes])
    packed = min(len(groups), _MOST_PACKED)
    across = (one != two) & (one < packed) & (two < packed)
    pull = np.zeros((packed, packed))
    np.add.at(pull, (one[across], two[across]), weight[across])
    centres = pack(radii[:packed], pull + pull.T)
    centres = np.concatenate([centres, shelve(centres, radii[:packed], radii[packed:])])
    outward = _outward(groups, ends[one != two], community)
    for group, shape, centre, lines in zip(groups, shapes, centres, outward, strict=True):
        rows = np.searchsorted(group, lines[:, 0])
        place[group] = centre + turn_to(shape, rows, centres[community[lines[:, 1]]] - centre)
    return centres, radii


def _inside(groups: Sequence[Ints], ends: Ints, owner: Ints, count: int) -> list[Ints]:
    """The lines within each group, by the rows of its nodes."""
    row = np.zeros(count, dtype=np.int64)
    for group in groups:
        row[group] = np.arange(len(group))
    ordered = row[ends[np.argsort(owner, kind="stable")]]
    return np.split(ordered, np.cumsum(np.bincount(owner, minlength=len(groups)))[:-1]) if groups else []


def _outward(groups: Sequence[Ints], ends: Ints, community: Ints) -> list[Ints]:
    """For each group (its node, the node elsewhere) of every line that leaves it."""
    both = np.concatenate([ends, ends[:, ::-1]])
    owner = community[both[:, 0]]
    both = both[np.lexsort((both[:, 1], both[:, 0], owner))]
    return np.split(both, np.cumsum(np.bincount(owner, minlength=len(groups)))[:-1]) if groups else []


def _shape(lines: Ints, degree: Ints) -> Floats:
    """Positions of one community around the origin, no two nodes closer than their room."""
    shape = spring(len(degree), lines)
    room = (_SPACING * (0.7 + 0.25 * np.sqrt(degree))).astype(np.float64)
    shape *= 1.25 * float(np.sqrt((room**2).sum())) / max(float(np.hypot(*shape.T).max()), 1e-9)
    shape = relax(fill_disc(shape), room)
    return np.asarray(shape - (shape.max(axis=0) + shape.min(axis=0)) / 2)


def _place_rows(place: Floats, lonely: Ints, centres: Floats, radii: Floats) -> None:
    """The things without a link, in rows below the lowest disc, as wide as the picture."""
    left, right = (centres[:, 0] - radii).min(initial=0.0), (centres[:, 0] + radii).max(initial=0.0)
    bottom = (centres[:, 1] - radii).min(initial=0.0)
    step = 1.6 * _SPACING
    columns = max(int((right - left) / step), int(np.ceil(np.sqrt(1.5 * len(lonely)))), 1)
    row, column = np.divmod(np.arange(len(lonely)), columns)
    in_row = np.minimum(columns, len(lonely) - row * columns)
    place[lonely, 0] = (left + right) / 2 + (column - (in_row - 1) / 2) * step
    place[lonely, 1] = bottom - (2 + row) * step


def _fit(place: Floats) -> Floats:
    """Centre the picture and scale it so that it fits a frame of 2000 by 1333."""
    if not len(place):
        return place
    low, high = place.min(axis=0), place.max(axis=0)
    size = np.maximum(high - low, 1e-9)
    scale = min(2 * _HALF_WIDTH / size[0], 2 * _HALF_WIDTH / 1.5 / size[1])
    return np.asarray((place - (low + high) / 2) * min(scale, _HALF_WIDTH / 4))
