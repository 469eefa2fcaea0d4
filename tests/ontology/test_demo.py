"""The demo that ships, in a true generation: it keeps the shapes, its shortcuts are those of the rules, it answers."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import Graph

from graph.generation import DataFolder
from ingest.run import ingest
from ontology import schema
from ontology.questionnaire import Question
from ontology.terms import CE, PROPERTIES
from tests.ontology.conftest import with_ontology

pytestmark = pytest.mark.slow
SHORTCUTS = [name for name, term in PROPERTIES.items() if term.shortcut]
DERIVED = [*SHORTCUTS, "about", "party", "role"]

# Questions whose answer needs what the demo has not: persons, a second source, calls, a funder of both.
WITHOUT_ANSWER = {"CQ14", "CQ16", "CQ21", "CQ24"}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> ox.Store:
    data = DataFolder(tmp_path_factory.mktemp("data"))
    ingest(data, "sweden")
    generation = data.current()
    assert generation is not None
    return ox.Store.read_only(str(Path(generation.path) / "store"))


def links(store: ox.Store, name: str) -> set[tuple[str, str]]:
    found = store.quads_for_pattern(None, ox.NamedNode(CE + name), None, ox.DefaultGraph())
    return {(str(quad.subject), str(quad.object)) for quad in found}


def test_the_demo_conforms_to_the_shapes(demo: ox.Store) -> None:
    triples = {ox.Triple(quad.subject, quad.predicate, quad.object) for quad in demo}
    data = Graph().parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"", format="nt")
    conforms, _, text = pyshacl.validate(data, shacl_graph=Graph().parse(schema.shapes_path()), inference="none")
    assert conforms, str(text)[:2000]


def test_the_shortcuts_of_the_demo_are_those_of_the_rules(demo: ox.Store) -> None:
    store = with_ontology()
    store.bulk_extend(
        quad
        for quad in demo.quads_for_pattern(None, None, None, ox.DefaultGraph())
        if quad.predicate.value.removeprefix(CE) not in SHORTCUTS
    )
    store.update(schema.rules_text())
    assert {name: links(demo, name) ^ links(store, name) for name in DERIVED} == {name: set() for name in DERIVED}


@pytest.mark.parametrize("question", schema.questions(), ids=lambda question: question.id)
def test_a_question_answers_on_the_demo(question: Question, demo: ox.Store) -> None:
    answer = demo.query(question.sparql)
    assert not isinstance(answer, ox.QueryBoolean)
    assert bool(next(iter(answer), None)) == (question.id not in WITHOUT_ANSWER)
