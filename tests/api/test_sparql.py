from __future__ import annotations

import json
from http.client import HTTPConnection
from urllib.parse import quote
from xml.etree import ElementTree as ET

import httpx
import pytest
from pyoxigraph import RdfFormat, parse
from SPARQLWrapper import GET, JSON, POST, SPARQLWrapper

SELECT = "SELECT ?s WHERE { ?s a ?class } LIMIT 3"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 5"
JSON_RESULTS = "application/sparql-results+json"


def _get(server: str, query: str, **headers: str) -> httpx.Response:
    return httpx.get(f"{server}/sparql", params={"query": query}, headers=headers, timeout=30)


def test_the_three_ways_to_ask_give_the_same(server: str) -> None:
    asked = _get(server, SELECT)
    form = httpx.post(f"{server}/sparql", data={"query": SELECT})
    direct = httpx.post(f"{server}/sparql", content=SELECT, headers={"Content-Type": "application/sparql-query"})
    assert asked.json() == form.json() == direct.json()
    assert {answer.headers["content-type"] for answer in (asked, form, direct)} == {JSON_RESULTS}


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", JSON_RESULTS),
        ("*/*", JSON_RESULTS),
        ("application/json", "application/json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv;q=0.5, text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("application/sparql-results+json;q=0.1, text/csv", "text/csv; charset=utf-8"),
        ("text/*, application/*;q=0.2", "text/csv; charset=utf-8"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/json"),
    ],
)
def test_the_format_of_a_table_is_the_one_wanted_most(server: str, accept: str, expected: str) -> None:
    answer = _get(server, SELECT, Accept=accept)
    assert (answer.status_code, answer.headers["content-type"]) == (200, expected)


def test_the_formats_hold_what_they_say(server: str) -> None:
    assert len(_get(server, SELECT).json()["results"]["bindings"]) == 3
    tree = ET.fromstring(_get(server, SELECT, Accept="application/sparql-results+xml").content)
    assert len(tree.findall(".//{*}result")) == 3
    assert len(_get(server, SELECT, Accept="text/csv").text.split("\r\n")) == 5
    assert _get(server, "ASK {}").json()["boolean"] is True


@pytest.mark.parametrize(
    "media", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"]
)
def test_graphs_come_in_every_format(server: str, media: str) -> None:
    answer = _get(server, CONSTRUCT, Accept=media)
    form = RdfFormat.from_media_type(media)
    assert form is not None
    assert len(list(parse(answer.content, format=form))) == 5


def test_what_cannot_be_sent_is_406(server: str) -> None:
    assert _get(server, SELECT, Accept="text/turtle").status_code == 406
    assert _get(server, CONSTRUCT, Accept="text/csv").status_code == 406
    assert _get(server, SELECT, Accept="application/json;q=0").status_code == 406


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("?query=ASK%20%7B%7D&query=ASK%20%7B%7D", 400),
        ("?foo=bar", 400),
        ("?query=%ZZ", 400),
        ("?query=%FF%FE", 400),
        ("?query=", 400),
        ("?update=CLEAR%20ALL", 400),
        ("?query=ASK%20%7B%7D&timeout=abc", 400),
        ("?query=ASK%20%7B%7D&timeout=0", 400),
        ("?query=ASK%20%7B%7D&default-graph-uri=not%20an%20iri", 400),
    ],
)
def test_malformed_requests_are_refused(server: str, address: str, status: int) -> None:
    answer = httpx.get(f"{server}/sparql{address}")
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    ("media", "status"),
    [
        ("text/plain", 415),
        ("", 415),
        ("application/sparql-query; charset=iso-8859-1", 415),
        ("application/sparql-update", 403),
    ],
)
def test_posts_of_another_type_are_refused(server: str, media: str, status: int) -> None:
    answer = httpx.post(f"{server}/sparql", content=b"ASK {}", headers={"Content-Type": media})
    assert answer.status_code == status


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_405(server: str, method: str) -> None:
    answer = httpx.request(method, f"{server}/sparql")
    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "POST", "OPTIONS"}


def test_a_syntax_error_has_its_place(server: str) -> None:
    problem = _get(server, "SELECT * WHERE {\n  ?s ?p ?o\n  FOO }").json()
    assert (problem["status"], problem["line"]) == (400, 3)
    assert problem["column"] > 3


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 403),
        ("PREFIX x: <http://127.0.0.1/> SELECT * { ?s ?p trueSERVICESILENT x:y { ?s ?p ?o } }", 403),
        ("INSERT DATA { <a:a> <a:b> 1 }", 400),
        ("LOAD <file:///etc/passwd>", 400),
        ("SELECT * { FILTER(" + "(" * 10_000 + "1" + ")" * 10_000 + ") }", 413),
        ("SELECT * { FILTER(" + "!" * 2_000 + "true) }", 413),
    ],
)
def test_hostile_queries_are_refused_before_the_engine(server: str, query: str, status: int) -> None:
    assert _get(server, query).status_code == status


def test_a_query_of_a_megabyte_is_413(server: str) -> None:
    query = "ASK { # " + "a" * 1_000_000 + "\n}"
    direct = httpx.post(f"{server}/sparql", content=query, headers={"Content-Type": "application/sparql-query"})
    assert direct.status_code == 413
    host, port = server.removeprefix("http://").split(":")
    connection = HTTPConnection(host, int(port))
    connection.request("GET", f"/sparql?query=ASK%7B%7D%23{'a' * 300_000}")
    assert connection.getresponse().status == 413
    connection.close()


def test_an_answer_over_the_cap_is_413_and_never_shorter(server: str) -> None:
    answer = _get(server, "SELECT ?a ?b WHERE { ?a a ?x . ?b a ?y }")
    assert answer.status_code == 413
    assert "larger" in answer.json()["detail"]


def test_graphs_in_the_request_make_the_dataset(server: str) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    named = "https://w3id.org/cleantech-kg/graph/catalogue"

    def counted(**parameters: str) -> int:
        answer = httpx.get(f"{server}/sparql", params={"query": count} | parameters)
        return int(answer.json()["results"]["bindings"][0]["n"]["value"])

    assert counted() > counted(**{"default-graph-uri": named}) > 0
    assert counted(**{"named-graph-uri": named}) == 0


def test_without_a_query_the_service_describes_itself(server: str) -> None:
    answer = httpx.get(f"{server}/sparql")
    assert answer.headers["content-type"].startswith("text/turtle")
    assert len(list(parse(answer.content, format=RdfFormat.TURTLE))) > 5
    page = httpx.get(f"{server}/sparql", headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["location"]) == (303, "./docs#sparql")


def test_an_etag_knows_query_and_format(server: str) -> None:
    tag = _get(server, SELECT).headers["etag"]
    assert _get(server, SELECT, **{"If-None-Match": tag}).status_code == 304
    assert _get(server, SELECT + " OFFSET 1", **{"If-None-Match": tag}).status_code == 200
    assert _get(server, SELECT, Accept="text/csv", **{"If-None-Match": tag}).status_code == 200


def test_there_is_no_answer_to_hold_of_what_cannot_be_asked(server: str) -> None:
    for _ in range(2):
        assert _get(server, "ASK { ?a ?b", **{"If-None-Match": "*"}).status_code == 400
        assert _get(server, "SELECT * { ?s ?p ?o } LIMIT 7", **{"If-None-Match": "*"}).status_code == 304
    assert httpx.get(f"{server}/id/no-such-thing", headers={"If-None-Match": "*"}).status_code == 404
    assert httpx.get(f"{server}/api/v1/entity/no-such", headers={"If-None-Match": "*"}).status_code == 404


def test_sparqlwrapper_understands_the_service(server: str) -> None:
    client = SPARQLWrapper(f"{server}/sparql")
    client.setQuery(SELECT)
    client.setReturnFormat(JSON)
    for method in (GET, POST):
        client.setMethod(method)
        converted = client.query().convert()
        assert isinstance(converted, dict)
        assert len(converted["results"]["bindings"]) == 3


def test_any_site_may_ask(server: str) -> None:
    answer = httpx.options(f"{server}/sparql", headers={"Origin": "https://example.org"})
    assert answer.status_code == 204
    assert "POST" in answer.headers["access-control-allow-methods"]


def test_head_says_what_get_would(server: str) -> None:
    address = f"{server}/sparql?query={quote(SELECT)}"
    head, get = httpx.head(address), httpx.get(address)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == get.headers["content-type"]
    assert json.loads(get.content)
