"""What is in the store: names, dates, money, evidence, statements, catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, RdfFormat, parse

from graph.build import rebuild
from graph.errors import BuildError, StoreError
from graph.generation import DataFolder, Generation
from graph.merge import merge
from graph.node import Node, Text
from graph.store import EmbeddedStore
from tests.graph.little import PAGE, little
from tests.graph.sample import source

BASE = "https://map.example/"
PREFIXES = """
PREFIX ce: <https://w3id.org/cleantech-kg/ns#> PREFIX id: <https://map.example/id/>
PREFIX g: <https://map.example/graph/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX dct: <http://purl.org/dc/terms/>
PREFIX schema: <https://schema.org/> PREFIX geo: <http://www.opengis.net/ont/geosparql#>
"""


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    return rebuild(DataFolder(tmp_path_factory.mktemp("little")), little(), BASE, built="2026-11-23T12:00:00Z")


@pytest.fixture(scope="module")
def store(generation: Generation) -> EmbeddedStore:
    return EmbeddedStore.read_only(generation.store)


def holds(store: EmbeddedStore, pattern: str) -> bool:
    answer = store.query(f"{PREFIXES} ASK {{ {pattern} }}")
    assert isinstance(answer, QueryBoolean)
    return bool(answer)


@pytest.mark.parametrize(
    "pattern",
    [
        'id:ab ce:name "Åkraft AB"@sv ; a ce:Company, ce:Organization, ce:Agent, schema:Thing, ce:StartUp',
        'id:ab ce:founded "1998-05-01"^^xsd:date ; ce:foundedPrecision "month" ; ce:orgNumber "556000-0001"',
        "id:ab ce:homepage <https://example.org/å?x=1>",
        'GRAPH g:src/one { id:ab ce:founded "1998-05-01"^^xsd:date }'.replace("g:src/one", f"<{BASE}graph/src/one>"),
        f'GRAPH <{BASE}graph/src/two> {{ id:ab ce:founded "1999-01-01"^^xsd:date ; ce:foundedPrecision "year" }}',
        f"GRAPH <{BASE}graph/catalogue> {{ <{BASE}source/one> a ce:Source ; dct:license ?licence ; dct:title ?t }}",
        f'GRAPH <{BASE}graph/evidence/one> {{ id:ab ce:evidence ?e . ?e ce:record "rad 1" ; ce:document ?d ; ce:run ?r }}',
        f"GRAPH <{BASE}graph/evidence/one> {{ ?d schema:url <https://example.org/ström/sida%201> ; ce:retrieved ?when }}",
        f'GRAPH <{BASE}graph/evidence/one> {{ ?d ce:published "2008-11-01"^^xsd:date ; ce:publishedPrecision "month" }}',
        f"GRAPH <{BASE}graph/evidence/two> {{ ?s rdf:subject id:ab ; rdf:predicate ce:founded ; ce:evidence/ce:quote ?q }}",
        "<https://map.example/id/place/malmo> geo:hasGeometry/geo:asWKT 'POINT(13.0007 55.6059)'^^geo:wktLiteral",
        "<https://map.example/id/rel/p1> ce:about id:ab, id:pilot ; ce:role ?role",
        "id:ab ce:collaboratesWith id:fund . id:fund ce:investedIn id:ab",
        "id:ab ce:inRegion <https://map.example/id/place/se-m> ; ce:inField <https://w3id.org/cleantech-kg/tech/energy-storage>",
    ],
)
def test_the_store_holds(store: EmbeddedStore, pattern: str) -> None:
    assert holds(store, pattern)


def test_money_has_value_currency_and_euro_of_its_year(store: EmbeddedStore) -> None:
    answer = store.query(
        f"{PREFIXES} SELECT ?v ?c ?e ?y {{ <{BASE}id/rel/r1> ce:amount ?a . ?a ce:value ?v ; ce:currency ?c ;"
        " ce:valueEUR ?e ; ce:rateYear ?y }"
    )
    assert isinstance(answer, QuerySolutions)
    (row,) = answer
    assert [held.value for held in row if isinstance(held, Literal)] == ["10600000", "SEK", "1001029.36", "2019"]
    assert not holds(store, "id:pilot ce:totalCost/ce:valueEUR ?e")
    assert holds(store, 'id:pilot ce:totalCost/ce:currency "JPY"')


def test_evidence_stays_out_of_the_default_graph(store: EmbeddedStore) -> None:
    assert not holds(store, "?x ce:evidence ?e")
    assert not holds(store, "?x a ce:Statement")


def test_dump_and_load_again_give_the_same(store: EmbeddedStore, tmp_path: Path) -> None:
    digest = store.dump(tmp_path / "all.nq")
    again = EmbeddedStore.create()
    again.load(parse(path=tmp_path / "all.nq", format=RdfFormat.N_QUADS))
    assert again.digest() == digest == store.digest()


def test_a_store_that_is_closed_or_missing_says_so(generation: Generation) -> None:
    with pytest.raises(StoreError, match="there is no store"):
        EmbeddedStore.read_only(generation.path / "nothing")
    held = EmbeddedStore.read_only(generation.store)
    held.close()
    with pytest.raises(StoreError, match="closed"):
        held.query("ASK {}")


def test_kinds_that_exclude_each_other_do_not_merge() -> None:
    with pytest.raises(BuildError, match="x is said to be a Company and a Project"):
        merge([source("a", [Node("x", "Company")]), source("b", [Node("x", "Project")])])


def test_the_narrower_kind_wins() -> None:
    merged = merge([source("a", [Node("x", "Organization")]), source("b", [Node("x", "Company")])])
    assert merged["x"].kind == "Company"


@pytest.mark.parametrize("key", ["", " x", 'x"y', "x y", "<x>", "x\ny", "x#y"])
def test_a_key_that_cannot_be_an_address_is_refused(key: str) -> None:
    with pytest.raises(BuildError, match="cannot be part of an address"):
        merge([source("a", [Node(key, "Company", [PAGE]).add("name", Text("X", "en"))])])


def test_instances_stand_under_the_base(store: EmbeddedStore) -> None:
    answer = store.query(f"{PREFIXES} SELECT DISTINCT ?x {{ ?x ce:kind ?k FILTER (!STRSTARTS(STR(?x), '{BASE}')) }}")
    assert isinstance(answer, QuerySolutions)
    assert [held.value for row in answer if isinstance(held := row["x"], NamedNode)] == []
