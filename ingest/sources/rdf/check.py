"""The shapes of the ontology, held against a batch of nodes at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import pyshacl
from pyoxigraph import NamedNode, RdfFormat, Triple, serialize
from rdflib import RDF, SH, Graph

from graph.language import ontology_triples, types_of
from graph.merge import Entry
from graph.node import Node
from graph.quads import Writer, with_types
from graph.rdf import SKOS, TYPE, Names, ce
from ontology.schema import shapes_path
from ontology.terms import BASE

BATCH = 500


def complaints(nodes: Sequence[Node]) -> Iterator[tuple[str, str, bool]]:
    """(key of the node, what is wrong, whether it is only a warning), in the order of the nodes."""
    kinds = {node.key: node.kind for node in nodes}
    holders = {key: node.key for node in nodes for name, key in node.refs() if name == "holder"}
    names = Names(BASE)
    for start in range(0, len(nodes), BATCH):
        batch = nodes[start : start + BATCH]
        data = _concepts() + _graph([*_triples(batch, names), *_around(batch, kinds, holders, names)])
        _, report, _ = pyshacl.validate(data, shacl_graph=_shapes(), inference="none", inplace=True)
        found = _results(report)
        for node in batch:
            for message, warning in sorted(found.get(names.thing(node.key).value, ())):
                yield node.key, message, warning


def _triples(batch: Sequence[Node], names: Names) -> Iterator[Triple]:
    writer = Writer(names, {node.key: Entry(node.key, node.kind, values=node.values) for node in batch})
    for node in batch:
        yield from with_types(writer.node(node))
        if node.evidence:
            yield Triple(names.thing(node.key), ce("evidence"), NamedNode(f"{BASE}id/ev/some"))


def _around(
    batch: Sequence[Node], kinds: Mapping[str, str], holders: Mapping[str, str], names: Names
) -> Iterator[Triple]:
    """What the shapes ask of nodes in other batches: their classes, and that a person holds a position."""
    inside = {node.key for node in batch}
    for key in sorted({key for node in batch for _, key in node.refs()} - inside):
        for above in types_of(kinds[key]) if key in kinds else ():
            yield Triple(names.thing(key), TYPE, above)
    for node in batch:
        if node.kind == "Person" and node.key in holders:
            yield Triple(names.thing(holders[node.key]), ce("holder"), names.thing(node.key))


def _results(report: object) -> Mapping[str, set[tuple[str, bool]]]:
    found: dict[str, set[tuple[str, bool]]] = {}
    if isinstance(report, Graph):
        for result in report.subjects(RDF.type, SH.ValidationResult):
            focus, message = report.value(result, SH.focusNode), report.value(result, SH.resultMessage)
            warning = report.value(result, SH.resultSeverity) != SH.Violation
            found.setdefault(str(focus), set()).add((str(message), warning))
    return found


def _graph(triples: Sequence[Triple]) -> Graph:
    raw = serialize(dict.fromkeys(triples), format=RdfFormat.N_TRIPLES) or b""
    return Graph().parse(data=raw, format="nt")


@cache
def _shapes() -> Graph:
    return Graph().parse(shapes_path(), format="turtle")


@cache
def _concepts() -> Graph:
    """The concepts with their classes and schemes."""
    members = {triple.subject for triple in ontology_triples() if triple.predicate == NamedNode(f"{SKOS}inScheme")}
    wanted = (NamedNode(f"{SKOS}inScheme"), TYPE)
    return _graph([t for t in ontology_triples() if t.subject in members and t.predicate in wanted])
