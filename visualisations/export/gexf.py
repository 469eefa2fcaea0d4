"""GEXF for Gephi: positions, colours and sizes of the map; links with dates feed its timeline."""

from __future__ import annotations

from io import BytesIO
from math import sqrt

from networkx import MultiGraph
from networkx.readwrite.gexf import GEXFWriter

from visualisations.caption import Caption
from visualisations.palette import family
from visualisations.plain import Plain, first_day, last_day, plain

SUFFIX = "gexf"
MEDIA_TYPE = "application/gexf+xml"


def render(network: MultiGraph, caption: Caption) -> bytes:
    """The network as GEXF 1.2 in UTF-8.

    A link's `start` and `end` are widened to whole days, as the format wants them; `since` and `until` keep what the
    source says ("2008-11").
    """
    picture = MultiGraph()
    for key, attributes in network.nodes(data=True):
        picture.add_node(
            key, label=plain(attributes)[f"label_{caption.lang}"], **_thing(attributes, network.degree(key))
        )
    for number, (one, other, attributes) in enumerate(network.edges(data=True)):
        picture.add_edge(one, other, id=str(number), **_link(attributes))
    writer = GEXFWriter(encoding="utf-8", version="1.2draft")
    writer.add_graph(picture)
    writer.xml.find("meta").set("lastmodifieddate", caption.built[:10])
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _thing(attributes: dict[str, object], links: int) -> dict[str, object]:
    """A node's attributes; those that GEXF has its own elements for go into `viz`."""
    held = plain(attributes)
    del held["key"]  # the node's id already; GEXF files of NetworkX keep the name for something else
    x, y = held.pop("x", None), held.pop("y", None)
    colour = bytes.fromhex(family(str(attributes["kind"])).light[1:])
    viz: dict[str, object] = {"color": dict(zip("rgb", colour, strict=True)), "size": 6.0 + 3.0 * sqrt(links)}
    if x is not None and y is not None:
        viz["position"] = {"x": x, "y": y, "z": 0.0}
    return {**held, "viz": viz}


def _link(attributes: dict[str, object]) -> dict[str, Plain]:
    """A link's attributes with its dates as days."""
    held = plain(attributes)
    start, end = held.pop("start", None), held.pop("end", None)
    if start is not None:
        held |= {"start": first_day(str(start)), "since": start}
    if end is not None:
        held |= {"end": last_day(str(end)), "until": end}
    return held
