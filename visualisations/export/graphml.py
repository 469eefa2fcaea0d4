"""GraphML for NetworkX, yEd and Gephi: every attribute of things and links, texts and numbers only."""

from __future__ import annotations

from io import BytesIO

from networkx import MultiGraph, write_graphml

from visualisations.caption import Caption
from visualisations.plain import plain

SUFFIX = "graphml"
MEDIA_TYPE = "application/graphml+xml"


def render(network: MultiGraph, caption: Caption) -> bytes:
    """The network as GraphML in UTF-8; unknown values are left out, documents joined by " | "."""
    simple = MultiGraph(built=caption.built)
    for key, attributes in network.nodes(data=True):
        simple.add_node(key, **plain({"label": attributes[f"label_{caption.lang}"], **attributes}))
    for one, other, relation, attributes in network.edges(keys=True, data=True):
        simple.add_edge(one, other, key=relation, **plain(attributes))
    out = BytesIO()
    write_graphml(simple, out, encoding="utf-8", named_key_ids=True)
    return out.getvalue()
