"""The rules make the planted links and no others."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.plugins.sparql import prepareUpdate

from ontology import schema
from ontology.terms import BASE, CE, PROPERTIES
from tests.ontology.conftest import with_ontology

ID = BASE + "id/"
ROLE = f"<{BASE}role/participant>"
Pairs = set[tuple[str, str]]


def pairs(store: ox.Store, name: str) -> Pairs:
    """(subject, object) of a property, each by the end of its address."""
    found = store.quads_for_pattern(None, ox.NamedNode(CE + name), None, ox.DefaultGraph())
    return {(str(q.subject).strip("<>").removeprefix(ID), str(q.object).strip("<>").rsplit("/", 1)[-1]) for q in found}


def both_ways(*one_way: tuple[str, str]) -> Pairs:
    return {pair for a, b in one_way for pair in ((a, b), (b, a))}


@pytest.fixture(scope="module")
def derived() -> ox.Store:
    store = with_ontology()
    store.load(path=Path(__file__).with_name("rules.ttl"), format=ox.RdfFormat.TURTLE)
    store.update(schema.rules_text())
    return store


def test_the_rules_parse_in_rdflib() -> None:
    prepareUpdate(schema.rules_text())


def test_collaboration_is_more_than_sharing_an_arena(derived: ox.Store) -> None:
    assert pairs(derived, "collaboratesWith") == both_ways(
        ("a", "b"),
        ("a", "b-unit"),
        ("b", "b-unit"),
        ("lead1", "lead2"),
        ("founder1", "founder2"),
        ("buyer", "maker"),
        ("owner1", "owner2"),
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("subsidiaryOf", {("most", "group"), ("sub", "group"), ("bought", "group")}),
        ("investedIn", {("fund", "direct"), ("fund", "rounded")}),
        ("fundedBy", {("project", "bank")}),
        ("spunOutOf", {("new", "old")}),
        (
            "hasRoleIn",
            {
                ("a", "project"),
                ("lead1", "network"),
                ("founder1", "centre"),
                ("founder2", "centre"),
                ("organiser1", "event"),
            },
        ),
        ("party", {("r41", "buyer"), ("r41", "maker")}),
    ],
)
def test_a_shortcut_has_the_planted_pairs(name: str, expected: Pairs, derived: ox.Store) -> None:
    assert pairs(derived, name) == expected


def test_every_shortcut_is_made_on_the_sample_and_only_by_rules(sample: ox.Store) -> None:
    for name in (name for name, term in PROPERTIES.items() if term.shortcut):
        assert pairs(sample, name), name
        assert {q.graph_name for q in sample.quads_for_pattern(None, ox.NamedNode(CE + name), None)} == {
            ox.DefaultGraph()
        }


def test_the_sample_has_its_planted_collaborations(sample: ox.Store) -> None:
    found = pairs(sample, "collaboratesWith")
    assert ("g-batt", "cellco") in found
    assert ("g-sol", "sunco") not in found
    assert found == {(b, a) for a, b in found}


@pytest.mark.parametrize(("size", "links"), [(60, 60 * 59), (61, 0)])
def test_a_consortium_of_more_than_sixty_is_an_arena(size: int, links: int) -> None:
    store = with_ontology()
    parts = [
        f"<{ID}rel/{number}> <{CE}kind> <{CE}Participation> ; <{CE}role> {ROLE} ;"
        f" <{CE}participant> <{ID}org/{number}> ; <{CE}inEffort> <{ID}big> ."
        for number in range(size)
    ]
    lines = [f"<{ID}big> <{CE}kind> <{CE}Consortium> .", *parts]
    store.load("\n".join(lines).encode(), format=ox.RdfFormat.TURTLE)
    store.update(schema.rules_text())
    assert len(pairs(store, "collaboratesWith")) == links


def test_running_the_rules_again_changes_nothing(derived: ox.Store) -> None:
    before = len(derived)
    derived.update(schema.rules_text())
    assert len(derived) == before


def test_the_hand_written_cases_use_terms_of_the_ontology() -> None:
    graph = Graph().parse(Path(__file__).with_name("rules.ttl"), format="turtle")
    assert {str(p).removeprefix(CE) for p in graph.predicates()} <= PROPERTIES.keys()
