"""What the service says of itself: description, metrics, log; its address behind a proxy; how much it takes on at a time."""

from __future__ import annotations

import asyncio
import json
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from pyoxigraph import Dataset, Literal, NamedNode, RdfFormat, parse

from api.app import create_app
from api.settings import Settings
from tests.api.running import Running, run, running
from tests.api.writing import bare, desk

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
PUBLIC = "https://map.example.org/kg"


def _description(url: str, accept: str = "text/turtle", **headers: str) -> Dataset:
    answer = httpx.get(f"{url}/sparql", headers={"Accept": accept} | headers, timeout=30)
    assert answer.status_code == 200
    form = RdfFormat.from_media_type(answer.headers["content-type"])
    assert form is not None
    return Dataset(parse(answer.content, format=form))


def _values(graph: Dataset, name: str) -> set[str]:
    found = graph.quads_for_predicate(NamedNode(name))
    return {quad.object.value for quad in found if isinstance(quad.object, NamedNode | Literal)}


@pytest.mark.parametrize(
    "accept", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"]
)
def test_the_description_comes_in_every_format_and_counts_the_graphs(server: str, accept: str) -> None:
    graph = _description(server, accept)
    assert _values(graph, f"{SD}endpoint") == {f"{server}/sparql"}
    assert "https://w3id.org/cleantech-kg/graph/catalogue" in _values(graph, f"{SD}name")
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    count = httpx.get(f"{server}/sparql", params={"query": query}).json()["results"]["bindings"][0]["n"]["value"]
    assert count in _values(graph, f"{VOID}triples")
    assert f"{SD}BasicFederatedQuery" not in _values(graph, f"{SD}feature")
    assert "http://www.w3.org/ns/formats/TriG" in _values(graph, f"{SD}resultFormat")


def test_the_description_is_refused_as_a_picture_and_known_by_its_tag(server: str) -> None:
    assert httpx.get(f"{server}/sparql", headers={"Accept": "image/png"}).status_code == 406
    first = httpx.get(f"{server}/sparql", headers={"Accept": "application/rdf+xml;q=0.5, text/turtle;q=0.4"})
    assert first.headers["content-type"] == "application/rdf+xml"
    again = httpx.get(
        f"{server}/sparql", headers={"Accept": "application/rdf+xml", "If-None-Match": first.headers["etag"]}
    )
    assert again.status_code == 304


def test_sparql_1_2_works_as_the_description_says(server: str) -> None:
    asked = 'SELECT (OBJECT(TRIPLE(<x:s>, <x:p>, 1)) AS ?o) (LANGDIR("x"@en--rtl) AS ?d) {}'
    row = httpx.get(f"{server}/sparql", params={"query": asked}).json()["results"]["bindings"][0]
    assert (row["o"]["value"], row["d"]["value"]) == ("1", "rtl")
    assert "https://www.w3.org/TR/sparql12-query/" in _values(_description(server), f"{SD}languageExtension")


def test_a_wrong_edit_is_shown_with_its_place(tmp_path: Path) -> None:
    with desk(tmp_path, bare(tmp_path)) as held:
        problem = held.update("INSERT DATA {\n  <x:s> <x:p> FOO }").json()
        assert problem["excerpt"].split("\n")[0] == "  <x:s> <x:p> FOO }"
        problem = held.store("PUT", "?graph=x:g", "<x:s> <x:p> 1 .\n<x:s> <x:p> FOO .").json()
        assert problem["excerpt"].split("\n")[0] == "<x:s> <x:p> FOO ."


def test_empty_graphs_and_edits_are_in_the_description(tmp_path: Path) -> None:
    with desk(tmp_path, bare(tmp_path)) as held:
        assert _values(_description(held.url), f"{SD}name") == set()
        held.update("CREATE GRAPH <x:empty> ; INSERT DATA { GRAPH <x:full> { <x:s> <x:p> 1, 2 } }").raise_for_status()
        graph = _description(held.url)
        assert _values(graph, f"{SD}name") == {"x:empty", "x:full"}
        assert _values(graph, f"{VOID}triples") == {"0", "2"}


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """A bare store that is known as PUBLIC and believes 127.0.0.2; its address and a key."""
    folder = tmp_path_factory.mktemp("proxied")
    key = bare(folder)
    with desk(folder, key, CLEANTECH_PUBLIC_URL=f"{PUBLIC}/", CLEANTECH_PROXIES="127.0.0.2") as held:
        yield held.url, key


def test_behind_a_proxy_the_service_knows_its_public_address(proxied: tuple[str, str]) -> None:
    url, key = proxied
    assert _values(_description(url, Host="map.example.org"), f"{SD}endpoint") == {f"{PUBLIC}/sparql"}
    assert httpx.get(f"{url}/health", headers={"Host": "other.example.org"}).status_code == 400
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "text/turtle"}
    made = httpx.post(f"{url}/graph-store", content="<> <x:p> <a> .", headers=headers)
    minted = made.headers["location"]
    assert (made.status_code, minted.startswith(f"{PUBLIC}/graph-store/")) == (201, True)
    direct = httpx.get(f"{url}{minted.removeprefix(PUBLIC)}", headers={"Accept": "application/n-triples"})
    assert direct.text == f"<{minted}> <x:p> <{PUBLIC}/graph-store/a> .\n"
    assert httpx.get(f"{url}/graph-store", params={"graph": minted}).status_code == 200


def test_only_a_named_proxy_is_believed(demo_data: Path) -> None:
    told = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
    with running("--data", str(demo_data), CLEANTECH_PROXIES="127.0.0.2") as served:
        for source, scheme in (("127.0.0.1", "http"), ("127.0.0.2", "https")):
            with httpx.Client(transport=httpx.HTTPTransport(local_address=source)) as client:
                answer = client.get(f"{served.url}/sparql", headers=told | {"Accept": "application/n-triples"})
                assert f"<{scheme}://127.0.0.1:" in answer.text


def test_what_leads_on_leads_to_the_public_address(proxied: tuple[str, str]) -> None:
    url, _ = proxied
    for path, accept, status, target in (
        ("/sparql", "text/html", 303, "/docs#sparql"),
        ("/sparql/?query=ASK%7B%7D", "*/*", 307, "/sparql?query=ASK%7B%7D"),
        ("/api/v1/stats/", "*/*", 307, "/api/v1/stats"),
        ("/docs/", "text/html", 307, "/docs"),
    ):
        answer = httpx.get(url + path, headers={"Host": "map.example.org", "Accept": accept})
        assert answer.status_code == status
        assert httpx.URL(PUBLIC + path).join(answer.headers["location"]) == PUBLIC + target
    moved = httpx.post(f"{url}/sparql/", data={"query": "ASK {}"}, follow_redirects=True)
    assert moved.json()["boolean"] is True
    assert httpx.get(f"{url}/nothing/").status_code == 404


@pytest.mark.parametrize("wrong", ["map.example.org", "ftp://x", "https://", "https://x/?a", "https://u@x"])
def test_a_public_address_that_is_none_stops_the_start(tmp_path: Path, wrong: str) -> None:
    ended = run("serve", "--data", str(tmp_path), "--port", "0", CLEANTECH_PUBLIC_URL=wrong)
    assert ended.returncode == 2
    assert "public_url" in ended.stderr.lower()


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("SERVICE_TO", "foo"),
        ("SERVICE_TO", "https://a.example/sparql,file:///etc/passwd"),
        ("SERVICE_TO", "https://a.example/%zz"),
        ("PROXIES", "abc"),
        ("PROXIES", "127.0.0.1,10.0.0.1/8"),
        ("PROXIES", "proxy.example.org"),
    ],
)
def test_a_list_with_something_wrong_stops_the_start(tmp_path: Path, name: str, wrong: str) -> None:
    ended = run("serve", "--data", str(tmp_path), "--port", "0", **{f"CLEANTECH_{name}": wrong})
    assert ended.returncode == 2
    assert ended.stderr.startswith(f"cleantech serve: CLEANTECH_{name}: ")
    assert wrong.rpartition(",")[2] in ended.stderr
    assert "such as" in ended.stderr


def test_a_misspelt_setting_is_told(tmp_path: Path) -> None:
    bare(tmp_path)
    told = (
        "WARNING cleantech.settings: there is no setting CLEANTECH_REPLICA_QUAD; did you mean CLEANTECH_REPLICA_QUADS?"
    )
    good = {"CLEANTECH_PROXIES": "::1,10.0.0.0/8", "CLEANTECH_SERVICE_TO": "https://a.example/sparql?x=1"}
    with running("--data", str(tmp_path), expected=told, CLEANTECH_REPLICA_QUAD="0", **good) as served:
        assert httpx.get(f"{served.url}/health").status_code == 200
        assert served.log() == f"{told}\n"
    told = "WARNING cleantech.settings: there is no setting CLEANTECH_SOMETHING_ELSE"
    with running("--data", str(tmp_path), expected=told, CLEANTECH_SOMETHING_ELSE="0") as served:
        assert served.log() == f"{told}\n"


def _number(page: str, line: str) -> float:
    found = re.search(rf"^{re.escape(line)} (\S+)$", page, re.MULTILINE)
    return float(found[1]) if found else 0.0


def test_metrics_count_by_route_and_reason(demo_data: Path) -> None:
    with running("--data", str(demo_data)) as served:
        httpx.get(f"{served.url}/api/v1/entity/kth")
        httpx.head(f"{served.url}/api/v1/entity/chalmers")
        httpx.get(f"{served.url}/nothing/made-up")
        httpx.get(f"{served.url}/sparql", params={"query": "SELECT * { SERVICE <x:y> {} }"})
        httpx.get(f"{served.url}/health", headers={"Host": "evil.example"})
        answer = httpx.get(f"{served.url}/metrics")
        page = answer.text
        assert answer.headers["content-type"].startswith("text/plain")
        for method in ("GET", "HEAD"):
            line = f'cleantech_requests_total{{method="{method}",route="/api/v1/entity/{{key}}",status="200"}}'
            assert _number(page, line) == 1, page
        assert _number(page, 'cleantech_refused_total{reason="guard_forbidden"}') == 1
        assert _number(page, 'cleantech_request_seconds_count{route="/sparql"}') == 1
        assert _number(page, "cleantech_generation") == 1
        assert 1 <= _number(page, "cleantech_readers") <= 4
        assert _number(page, "cleantech_connections") >= 1
        assert _number(page, "process_resident_memory_bytes") > 10_000_000
        assert "made-up" not in page
        openly = httpx.get(f"{served.url}/metrics", headers={"Accept": "application/openmetrics-text"})
        assert openly.text.endswith("# EOF\n")


def _lines(said: Path, count: int) -> list[dict[str, object]]:
    until = time.monotonic() + 5
    while len(said.read_text("utf-8").splitlines()) < count and time.monotonic() < until:
        time.sleep(0.05)
    return [json.loads(line) for line in said.read_text("utf-8").splitlines()]


def test_the_log_as_json_has_a_line_for_each_request_and_write_and_no_secrets(tmp_path: Path) -> None:
    key = bare(tmp_path)
    with running("--data", str(tmp_path), CLEANTECH_LOG="json") as served:
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/sparql-update"}
        url = f"{served.url}/sparql"
        numbers = [
            httpx.get(url, params={"query": "SELECT ('hidden-words' AS ?x) {}"}).headers["x-request-id"],
            httpx.post(url, content="INSERT DATA { <x:s> <x:p> 'hidden-words' }", headers=headers).headers[
                "x-request-id"
            ],
            httpx.post(url, content="BROKEN 'hidden-words'", headers=headers).headers["x-request-id"],
            httpx.get(f"{served.url}/no%0Asuch").headers["x-request-id"],
        ]
        lines = _lines(served.said, 6)
        text = served.log()
    requests = [line for line in lines if line["logger"] == "cleantech.requests"]
    assert [line["request_id"] for line in requests] == numbers
    assert [line["status"] for line in requests] == [200, 204, 400, 404]
    assert set(requests[0]) == {
        *("time", "level", "logger", "message"),
        *("method", "route", "path", "status", "ms", "bytes", "request_id"),
    }
    written, refused = [line for line in lines if line["logger"] == "cleantech.edits"]
    assert (written["key"], written["edit"], refused["refused"]) == ("tester", 1, "EditError")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", str(written["time"]))
    for secret in (key, "hidden-words", "127.0.0.1", "query="):
        assert secret not in text


def test_the_log_can_be_off_and_is_short_as_text(tmp_path: Path) -> None:
    key = bare(tmp_path)
    for kind, expected in (("off", 0), ("text", 1)):
        with desk(tmp_path, key, CLEANTECH_LOG=kind) as held:
            held.update("INSERT DATA { <x:s> <x:p> 1 }").raise_for_status()
            httpx.get(f"{held.url}/nothing")
            assert len(held.running.log().splitlines()) == expected


def test_what_nobody_expected_is_a_500_with_the_number_of_the_request(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(Settings(data=tmp_path))

    async def broken() -> None:
        raise RuntimeError("secret words")

    app.add_api_route("/broken", broken)

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as client:
            return await client.get("/broken?secret")

    answer = asyncio.run(ask())
    number = answer.headers["x-request-id"]
    assert (answer.status_code, answer.json()["request_id"]) == (500, number)
    assert "secret" not in answer.text
    assert [record.getMessage() for record in caplog.records] == [f"request {number} failed"]


def test_one_address_cannot_take_all_of_the_rest_interface(demo_data: Path) -> None:
    limits = {"CLEANTECH_REST_PER_ADDRESS": "2", "CLEANTECH_REST_RUNNING": "4"}
    with running("--data", str(demo_data), **limits) as served:
        told = httpx.get(f"{served.url}/limits").json()["rest"]
        assert told == {"seconds": 10.0, "per_address": 2, "running": 4, "gaps_running": 2, "gaps_waiting": 8}
        statuses, refusal = _crowd(served, ["127.0.0.1"])
        assert statuses <= {200, 429}
        assert refusal is None or (refusal.json()["status"], refusal.headers["retry-after"]) == (429, "1")
        crowd, _ = _crowd(served, [f"127.0.0.{number}" for number in range(1, 9)])
        assert crowd <= {200, 429, 503}
        assert httpx.get(f"{served.url}/api/v1/stats").status_code == 200
        page = httpx.get(f"{served.url}/metrics").text
        assert _number(page, 'cleantech_refused_total{reason="rest_address"}') > 0


def _crowd(served: Running, sources: list[str]) -> tuple[set[int], httpx.Response | None]:
    answers: list[httpx.Response] = []

    def ask(source: str) -> None:
        with httpx.Client(transport=httpx.HTTPTransport(local_address=source), timeout=30) as client:
            answers.extend(client.get(f"{served.url}/api/v1/map") for _ in range(3))

    threads = [threading.Thread(target=ask, args=(source,)) for source in sources for _ in range(24 // len(sources))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {answer.status_code for answer in answers}, next((one for one in answers if one.status_code == 429), None)


def test_an_answer_that_takes_too_long_is_told_so(demo_data: Path) -> None:
    with running("--data", str(demo_data), CLEANTECH_REST_TIMEOUT="0.0001") as served:
        answer = httpx.get(f"{served.url}/api/v1/map")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")
        assert httpx.get(f"{served.url}/health").status_code == 200
