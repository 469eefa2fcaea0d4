"""Where things stand on the map: communities first, packed as discs beside those they work with, springs inside.

Seeded and without a clock: the same graph gives the same picture. Discs never overlap; what has no link stands in rows
below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np

from graph.layout_discs import Floats, fill_disc, pack, relax, turn_to
from graph.layout_spring import spring

_SEED = 2008
_SPACING = 1.0  # a node's own room, in the units of the layout before it is scaled
_HALF_WIDTH = 1000.0


@dataclass(frozen=True, slots=True)
class Layout:
    """By node: x, y in about [-1000, 1000] with y upwards, and the community, 0 being the largest.

    Things without a link share the last community.
    """

    x: Floats
    y: Floats
    community: Sequence[int]


def layout(count: int, edges: Sequence[tuple[int, int]]) -> Layout:
    """Lay out nodes 0..count-1; an edge that is given twice pulls twice."""
    graph = _graph(count, edges)
    groups = _communities(graph)
    lonely = sorted(node for node in graph if graph.degree(node) == 0)
    place = np.zeros((count, 2))
    centres, radii = _place_groups(graph, groups, place)
    _place_rows(place, lonely, centres, radii)
    community = np.full(count, len(groups), dtype=int)
    for number, group in enumerate(groups):
        community[group] = number
    scaled = _fit(place)
    return Layout(scaled[:, 0], scaled[:, 1], community.tolist())


def _graph(count: int, edges: Sequence[tuple[int, int]]) -> nx.Graph:
    graph = nx.Graph()
    graph.add_nodes_from(range(count))
    for a, b in sorted((min(edge), max(edge)) for edge in edges if edge[0] != edge[1]):
        held = graph.get_edge_data(a, b, {"weight": 0.0})["weight"]
        graph.add_edge(a, b, weight=held + 1.0)
    return graph


def _communities(graph: nx.Graph) -> list[list[int]]:
    linked = graph.subgraph(node for node in graph if graph.degree(node) > 0)
    if not len(linked):
        return []
    ordered = nx.Graph()  # subgraph views iterate in set order; Louvain depends on the order
    ordered.add_nodes_from(sorted(linked))
    ordered.add_weighted_edges_from(sorted(linked.edges(data="weight")))
    found = nx.community.louvain_communities(ordered, weight="weight", seed=_SEED)
    return sorted((sorted(group) for group in found), key=lambda group: (-len(group), group[0]))


def _place_groups(graph: nx.Graph, groups: Sequence[Sequence[int]], place: Floats) -> tuple[Floats, Floats]:
    """Fill `place`; return the centres and radii of the discs."""
    inside = [_spring(graph, group) for group in groups]
    radii = np.array([np.hypot(*shape.T).max(initial=0.0) + _SPACING for shape in inside])
    number = {node: index for index, group in enumerate(groups) for node in group}
    pull = np.zeros((len(groups), len(groups)))
    for a, b, weight in graph.edges(data="weight"):
        if number[a] != number[b]:
            pull[number[a], number[b]] += weight
            pull[number[b], number[a]] += weight
    centres = pack(radii, pull)
    for index, group in enumerate(groups):
        outward = [
            (row, centres[number[other]] - centres[index])
            for row, node in enumerate(group)
            for other in sorted(graph[node])
            if number[other] != index
        ]
        place[group] = centres[index] + turn_to(inside[index], outward)
    return centres, radii


def _spring(graph: nx.Graph, group: Sequence[int]) -> Floats:
    """Positions of one community around the origin, no two nodes closer than their room."""
    number = {node: index for index, node in enumerate(group)}
    inside = sorted((number[a], number[b]) for a, b in graph.subgraph(group).edges())
    shape = spring(len(group), [(min(edge), max(edge)) for edge in inside])
    room = np.array([_SPACING * (0.7 + 0.25 * graph.degree(node) ** 0.5) for node in group])
    shape *= 1.25 * float(np.sqrt((room**2).sum())) / max(float(np.hypot(*shape.T).max()), 1e-9)
    shape = relax(fill_disc(shape), room)
    return np.asarray(shape - (shape.max(axis=0) + shape.min(axis=0)) / 2)


def _place_rows(place: Floats, lonely: Sequence[int], centres: Floats, radii: Floats) -> None:
    """The things without a link, in rows below the lowest disc, as wide as the picture."""
    if not lonely:
        return
    left, right = (centres[:, 0] - radii).min(initial=0.0), (centres[:, 0] + radii).max(initial=0.0)
    bottom = (centres[:, 1] - radii).min(initial=0.0)
    step = 1.6 * _SPACING
    columns = max(int((right - left) / step), int(np.ceil(np.sqrt(1.5 * len(lonely)))), 1)
    for index, node in enumerate(lonely):
        row, column = divmod(index, columns)
        in_row = min(columns, len(lonely) - row * columns)
        place[node] = ((left + right) / 2 + (column - (in_row - 1) / 2) * step, bottom - (2 + row) * step)


def _fit(place: Floats) -> Floats:
    """Centre the picture and scale it so that it fits a frame of 2000 by 1333."""
    if not len(place):
        return place
    low, high = place.min(axis=0), place.max(axis=0)
    size = np.maximum(high - low, 1e-9)
    scale = min(2 * _HALF_WIDTH / size[0], 2 * _HALF_WIDTH / 1.5 / size[1])
    return np.asarray((place - (low + high) / 2) * min(scale, _HALF_WIDTH / 4))
