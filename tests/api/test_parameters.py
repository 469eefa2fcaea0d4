"""Parameters of /sparql and /graph-store: none is passed over in silence, and those that real clients send do no harm."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pytest
from SPARQLWrapper import CSV, JSON, POST, TURTLE, XML, SPARQLWrapper

from api.parameters import IGNORED
from tests.api.writing import Desk, bare, desk

ASK = "query=ASK%7B%7D"


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("parameters")
    with desk(folder, bare(folder)) as opened:
        yield opened


def _refused(answer: httpx.Response, parameter: str) -> None:
    problem = answer.json()
    assert (answer.status_code, problem["parameter"]) == (400, parameter), problem
    for word in ("evaluat", "IRI at", "Invalid"):  # words of the engine
        assert word not in problem["detail"]


@pytest.mark.parametrize(
    ("more", "parameter"),
    [
        ("foo=1", "foo"),
        ("tiemout=1", "tiemout"),
        ("using-graph-uri=x:g", "using-graph-uri"),
        ("using-named-graph-uri=x:g", "using-named-graph-uri"),
        ("durable=true", "durable"),
        ("default-graph-uri=foo", "default-graph-uri"),
        ("named-graph-uri=urn:%25zz", "named-graph-uri"),
        ("default-graph-uri=urn:%ff", "default-graph-uri"),
        ("default-graph-uri=http://a%5Bb/", "default-graph-uri"),
        ("default-graph-uri=urn:%zz", "default-graph-uri"),
        ("explain=perhaps", "explain"),
    ],
)
def test_a_query_has_its_own_parameters(held: Desk, more: str, parameter: str) -> None:
    _refused(httpx.get(f"{held.url}/sparql?{ASK}&{more}"), parameter)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    _refused(httpx.post(f"{held.url}/sparql", content=f"{ASK}&{more}", headers=form), parameter)
    _refused(httpx.post(f"{held.url}/sparql?{more}", content=ASK, headers=form), parameter)


def test_what_comes_near_is_told(held: Desk) -> None:
    assert "timeout" in httpx.get(f"{held.url}/sparql?{ASK}&tiemout=1").json()["near"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("foo", "1"),
        ("default-graph-uri", "x:g"),
        ("named-graph-uri", "x:g"),
        ("query", "ASK {}"),
        ("timeout", "1"),
        ("durable", "maybe"),
        ("durable", ""),
        ("using-graph-uri", "foo"),
    ],
)
def test_an_update_has_its_own_parameters(held: Desk, name: str, value: str) -> None:
    _refused(held.update("INSERT DATA {}", **{name: value}), name)
    headers = {"Authorization": f"Bearer {held.key}"}
    form = {"update": "INSERT DATA {}", name: value}
    _refused(httpx.post(f"{held.url}/sparql", data=form, headers=headers), name)


def test_durable_is_read_from_the_address_and_the_form(held: Desk) -> None:
    headers = {"Authorization": f"Bearer {held.key}"}
    for value in ("true", "false"):
        assert held.update("INSERT DATA {}", durable=value).status_code == 204
        form = {"update": "INSERT DATA {}", "durable": value}
        assert httpx.post(f"{held.url}/sparql", data=form, headers=headers).status_code == 204


def test_what_clients_of_other_servers_send_does_no_harm(held: Desk) -> None:
    more = "&".join(f"{name}=x" for name in IGNORED)
    assert httpx.get(f"{held.url}/sparql?{ASK}&{more}").json()["boolean"] is True
    assert held.update("INSERT DATA {}", infer="true", queryLn="SPARQL").status_code == 204


@pytest.mark.parametrize(
    ("query", "word", "media"),
    [
        ("ASK {}", "json", "application/json"),
        ("ASK {}", "xml", "application/xml"),
        ("SELECT * {}", "csv", "text/csv"),
        ("SELECT * {}", "TSV", "text/tab-separated-values"),
        ("SELECT * {}", "application/sparql-results+xml", "application/sparql-results+xml"),
        ("CONSTRUCT WHERE {}", "turtle", "text/turtle"),
        ("CONSTRUCT WHERE {}", "json", "application/ld+json"),
        ("CONSTRUCT WHERE {}", "n-triples", "application/n-triples"),
        ("CONSTRUCT WHERE {}", "rdf+xml", "application/rdf+xml"),
        ("CONSTRUCT WHERE {}", "csv", ""),
        ("SELECT * {}", "turtle", ""),
        ("SELECT * {}", "nonsense", ""),
    ],
)
def test_a_word_says_the_format_where_accept_does_not(held: Desk, query: str, word: str, media: str) -> None:
    for name in ("format", "output"):
        address = f"{held.url}/sparql?query={quote(query)}&{name}={quote(word, safe='')}"
        for accept in ("", "*/*", "text/html,application/xhtml+xml,*/*;q=0.8"):
            answer = httpx.get(address, headers={"Accept": accept})
            assert answer.status_code == (200 if media else 406)
            assert not media or answer.headers["content-type"].partition(";")[0] == media
    exact = "text/csv" if query.startswith(("ASK", "SELECT")) else "application/trig"
    assert httpx.get(address, headers={"Accept": exact}).headers["content-type"].startswith(exact)


@pytest.mark.parametrize("wanted", [JSON, XML, CSV])
def test_sparqlwrapper_goes_on_working(held: Desk, wanted: str) -> None:
    client = SPARQLWrapper(f"{held.url}/sparql")
    client.setQuery("SELECT ?s { ?s ?p ?o }")
    client.setReturnFormat(wanted)
    assert client.query().response.status == 200
    client.setQuery("CONSTRUCT WHERE { ?s ?p ?o }")
    client.setReturnFormat(TURTLE)
    assert client.query().response.status == 200
    client.setMethod(POST)
    client.addCustomHttpHeader("Authorization", f"Bearer {held.key}")
    client.setQuery("INSERT DATA { <x:s> <x:wrapped> 1 }")
    client.query()
    assert held.rows("SELECT ?o { ?s <x:wrapped> ?o }") == [["1"]]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("default=false", "default"),
        ("default&default", "graph"),
        ("default&a=", "a"),
        ("grpah=x:g", "grpah"),
        ("graph=urn:%25zz", "graph"),
        ("graph=urn:%zz", "graph"),
        ("graph=urn:%ff", "graph"),
        ("graph=foo", "graph"),
        ("graph=", "graph"),
        ("graph=http://a%5Bb/", "graph"),
    ],
)
def test_the_graph_store_has_its_own_parameters(held: Desk, query: str, parameter: str) -> None:
    for method in ("GET", "PUT", "POST", "DELETE"):
        _refused(held.store(method, f"?{query}", b"<x:s> <x:p> 1 ."), parameter)
    _refused(held.store("PUT", "?default&durable=maybe", b""), "durable")
    _refused(held.store("GET", "?default&durable=true"), "durable")
    assert held.store("PUT", "?graph=x:durable&durable=true", b"").status_code == 201
    assert held.store("DELETE", "?graph=x:durable&durable=false").status_code == 204
    assert held.store("GET", "?default=").status_code == 200
