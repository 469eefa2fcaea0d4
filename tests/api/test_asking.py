"""What holds around a query: fair turns, keys, long answers, kept answers, explanations, endpoints that are allowed."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import psutil
import pytest

from api.keys import Keys
from graph.generation import DataFolder
from ingest.run import ingest
from tests.api.running import Running, running

PRODUCT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 300000"
BROKEN = "WARNING cleantech.queries: an answer broke off: The query took longer than 1 s and was stopped."
JSON = {"Accept": "application/sparql-results+json"}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("asking")
    ingest(DataFolder(folder), "sweden")
    return folder


@pytest.fixture(scope="module")
def key(data: Path) -> dict[str, str]:
    return {"Authorization": f"Bearer {Keys.of(data).add('reader', 'update')}"}


@pytest.fixture(scope="module")
def served(data: Path, other: str) -> Iterator[Running]:
    settings = {"CLEANTECH_QUERY_TIMEOUT": "8", "CLEANTECH_SERVICE_TO": f"{other}/sparql"}
    with running("--data", str(data), expected=BROKEN, **settings) as one:
        yield one


@pytest.fixture(scope="module")
def other(data: Path) -> Iterator[str]:
    """Another SPARQL endpoint."""
    with running("--data", str(data)) as one:
        yield one.url


def _ask(served: Running, query: str, headers: dict[str, str] | None = None, **more: str) -> httpx.Response:
    return httpx.get(f"{served.url}/sparql", params={"query": query} | more, headers=headers, timeout=60)


def test_one_address_may_have_four_queries_and_no_more(served: Running) -> None:
    answers: list[httpx.Response] = []
    threads = [threading.Thread(target=lambda: answers.append(_ask(served, PRODUCT, timeout="2"))) for _ in range(7)]
    for thread in threads:
        thread.start()
        time.sleep(0.02)
    for thread in threads:
        thread.join()
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses.count(429) == 3
    assert set(statuses) == {429, 503}
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert refused.headers["retry-after"]
    assert refused.headers["access-control-allow-origin"] == "*"
    assert refused.json()["title"] == "Too many requests"


def test_a_query_ends_when_its_client_goes(served: Running) -> None:
    def working() -> float:
        used = 0.0
        for process in psutil.Process(served.process.pid).children(recursive=True):
            with contextlib.suppress(psutil.NoSuchProcess):
                used += process.cpu_percent(0.2)
        return used

    host, port = served.url.removeprefix("http://").split(":")
    for _ in range(2):
        with socket.create_connection((host, int(port))) as line:
            line.sendall(f"GET /sparql?query={quote(PRODUCT)}&timeout=8 HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
            time.sleep(0.3)
    until = (
        time.monotonic() + 5
    )  # one that only says that it sends no more has a second; the limit is 8: they would go on
    while working() >= 50:
        assert time.monotonic() < until


def test_who_has_a_key_has_more_time_and_answers_of_any_length(served: Running, key: dict[str, str]) -> None:
    refused = _ask(served, LONG, {"Accept": "text/csv"})
    assert refused.status_code == 413
    with httpx.stream(
        "GET", f"{served.url}/sparql", params={"query": LONG}, headers=key | {"Accept": "text/csv"}, timeout=60
    ) as answer:
        assert answer.status_code == 200
        assert "content-length" not in answer.headers
        assert answer.headers["cache-control"] == "no-store"
        lines = sum(chunk.count("\n") for chunk in answer.iter_text())
    assert lines == 300_001
    slow = _ask(served, PRODUCT, key, timeout="9")
    assert (slow.status_code, "9 s" in slow.json()["detail"]) == (503, True)
    short = _ask(served, "SELECT * { ?s ?p ?o } LIMIT 3", key | JSON)
    assert len(short.json()["results"]["bindings"]) == 3
    assert int(short.headers["content-length"]) == len(short.content)
    assert _ask(served, "ASK {}", {"Authorization": "Bearer ctk_wrong"}).status_code == 401


def test_an_answer_that_breaks_off_has_no_clean_end(served: Running, key: dict[str, str]) -> None:
    endless = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with pytest.raises(httpx.TransportError):
        _ask(served, endless, key | {"Accept": "text/csv", "Accept-Encoding": "identity"}, timeout="1")
    assert _ask(served, "ASK {}").status_code == 200


def test_who_does_not_take_a_long_answer_holds_nobody_up(served: Running, key: dict[str, str]) -> None:
    host, port = served.url.removeprefix("http://").split(":")
    head = f"GET /sparql?query={quote(LONG)} HTTP/1.1\r\nHost: {host}\r\nAuthorization: {key['Authorization']}\r\n\r\n"
    with socket.create_connection((host, int(port))) as line:
        line.sendall(head.encode())
        assert line.recv(1_000).startswith(b"HTTP/1.1 200")
        web = psutil.Process(served.process.pid)
        before = web.memory_info().rss
        time.sleep(0.5)
        assert web.memory_info().rss - before < 10_000_000
        assert _ask(served, "ASK {}").status_code == 200
    time.sleep(0.3)
    assert _ask(served, "ASK {}", key).status_code == 200


def test_a_kept_answer_is_given_again_until_the_map_changes(data: Path, served: Running) -> None:
    query = "SELECT * { ?s ?p ?o } LIMIT 500"
    first, again = _ask(served, query, JSON), _ask(served, query, JSON)
    assert first.headers["server-timing"] == again.headers["server-timing"]  # the words of the first
    assert first.content == again.content
    assert _ask(served, query, {"Accept": "text/csv"}).headers["content-type"].startswith("text/csv")
    assert _ask(served, query, JSON | {"Accept-Encoding": "identity"}).content == first.content
    other = _ask(served, "SELECT * { ?s ?p ?o } LIMIT 501", JSON)
    assert other.headers["server-timing"] != first.headers["server-timing"]
    ingest(DataFolder(data), "sweden", force=True)
    until = time.monotonic() + 20
    while httpx.get(f"{served.url}/health").json()["generation"] == 1 and time.monotonic() < until:
        time.sleep(0.1)
    assert _ask(served, query, JSON).headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize("function", ["RAND()", "NOW()", "UUID()", "STRUUID()", "struuid()"])
def test_what_differs_each_time_is_not_kept(served: Running, function: str) -> None:
    query = f"SELECT ({function} AS ?x) {{}}"
    first, again = _ask(served, query, JSON), _ask(served, query, JSON)
    assert first.content != again.content
    assert first.headers["cache-control"] == "no-store"
    assert "etag" not in first.headers


def test_explain_tells_what_was_seen_and_where_the_time_went(served: Running) -> None:
    told = _ask(served, "SELECT * { ?s ?p ?o FILTER(STRLEN(STR(?o)) > 3) } LIMIT 200", explain="true").json()
    assert (told["form"], told["rows"], told["nesting"]) == ("SELECT", 200, 4)
    assert told["engine_seconds"] > 0
    assert told["tokens"] > 15
    assert _ask(served, "ASK {}", explain="maybe").status_code == 400
    assert _ask(served, "SELECT nonsense", explain="true").status_code == 400
    assert _ask(served, "CONSTRUCT WHERE { ?s ?p ?o } ", explain="true").status_code in {200, 413}


def test_service_reaches_the_endpoints_that_are_allowed_and_no_others(served: Running, other: str) -> None:
    query = "SELECT * {{ SERVICE{silent} <{to}/sparql> {{ SELECT * {{ ?s ?p ?o }} LIMIT 2 }} }}"
    answer = _ask(served, query.format(silent="", to=other))
    assert answer.status_code == 200, answer.text
    assert len(answer.json()["results"]["bindings"]) == 2
    assert "etag" not in answer.headers
    for hostile in (
        query.format(silent="", to=served.url),
        query.format(silent=" SILENT", to=served.url),
        query.format(silent="", to=f"{other}/sparql/../x"),
        f"SELECT * {{ VALUES ?e {{ <{other}/sparql> }} SERVICE ?e {{ ?s ?p ?o }} }}",
        f"PREFIX a: <{other}/> SELECT * {{ SERVICE a:sparql {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE <{other}/sparql> {{ ?s ?p ?o }} SERVICE <http://127.0.0.1:1/> {{ ?s ?p ?o }} }}",
    ):
        refused = _ask(served, hostile)
        assert (refused.status_code, "SERVICE" in refused.json()["detail"]) == (403, True), hostile
    assert httpx.get(f"{served.url}/limits").json()["query"]["service_to"] == [f"{other}/sparql"]


def test_a_whole_graph_can_be_had_with_a_key(data: Path, key: dict[str, str]) -> None:
    with running("--data", str(data), CLEANTECH_ANSWER_ROWS="1000") as one:
        address = f"{one.url}/graph-store?default"
        triples = {"Accept": "application/n-triples"}
        assert httpx.get(address, headers=triples).status_code == 413
        whole = httpx.get(address, headers=triples | key, timeout=60)
        assert whole.status_code == 200
        assert whole.text.count("\n") > 10_000
        missing = httpx.get(f"{one.url}/graph-store?graph=urn:nowhere", headers=triples | key)
        assert missing.status_code == 404
