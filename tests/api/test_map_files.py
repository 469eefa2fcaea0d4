"""The map as files for other programs, and the map around one thing."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import httpx
import networkx
import pytest
from rdflib import Graph, URIRef

BATTERIES = {"tech": "batteries", "lang": "sv"}
CE = "https://w3id.org/cleantech-kg/ns#"


def _get(address: str, params: dict[str, str] | None = None) -> httpx.Response:
    return httpx.get(address, params=params, timeout=60)


def _map(server: str, **filters: str) -> dict[str, set[str]]:
    """Each key with those that it is tied to."""
    held = _get(f"{server}/api/v1/map", params=filters).json()
    keys: list[str] = held["nodes"]["key"]
    return {key: _tied(held, index) for index, key in enumerate(keys)}


def _tied(held: dict[str, dict[str, list[int]]], index: int) -> set[str]:
    pairs = zip(held["edges"]["a"], held["edges"]["b"], strict=True)
    others = {b if a == index else a for a, b in pairs if index in (a, b)}
    return {str(held["nodes"]["key"][other]) for other in others}


def test_an_ego_is_the_thing_with_its_steps_and_other_filters_narrow_it(server: str) -> None:
    whole = _map(server)
    one = _map(server, ego="kth")
    assert set(one) == {"kth"} | whole["kth"]
    second = set().union(*(whole[key] for key in one))
    two = _map(server, ego="kth", steps="2")
    assert set(two) == set(one) | second
    assert set(_map(server, ego="kth", kind="Project")) < set(one)
    total = _get(f"{server}/api/v1/facets", params={"ego": "kth"}).json()["total"]
    assert total["nodes"] == len(one)
    rows = list(csv.reader(StringIO(_get(f"{server}/api/v1/map.csv", params={"ego": "kth"}).text)))
    assert {row[0] for row in rows[1:]} == set(one)


def test_the_facets_of_an_ego_say_what_each_choice_gives(server: str) -> None:
    filters = {"ego": "vinnova", "steps": "2"}
    for count in _get(f"{server}/api/v1/facets", params=filters).json()["ties"][:3]:
        assert len(_map(server, **filters, tie=count["value"])) == count["count"]


def test_an_ego_that_is_an_effort_has_its_parties_among_organisations(server: str) -> None:
    parties = _map(server)["hybrit-research-project"]
    assert parties
    assert set(_map(server, ego="hybrit-research-project", mode="actors")) == parties & set(_map(server, mode="actors"))


@pytest.mark.parametrize(
    ("query", "parameter", "near"),
    [
        ("ego=chalmer", "ego", "chalmers"),
        ("ego=tech/batteries", "ego", None),
        ("ego=kth&steps=3", "steps", None),
        ("steps=2", "steps", None),
    ],
)
def test_an_ego_that_makes_no_sense_is_refused(server: str, query: str, parameter: str, near: str | None) -> None:
    for path in ("map", "facets", "map.csv", "map.gexf"):
        answer = _get(f"{server}/api/v1/{path}?{query}")
        assert (answer.status_code, answer.json()["parameter"]) == (400, parameter)
        assert near is None or near in answer.json()["near"]


def test_gexf_and_graphml_hold_the_selection(server: str) -> None:
    wanted = _get(f"{server}/api/v1/map", params={"tech": "batteries"}).json()
    for ending, read in (("gexf", networkx.read_gexf), ("graphml", networkx.read_graphml)):
        answer = _get(f"{server}/api/v1/map.{ending}", params=BATTERIES)
        assert answer.status_code == 200
        assert "attachment" in answer.headers["content-disposition"]
        graph = read(BytesIO(answer.content))
        assert set(graph) == set(wanted["nodes"]["key"])
        assert graph.number_of_edges() == len(wanted["edges"]["a"])


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's own, in its reader of JSON-LD
def test_json_ld_says_the_same_as_the_store(server: str) -> None:
    answer = _get(f"{server}/api/v1/map.jsonld", params={"ego": "northvolt"})
    told = Graph().parse(data=answer.content, format="json-ld")
    iri = URIRef("https://w3id.org/cleantech-kg/id/northvolt")
    stored = Graph().parse(data=_get(f"{server}/id/northvolt.nt").content, format="nt")
    relations = set(told.subjects(URIRef(f"{CE}investor"))) | set(told.subjects(URIRef(f"{CE}participant"), iri))
    assert relations
    for relation in told.subjects(URIRef(f"{CE}participant"), iri):
        for name in ("participant", "inEffort", "role", "start", "startPrecision", "note"):
            held = set(told.objects(relation, URIRef(CE + name)))
            assert held == set(stored.objects(relation, URIRef(CE + name)))
    assert set(told.objects(iri, URIRef(f"{CE}name"))) <= {*stored.objects(iri, URIRef(f"{CE}name"))} | {
        name for name in told.objects(iri, URIRef(f"{CE}name")) if getattr(name, "language", None) is None
    }


def test_ties_as_a_table_are_the_lines_of_the_map(server: str) -> None:
    wanted = _get(f"{server}/api/v1/map", params={"tech": "batteries"}).json()
    rows = list(csv.reader(StringIO(_get(f"{server}/api/v1/map-ties.csv", params=BATTERIES).text)))
    assert rows[0][1] == "från"
    assert len(rows) - 1 == len(wanted["edges"]["a"])
    assert {row[0] for row in rows[1:]} <= set(wanted["nodes"]["key"])
    assert any(row[-1].startswith("http") for row in rows[1:])


def test_the_page_is_one_file_that_names_its_filter(server: str) -> None:
    page = _get(f"{server}/api/v1/map.html", params={"ego": "kth", "lang": "sv"}).text
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page
    assert "KTH" in page
    assert "Omkring" in page


def test_nothing_is_no_file(server: str) -> None:
    for ending in (".gexf", ".graphml", ".jsonld", ".html", "-ties.csv"):
        answer = _get(f"{server}/api/v1/map{ending}", params={"q": "zzzzqqqq"})
        assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
