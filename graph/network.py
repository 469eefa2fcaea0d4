"""The selection as a NetworkX graph: the public face for notebooks, exports and small analyses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

import polars as pl
from networkx import MultiGraph

from graph.columns import Columns
from graph.selection import Selection

Attributes: TypeAlias = dict[str, object]

# Attributes of a node in this order. `county` is the key of a place; x and y are the positions of the map (y upwards).
NODE_ATTRIBUTES = (
    "key",
    "label_en",
    "label_sv",
    "kind",
    "group",
    "county",
    "county_en",
    "county_sv",
    "country",
    "lat",
    "lon",
    "x",
    "y",
    "homepage",
)

# Attributes of an edge in this order. `relation` is the relation's key, `documents` the addresses of its sources.
EDGE_ATTRIBUTES = (
    "relation",
    "kind",
    "tie",
    "role",
    "start",
    "end",
    "amount",
    "currency",
    "note",
    "documents",
)

_TOLD = ("kind", "start", "end", "amount", "currency", "note")
_COPIED = ("key", "kind", "group", "county", "country", "lat", "lon", "x", "y", "homepage")


def network(columns: Columns, selection: Selection) -> MultiGraph:
    """An undirected multigraph of the selected things (node = key) and one edge for each pair that a relation joins.

    Unknown values are None. The edge key is that of the relation, with `#2`, `#3` ... for the further pairs of a
    relation among more than two, so that edge keys are unique in the whole graph.
    """
    graph = MultiGraph()
    for key, attributes in things(columns, columns.nodes["node"][selection.nodes]):
        graph.add_node(key, **attributes)
    seen: dict[str, int] = {}
    for one, other, attributes in _links(columns, selection):
        relation = str(attributes["relation"])
        seen[relation] = number = seen.get(relation, 0) + 1
        graph.add_edge(one, other, key=relation if number == 1 else f"{relation}#{number}", **attributes)
    return graph


def things(columns: Columns, nodes: pl.Series) -> Iterator[tuple[str, Attributes]]:
    """Key and NODE_ATTRIBUTES of each of the nodes (ids), in the order of the columns."""
    rows = columns.nodes[nodes].sort("node")
    names = {row["key"]: row for row in columns.nodes.select("key", "name_en", "name_sv").iter_rows(named=True)}
    for row in rows.iter_rows(named=True):
        county: Mapping[str, str | None] = names.get(row["county"], {})
        held: Attributes = {name: row[name] for name in _COPIED}
        held |= {"label_en": row["name_en"], "label_sv": row["name_sv"]}
        held |= {"county_en": county.get("name_en"), "county_sv": county.get("name_sv")}
        yield row["key"], {name: held[name] for name in NODE_ATTRIBUTES}


def _links(columns: Columns, selection: Selection) -> Iterator[tuple[str, str, Attributes]]:
    """Both ends and the attributes of each selected edge; a collaboration, which rules derive, has no relation row."""
    document = dict(columns.evidence.select("evidence", "document").iter_rows())
    told = columns.relations.select("relation", "key", *_TOLD, "evidence")
    edges = selection.edges.select("a", "b", "relation", "tie", "role").join(
        told, on="relation", how="left", maintain_order="left"
    )
    for row in edges.iter_rows(named=True):
        one, other = columns.key_of[row["a"]], columns.key_of[row["b"]]
        held: Attributes = {name: row.get(name) for name in EDGE_ATTRIBUTES}
        held["relation"] = row["key"] or f"{row['tie']}/{one}/{other}"
        held["documents"] = list(dict.fromkeys(document[proof] for proof in row["evidence"] or ()))
        yield one, other, held
