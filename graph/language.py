"""The ontology as triples and as closures: what is above a class, a property, a technology."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from pyoxigraph import CanonicalizationAlgorithm, Dataset, NamedNode, Quad, RdfFormat, Triple, parse

from graph.rdf import RDFS
from ontology.schema import files
from ontology.terms import CE, PROPERTIES, SCHEMES


@cache
def ontology_triples() -> tuple[Triple, ...]:
    """All modules and vocabularies, without doubles, blank nodes under stable names."""
    data = Dataset(
        Quad(quad.subject, quad.predicate, quad.object)
        for path in files()
        for quad in parse(path=str(path), format=RdfFormat.TURTLE)
    )
    data.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return tuple(sorted((quad.triple for quad in data), key=str))


@cache
def _above(predicate: str) -> Mapping[str, tuple[str, ...]]:
    pairs: dict[str, list[str]] = {}
    for triple in ontology_triples():
        if triple.predicate.value == predicate and isinstance(triple.object, NamedNode):
            pairs.setdefault(str(getattr(triple.subject, "value", "")), []).append(triple.object.value)
    return {name: tuple(closure(name, pairs)) for name in pairs}


@cache
def types_of(kind: str) -> tuple[NamedNode, ...]:
    """The class and all above it, those of other vocabularies too."""
    iri = CE + kind
    return tuple(NamedNode(name) for name in _above(RDFS + "subClassOf").get(iri, (iri,)))


@cache
def own_properties_above(name: str) -> tuple[str, ...]:
    """The properties above it that are written out beside it, so that no rule needs inference: `about`, `party`, `role`."""
    parents = {term.name: term.parents for term in PROPERTIES.values()}
    return tuple(top for top in closure(name, parents) if top in ("about", "party", "role") and top != name)


@cache
def technologies_above() -> Mapping[str, tuple[str, ...]]:
    """For each technology slug itself and all broader ones."""
    broader = {slug: list(term.broader) for slug, term in SCHEMES["tech"].items()}
    return {slug: tuple(closure(slug, broader)) for slug in broader}


def closure(start: str, above: Mapping[str, Sequence[str]]) -> Iterable[str]:
    """`start` and all that can be reached, each once; loops do no harm."""
    seen = {start: None}
    todo = [start]
    while todo:
        for name in above.get(todo.pop(), ()):
            if name not in seen:
                seen[name] = None
                todo.append(name)
    return seen
