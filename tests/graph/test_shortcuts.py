"""The shortcuts on columns are those of the SPARQL rules, property by property."""

from __future__ import annotations

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from graph.generation import Generation
from graph.rdf import TYPE
from ontology.schema import rules_text
from ontology.terms import CE, PROPERTIES

SHORTCUTS = sorted(name for name, term in PROPERTIES.items() if term.shortcut)
CLASSES = ("StartUp", "SME", "Funder", "Investor")


def stores(generation: Generation) -> tuple[Store, Store]:
    """The store as built; and one from which all shortcuts were taken out, after the rules were run on it."""
    built, ruled = Store.read_only(str(generation.store)), Store()
    derived = {CE + name for name in CLASSES}
    ruled.bulk_extend(
        Quad(quad.subject, quad.predicate, quad.object)
        for quad in built.quads_for_pattern(None, None, None, DefaultGraph())
        if quad.predicate.value.removeprefix(CE) not in SHORTCUTS
        and not (quad.predicate == TYPE and getattr(quad.object, "value", "") in derived)
    )
    ruled.update(rules_text())
    return built, ruled


def triples(store: Store, predicate: NamedNode, obj: NamedNode | None = None) -> set[tuple[str, str]]:
    return {(str(q.subject), str(q.object)) for q in store.quads_for_pattern(None, predicate, obj, DefaultGraph())}


@pytest.mark.parametrize("which", ["sample_generation", "demo"])
def test_columns_and_rules_give_the_same_edges(which: str, request: pytest.FixtureRequest) -> None:
    built, ruled = stores(request.getfixturevalue(which))
    for name in SHORTCUTS:
        predicate = NamedNode(CE + name)
        assert triples(built, predicate) == triples(ruled, predicate), name
    for name in CLASSES:
        assert triples(built, TYPE, NamedNode(CE + name)) == triples(ruled, TYPE, NamedNode(CE + name)), name
    for name in ("about", "party", "role"):
        assert triples(built, NamedNode(CE + name)) == triples(ruled, NamedNode(CE + name)), name
    assert triples(built, TYPE) == triples(ruled, TYPE)


def test_every_shortcut_is_found_somewhere(sample_generation: Generation, demo: Generation) -> None:
    both = [Store.read_only(str(generation.store)) for generation in (sample_generation, demo)]
    for name in SHORTCUTS:
        assert any(triples(store, NamedNode(CE + name)) for store in both), name


def test_the_default_graph_holds_every_triple_once_and_the_rules_add_none(demo: Generation) -> None:
    built, ruled = stores(demo)
    default = set(built.quads_for_pattern(None, None, None, DefaultGraph()))
    assert {quad.triple for quad in default} == {quad.triple for quad in ruled}
