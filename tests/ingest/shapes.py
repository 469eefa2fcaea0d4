"""Whether what a source says is as the shapes want it."""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox
import pyshacl
from rdflib import Graph, Namespace

from graph.build_lines import all_lines
from graph.columns_build import build_columns
from graph.merge import merge
from graph.node import Node, RunRecord, SourceCard, SourceNodes
from graph.rdf import Names
from ontology import schema
from ontology.terms import BASE

_SH = Namespace("http://www.w3.org/ns/shacl#")


def violations(card: SourceCard, nodes: Sequence[Node]) -> set[str]:
    """The messages of all shapes that the nodes break, with what breaks them; warnings too."""
    source = SourceNodes(card, RunRecord("2026-11-26T00:00:00+00:00", {}, len(nodes), 0, "2026-11-26"), nodes)
    entries = merge([source])
    columns = build_columns(entries)
    text = "".join(all_lines([source], entries, Names(BASE), lambda: (columns.key_of, columns.links)))
    store = ox.Store()
    for quad in ox.parse(text.encode(), format=ox.RdfFormat.N_QUADS):
        store.add(ox.Quad(quad.subject, quad.predicate, quad.object))  # evidence beside what it is for
    data = Graph().parse(data=store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()), format="nt")
    shapes = Graph().parse(schema.shapes_path())
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    assert isinstance(report, Graph)
    return {
        f"{report.value(result, _SH.focusNode)} {report.value(result, _SH.resultMessage)}"
        for result in report.subjects(_SH.resultSeverity, None)
    }
