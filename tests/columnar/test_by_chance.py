"""Random graphs and queries: the columns leave a query to the engine or say exactly what it says."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.columnar_encode import encode
from tests.columnar.engine import bodies, by_columns, by_engine, encoded
from tests.columnar.queries import ODD, TERMS, E, Queries, graph, mangled

_EACH = 8  # queries on one graph
_FORMATS = ("application/sparql-results+json", "text/csv", "text/tab-separated-values")


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**40))
def test_random_queries_are_left_to_the_engine_or_answered_as_by_it(seed: int) -> None:
    chance = Random(seed)
    store = graph(chance)
    columns = encoded(store)
    for _ in range(_EACH):
        text = Queries(chance).query()
        said = by_columns(columns, text)
        # The engine is asked second: it aborts the process when it orders terms of many types.
        assert said is None or said == by_engine(store, text), text


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**40))
def test_what_the_engine_refuses_or_reads_in_another_way_is_not_answered(seed: int) -> None:
    chance = Random(seed)
    store = graph(chance)
    columns = encoded(store)
    for _ in range(_EACH):
        text = mangled(Queries(chance).query(), chance)
        said = by_columns(columns, text)
        assert said is None or said == by_engine(store, text), text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**40))
def test_the_ways_for_large_tables_give_the_same(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """What is done by sorting where marks would take too much room."""
    for module, name, most in (("table", "_SMALL", 1), ("table", "_DENSE", 3), ("match", "_PAIRS", 8)):
        monkeypatch.setattr(f"graph.columnar_{module}.{name}", most)
    chance = Random(seed)
    store = graph(chance)
    columns = encoded(store)
    for _ in range(_EACH):
        text = Queries(chance).query()
        said = by_columns(columns, text)
        assert said is None or said == by_engine(store, text), text


def test_a_good_part_of_the_random_queries_is_answered_and_has_answers() -> None:
    """Else the test above would say nothing."""
    answered = found = 0
    for seed in range(60):
        chance = Random(seed)
        columns = encoded(graph(chance))
        for _ in range(_EACH):
            said = by_columns(columns, Queries(chance).query())
            answered += said is not None
            found += said is not None and bool(said[1])
    assert answered > 120
    assert found > 40


def test_every_term_is_written_byte_for_byte_as_by_the_engine() -> None:
    for term in [*TERMS, *ODD]:
        store = Store()
        store.add(Quad(NamedNode(E + "a"), NamedNode(E + "p"), term))
        columns = encoded(store)
        for media_type in _FORMATS:
            for tail in (
                "?o { ?s <http://e.org/p> ?o }",
                "?s ?x ?o { ?s <http://e.org/p> ?o OPTIONAL { ?o <http://e.org/p> ?x } }",
            ):
                engine, own = bodies(store, columns, f"SELECT {tail}", media_type)
                assert engine == own, (term, media_type)


def test_a_term_that_columns_have_no_place_for_leaves_the_store_to_the_engine() -> None:
    store = Store()
    store.update('INSERT DATA { <http://e.org/a> <http://e.org/p> "text"@ar--rtl }')
    assert encode(store) is None


def test_only_the_default_graph_is_held() -> None:
    named = Store()
    named.add(Quad(NamedNode(E + "a"), NamedNode(E + "p"), Literal("x"), NamedNode(E + "graph")))
    assert encoded(named).predicates == {}
