"""What an unfriendly client may try: others go on being served."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from graph.generation import DataFolder
from ingest.run import ingest
from tests.api.attack import attack
from tests.api.hostile import DOUBLED, NESTED, PRODUCT, QUERIES, SORTED
from tests.api.running import Running, running

MEMORY = "Memory limit reached"


@pytest.mark.parametrize("ending", ["%0a", "%0d%0a", "%00", "%09", "%7f", "%C2%85"])
@pytest.mark.parametrize("path", ["id/kth", "id/kth.ttl", "api/v1/entity/kth", "org/kth", "map", "health", "sparql"])
def test_a_path_with_a_control_character_leads_nowhere(server: str, path: str, ending: str) -> None:
    answer = httpx.get(f"{server}/{path}{ending}")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert httpx.head(f"{server}/{path}{ending}").status_code == 404


@pytest.fixture(scope="module")
def attacked(demo_data: Path) -> Iterator[Running]:
    settings = {"CLEANTECH_QUERY_TIMEOUT": "2", "CLEANTECH_QUERY_NESTING": "20000"}
    with running("--data", str(demo_data), **settings) as served:
        yield served


def _readers(served: Running) -> list[psutil.Process]:
    """The web process starts no other children."""
    return psutil.Process(served.process.pid).children()


def _ask(served: Running, query: str, **more: str) -> httpx.Response:
    return httpx.get(f"{served.url}/sparql", params={"query": query} | more, timeout=30)


def test_a_cross_product_ends_at_the_deadline_while_others_are_served(attacked: Running) -> None:
    answers: list[httpx.Response] = []
    threads = [
        threading.Thread(target=lambda query: answers.append(_ask(attacked, query)), args=(query,))
        for query in (PRODUCT, SORTED, PRODUCT, SORTED)
    ]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        assert httpx.get(f"{attacked.url}/health", timeout=5).status_code == 200
        assert httpx.get(f"{attacked.url}/api/v1/search?q=kth", timeout=5).status_code == 200
        time.sleep(0.1)
    assert {answer.status_code for answer in answers} == {503}
    in_time = [answer for answer in answers if answer.json()["title"] != MEMORY]
    assert len(in_time) >= 2
    assert all("retry-after" in answer.headers for answer in in_time)
    assert _ask(attacked, "ASK {}").json()["boolean"] is True


def test_a_client_can_ask_for_less_time_and_not_for_more(attacked: Running) -> None:
    assert "0.3 s" in _ask(attacked, PRODUCT, timeout="0.3").json()["detail"]
    assert "2 s" in _ask(attacked, PRODUCT, timeout="60").json()["detail"]


def test_a_query_that_ends_its_reader_is_told_so_and_the_next_one_works(attacked: Running) -> None:
    answer = httpx.post(f"{attacked.url}/sparql", data={"query": NESTED}, timeout=30)
    assert answer.status_code == 400
    assert "reader process" in answer.json()["detail"]
    assert _ask(attacked, "ASK {}").status_code == 200


def test_readers_that_are_killed_are_replaced(attacked: Running) -> None:
    for _ in range(3):
        for reader in _readers(attacked):
            reader.kill()
        assert _ask(attacked, "ASK {}").json()["boolean"] is True


def test_a_sort_that_needs_too_much_memory_is_told_so(demo_data: Path) -> None:
    with running("--data", str(demo_data), CLEANTECH_QUERY_TIMEOUT="60", CLEANTECH_QUERY_MEMORY="70000000") as served:
        answer = _ask(served, SORTED)
        assert (answer.status_code, answer.json()["title"]) == (503, MEMORY)
        assert "memory" in answer.json()["detail"]
        assert "retry-after" not in answer.headers
        assert _ask(served, "ASK {}").json()["boolean"] is True


def test_a_memory_bomb_is_stopped(attacked: Running) -> None:
    answer = _ask(attacked, DOUBLED)
    assert answer.status_code in {400, 503}
    assert _ask(attacked, "ASK {}").status_code == 200


def test_a_client_that_goes_away_takes_its_query_with_it(attacked: Running) -> None:
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(f"{attacked.url}/sparql", params={"query": PRODUCT}, timeout=0.2)
    assert _ask(attacked, "ASK {}").status_code == 200


def test_broken_connections_do_no_harm(attacked: Running) -> None:
    host, port = attacked.url.removeprefix("http://").split(":")
    for said in (
        b"",
        b"GET",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n",
        b"\x00\xff\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\n",
    ):
        with socket.create_connection((host, int(port))) as connection:
            connection.sendall(said)
    assert httpx.get(f"{attacked.url}/health").status_code == 200


def test_readers_end_with_the_web_process(demo_data: Path) -> None:
    with running("--data", str(demo_data)) as served:
        readers = _readers(served)
        assert readers
        served.process.kill()
        _, alive = psutil.wait_procs(readers, timeout=5)
        assert alive == []


def test_a_new_generation_is_served_without_a_restart(tmp_path: Path) -> None:
    ingest(DataFolder(tmp_path), "sweden")
    with running("--data", str(tmp_path)) as served:
        before = httpx.get(f"{served.url}/api/v1/stats")
        ingest(DataFolder(tmp_path), "sweden", force=True)
        until = time.monotonic() + 20
        while httpx.get(f"{served.url}/health").json()["generation"] == 1:
            assert _ask(served, "ASK {}").status_code == 200
            assert time.monotonic() < until
            time.sleep(0.05)
        after = httpx.get(f"{served.url}/api/v1/stats", headers={"If-None-Match": before.headers["etag"]})
        assert (after.status_code, after.json()["generation"]) == (200, 2)
        assert _ask(served, "SELECT * { ?s ?p ?o } LIMIT 1").status_code == 200


def test_fifty_hostile_queries_and_connections_leave_others_alone(attacked: Running) -> None:
    report = attack(attacked.url, seconds=10, queries=50, connections=20)
    assert report.health_failed == 0, report
    assert report.ordinary_answered > 0, report  # of another address, which has a line of its own
    assert report.health_worst < 2, report
    assert set(report.hostile) >= set(QUERIES), report
    statuses = {status for counts in report.hostile.values() for status in counts}
    assert statuses <= {"0", "200", "400", "408", "413", "429", "431", "503"}, report
    assert all("200" not in report.hostile[name] for name in ("product", "sorted product", "nested 10,000 deep"))
    until = time.monotonic() + 30
    while (answer := _ask(attacked, "ASK {}")).status_code != httpx.codes.OK:
        assert time.monotonic() < until, answer.text
        time.sleep(0.2)


def test_it_attacks_this_machine_only() -> None:
    with pytest.raises(ValueError, match="not on this machine"):
        attack("http://192.0.2.1:80", seconds=1)
