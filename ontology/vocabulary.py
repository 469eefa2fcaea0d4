"""Read the Turtle modules into terms. Only the generator and the tests come here; a running program reads `terms`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from ontology.model import ClassTerm, ConceptTerm, PropertyTerm

HERE = Path(__file__).parent
BASE = "https://w3id.org/cleantech-kg/"
CE = Namespace(BASE + "ns#")


class OntologyError(ValueError):
    """A term in the Turtle lacks what every term must have."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All terms by name, in alphabetical order; concepts in the order of their file."""

    classes: dict[str, ClassTerm]
    properties: dict[str, PropertyTerm]
    schemes: dict[str, dict[str, ConceptTerm]]


def turtle_files() -> tuple[Path, ...]:
    """The modules and vocabularies, without shapes, in a fixed order."""
    return (*sorted(HERE.glob("*.ttl")), *sorted(HERE.glob("vocabularies/*.ttl")))


def read_graph() -> Graph:
    """All modules and vocabularies as one graph."""
    graph = Graph()
    for path in turtle_files():
        graph.parse(path, format="turtle")
    return graph


def read_vocabulary(graph: Graph) -> Vocabulary:
    """The terms of a graph; OntologyError when one lacks a label or a definition."""
    classes = {name: _class(graph, CE[name]) for name in _names(graph, OWL.Class)}
    properties = {
        name: _property(graph, CE[name])
        for name in sorted({*_names(graph, OWL.ObjectProperty), *_names(graph, OWL.DatatypeProperty)})
    }
    schemes = {
        str(scheme).removeprefix(BASE).rstrip("/"): _concepts(graph, scheme)
        for scheme in sorted(graph.subjects(RDF.type, SKOS.ConceptScheme), key=str)
    }
    return Vocabulary(classes, properties, schemes)


def _names(graph: Graph, kind: URIRef) -> list[str]:
    """Names of our terms of a kind; a class of properties (ce:Shortcut) is no kind of thing and is left out."""
    return sorted(
        str(term).removeprefix(CE)
        for term in graph.subjects(RDF.type, kind)
        if str(term).startswith(CE) and (term, RDFS.subClassOf, RDF.Property) not in graph
    )


def _text(graph: Graph, term: Node, predicate: URIRef, lang: str) -> str:
    found = [o for o in graph.objects(term, predicate) if isinstance(o, Literal) and o.language == lang]
    if len(found) != 1:
        raise OntologyError(f"{term} needs exactly one {predicate} in {lang!r}, and has {len(found)}")
    return str(found[0])


def _class(graph: Graph, term: URIRef) -> ClassTerm:
    return ClassTerm(
        name=str(term).removeprefix(CE),
        iri=str(term),
        label_en=_text(graph, term, RDFS.label, "en"),
        label_sv=_text(graph, term, RDFS.label, "sv"),
        definition=_text(graph, term, SKOS.definition, "en"),
        parents=_ours(graph.objects(term, RDFS.subClassOf)),
    )


def _property(graph: Graph, term: URIRef) -> PropertyTerm:
    return PropertyTerm(
        name=str(term).removeprefix(CE),
        iri=str(term),
        label_en=_text(graph, term, RDFS.label, "en"),
        label_sv=_text(graph, term, RDFS.label, "sv"),
        definition=_text(graph, term, SKOS.definition, "en"),
        domain=_members(graph, term, RDFS.domain),
        range=_members(graph, term, RDFS.range),
        object=(term, RDF.type, OWL.ObjectProperty) in graph,
        shortcut=(term, RDF.type, CE.Shortcut) in graph,
        parents=_ours(graph.objects(term, RDFS.subPropertyOf)),
    )


def _ours(nodes: Iterator[Node]) -> tuple[str, ...]:
    return tuple(sorted(str(node).removeprefix(CE) for node in nodes if str(node).startswith(CE)))


def _members(graph: Graph, term: URIRef, predicate: URIRef) -> tuple[str, ...]:
    """The classes in a domain or range, the members of a union each by itself."""
    names: list[str] = []
    for node in graph.objects(term, predicate):
        union = graph.value(node, OWL.unionOf)
        parts = Collection(graph, union) if union is not None else [node]
        names.extend(_short(graph, part) for part in parts)
    return tuple(sorted(names))


def _short(graph: Graph, node: Node) -> str:
    return str(node).removeprefix(CE) if str(node).startswith(CE) else graph.namespace_manager.normalizeUri(str(node))


def _concepts(graph: Graph, scheme: Node) -> dict[str, ConceptTerm]:
    """The concepts of a scheme, each after the one that it is narrower than, siblings by their English label."""
    terms = {str(term).removeprefix(str(scheme)): term for term in graph.subjects(SKOS.inScheme, scheme)}
    made = {slug: _concept(graph, slug, term, str(scheme)) for slug, term in terms.items()}
    ordered: dict[str, ConceptTerm] = {}

    def walk(parent: tuple[str, ...]) -> None:
        level = [concept for concept in made.values() if concept.broader == parent]
        for concept in sorted(level, key=lambda c: (c.label_en, c.slug)):
            ordered[concept.slug] = concept
            walk((concept.slug,))

    walk(())
    if len(ordered) != len(made):
        raise OntologyError(f"{scheme}: not reached from a top concept: {sorted(made.keys() - ordered.keys())}")
    return ordered


def _concept(graph: Graph, slug: str, term: Node, scheme: str) -> ConceptTerm:
    codes = [*graph.objects(term, SKOS.closeMatch), *graph.objects(term, SKOS.narrowMatch)]
    notation = graph.value(term, SKOS.notation)
    if notation is None:
        raise OntologyError(f"{term} needs a skos:notation")
    alts = [o for o in graph.objects(term, SKOS.altLabel) if isinstance(o, Literal)]
    return ConceptTerm(
        slug=slug,
        iri=str(term),
        label_en=_text(graph, term, SKOS.prefLabel, "en"),
        label_sv=_text(graph, term, SKOS.prefLabel, "sv"),
        broader=tuple(sorted(str(o).removeprefix(scheme) for o in graph.objects(term, SKOS.broader))),
        alt=tuple(sorted((str(o), o.language or "") for o in alts)),
        matches=tuple(sorted(str(graph.value(code, SKOS.notation)) for code in codes)),
        notation=str(notation),
        definition=str(graph.value(term, SKOS.definition) or ""),
    )
