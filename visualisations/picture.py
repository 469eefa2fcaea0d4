"""The network as pyvis and vis-network take it; the one module that knows pyvis, which has no types.

pyvis builds the options and holds the nodes and edges, handed over as lists (its `add_edge` looks at every edge before
each new one). Its HTML is never used: heading, background and menus of its template run what they are given.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import sqrt
from pathlib import Path

import pyvis
from networkx import MultiGraph
from pyvis.edge import Edge
from pyvis.network import Network
from pyvis.node import Node

from visualisations.caption import Lang
from visualisations.palette import family
from visualisations.positions import positions
from visualisations.words import kind_name

_INTERACTION = {"hover": True, "tooltipDelay": 120, "keyboard": {"enabled": True, "bindToWindow": False}}
_OPTIONS: dict[str, object] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"font": {"size": 0}, "borderWidth": 1.5, "borderWidthSelected": 3},
    "edges": {"smooth": False, "selectionWidth": 1.5, "hoverWidth": 0.5},
}


@dataclass(frozen=True, slots=True)
class Picture:
    """What `new vis.Network` needs; `options` is JSON. Node ids are numbers, in the order of the network's nodes."""

    nodes: list[dict[str, object]]
    edges: list[dict[str, object]]
    options: str


def picture(network: MultiGraph, lang: Lang) -> Picture:
    """One dot for each thing, one line for each joined pair (thicker for more relations), positions from the server."""
    drawing = Network(height="100%", width="100%", cdn_resources="local")
    drawing.nodes = list(_nodes(network, lang))
    drawing.edges = list(_edges(network))
    drawing.set_options(json.dumps(_options(len(drawing.edges))))
    nodes, edges, _, _, _, options = drawing.get_network_data()
    return Picture(nodes, edges, options)


@cache
def script() -> str:
    """vis-network as pyvis ships it, without the comment that makes a browser's tools fetch a source map."""
    newest = max(Path(pyvis.__path__[0]).glob("lib/vis-*/vis-network.min.js"), key=_version)
    text = newest.read_text("utf-8")
    return text.rpartition("//# sourceMappingURL")[0] or text


def _version(path: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in path.parent.name.removeprefix("vis-").split("."))


def _nodes(network: MultiGraph, lang: Lang) -> Iterator[dict[str, object]]:
    """The options of each node. The tooltip is text: vis-network sets it with innerText."""
    places = positions(network).tolist()
    for number, (key, held) in enumerate(network.nodes(data=True)):
        name, county, look = held[f"label_{lang}"], held[f"county_{lang}"], family(held["kind"])
        told = f"{name}\n{kind_name(held['kind'], lang)}" + (f", {county}" if county else "")
        size = round(min(7 + 2.6 * sqrt(network.degree(key)), 38), 1)
        x, y = places[number]
        yield Node(number, look.shape, name, group=look.name, size=size, x=x, y=y, title=told).options


def _edges(network: MultiGraph) -> Iterator[dict[str, object]]:
    """One edge for each pair, the wider the more relations it has; what is joined to itself gets none."""
    number = {key: place for place, key in enumerate(network)}
    ends = ((number[one], number[other]) for one, other in network.edges() if one != other)
    pairs = Counter((min(pair), max(pair)) for pair in ends)
    for place, ((one, other), count) in enumerate(pairs.items()):
        yield Edge(one, other, id=place, width=round(0.6 + 0.9 * sqrt(count), 2)).options


def _options(edges: int) -> dict[str, object]:
    """Large pictures leave their edges out while they are moved."""
    large = edges > 4000
    return _OPTIONS | {"interaction": _INTERACTION | {"hideEdgesOnDrag": large, "hideEdgesOnZoom": large}}
