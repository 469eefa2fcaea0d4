"""The collaboration network of a scope as NetworkX graphs: who works with whom, and who takes part in what.

For notebooks, exports and analyses of up to some ten thousand ties; the findings of `graph.gaps` work on arrays.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import numpy as np
import polars as pl
from networkx import Graph, MultiGraph
from scipy.sparse import csr_array, triu

from graph.gaps.actors import TYPES
from graph.gaps.collaboration import Collaboration, Ints
from graph.gaps.field import Field, field
from graph.gaps.tie_table import tie_table
from graph.network import NODE_ATTRIBUTES, things

Attributes: TypeAlias = dict[str, object]

# Beside those of `graph.network`. `technologies` are those that the actor states or practises (keys, closed upwards),
# `strength` and `partners` are counted among the actors of the scope's technologies.
ACTOR_ATTRIBUTES = (*NODE_ATTRIBUTES, "type", "region", "technologies", "strength", "partners")

# `weight` is sum of decay / (n - 1); `start` and `end` are the first and the last year; `efforts` keys of the things in
# which the two met; `documents` the addresses of the records behind it.
TIE_ATTRIBUTES = ("weight", "ties", "occasions", "start", "end", "efforts", "documents")

# Of an occasion, beside `key` (of its thing, or of the partnership), names and kind.
OCCASION_ATTRIBUTES = ("key", "label_en", "label_sv", "kind", "group", "tie", "start", "end", "actors")
TWO_MODE_ATTRIBUTES = tuple(dict.fromkeys((*ACTOR_ATTRIBUTES, "bipartite", *OCCASION_ATTRIBUTES)))


def collaboration_graph(net: Collaboration) -> Graph:
    """Actors (node = key) whom the scope asks about and, when its reach is `touching`, those whom they have ties with; an
    edge for each tie of which one end is asked about. Unknown values are None."""
    held = field(net)
    ends = _ends(held)
    graph = Graph(node_attributes=ACTOR_ATTRIBUTES, edge_attributes=TIE_ATTRIBUTES)
    shown = held.asked.copy()
    shown[ends.ravel()] = True
    for key, attributes in _actors(held, np.flatnonzero(shown)):
        graph.add_node(key, **attributes)
    for key, other, attributes in _ties(held, ends):
        graph.add_edge(key, other, **attributes)
    return graph


def two_mode_graph(net: Collaboration) -> Graph:
    """Actors whom the scope asks about (`bipartite` 0, node = key) and the occasions in which they took part (`bipartite` 1,
    node = key of the thing with its tie, such as `pilot#project`)."""
    held = field(net)
    places = np.flatnonzero(held.asked)
    graph = Graph(node_attributes=TWO_MODE_ATTRIBUTES, edge_attributes=("weight",))
    for key, attributes in _actors(held, places):
        graph.add_node(key, bipartite=0, **attributes)
    incidence = csr_array(net.incidence[held.rows[places]])
    taking = incidence.tocoo()
    columns = np.unique(taking.coords[1])
    names = dict(zip(columns.tolist(), _occasions(net, columns), strict=True))
    for attributes in names.values():
        graph.add_node(_node(attributes), bipartite=1, **attributes)
    keys = [net.columns.key_of[node] for node in held.nodes[places]]
    for place, column in zip(taking.coords[0].tolist(), taking.coords[1].tolist(), strict=True):
        share = float(net.decay[column]) / (net.occasions["actors"][column] - 1)
        graph.add_edge(keys[place], _node(names[column]), weight=share)
    return graph


def as_multigraph(graph: Graph) -> MultiGraph:
    """The same as the exporters of `visualisations.export` take it; the key of an edge is made of those of its ends."""
    found = MultiGraph(**graph.graph)
    found.add_nodes_from(graph.nodes(data=True))
    for one, other, attributes in graph.edges(data=True):
        found.add_edge(one, other, key=f"{one} {other}", **attributes)
    return found


def _node(attributes: Attributes) -> str:
    return f"{attributes['key']}#{attributes['tie']}"


def _ends(held: Field) -> Ints:
    """Pairs of places (m, 2), the lower first, in order."""
    upper = triu(held.weights, 1).tocoo()
    ends = np.column_stack([upper.coords[0], upper.coords[1]]).astype(np.int64)
    asked = held.asked[ends]
    kept = asked.all(axis=1) if held.net.scope.reach == "within" else asked.any(axis=1)
    ends = ends[kept]
    order: Ints = np.lexsort((ends[:, 1], ends[:, 0]))
    return np.asarray(ends[order])


def _actors(held: Field, places: Ints) -> Iterator[tuple[str, Attributes]]:
    """Key and attributes of actors of the field, in the order of the columns."""
    net = held.net
    rows = held.rows[places]
    works = csr_array(net.stated[rows] + (net.practised[rows] > 0))
    techs = [net.columns.key_of[node] for node in net.techs]
    strength = np.asarray(held.weights.sum(axis=1)).ravel()
    for number, (key, attributes) in enumerate(things(net.columns, pl.Series(net.nodes[rows]))):
        place = int(places[number])
        own = works.indices[works.indptr[number] : works.indptr[number + 1]]
        county = attributes["county"]
        yield (
            key,
            {
                **attributes,
                "type": TYPES[net.types[held.rows[place]]],
                "region": attributes["country"] if county is None else county,
                "technologies": sorted(techs[column] for column in own),
                "strength": float(strength[place]),
                "partners": int(held.degree[place]),
            },
        )


def _ties(held: Field, ends: Ints) -> Iterator[tuple[str, str, Attributes]]:
    """Both ends and what stands behind each tie: one pass over all pairs of all occasions, without a search for each."""
    if not len(ends):
        return
    met = tie_table(held.net, held.rows[ends])
    keys = held.net.columns.key_of
    weights = np.asarray(held.weights[ends[:, 0], ends[:, 1]]).ravel()
    nodes = held.nodes[ends]
    for (a, b), weight, row in zip(nodes.tolist(), weights.tolist(), met.iter_rows(named=True), strict=True):
        yield (
            keys[a],
            keys[b],
            {
                "weight": weight,
                "ties": row["tie"],
                "occasions": row["count"],
                "start": None if row["start"] is None else str(row["start"]),
                "end": None if row["end"] is None else str(row["end"]),
                "efforts": [keys[thing] for thing in row["thing"]],
                "documents": row["document"],
            },
        )


def _occasions(net: Collaboration, columns: Ints) -> list[Attributes]:
    """Attributes of occasions by column."""
    nodes = net.columns.nodes.select("node", "key", "name_en", "name_sv", "kind", "group")
    relations = net.columns.relations.select(
        "relation", pl.col("key").alias("own_key"), pl.col("kind").alias("own_kind")
    )
    table = net.occasions[columns].join(nodes, left_on="thing", right_on="node", how="left", maintain_order="left")
    table = table.join(relations, on="relation", how="left", maintain_order="left")
    found: list[Attributes] = []
    for row in table.iter_rows(named=True):
        end = max(row["start"], row["end"])
        key = row["key"] or row["own_key"]
        held: Attributes = {"key": key, "label_en": row["name_en"] or key, "label_sv": row["name_sv"] or key}
        held |= {"kind": row["kind"] or row["own_kind"], "group": row["group"] or "relation", "tie": row["tie"]}
        held |= {"start": str(row["start"]) if row["start"] >= 0 else None, "end": str(end) if end >= 0 else None}
        found.append({**held, "actors": row["actors"]})
    return found
