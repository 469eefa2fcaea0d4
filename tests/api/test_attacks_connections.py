"""Connections that are slow, endless, half closed, malformed or too many: each ends soon and others are served."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from tests.api.hostile import CHUNKED, ENDLESS, GET, LARGE_ANSWER, MALFORMED, POST, SLOW_QUERY, Raw
from tests.api.raw import connect, listen, say
from tests.api.running import Running, running

LIMITS = {
    "CLEANTECH_HEAD_TIMEOUT": "1",
    "CLEANTECH_BODY_STALL": "1",
    "CLEANTECH_BODY_TIMEOUT": "2",
    "CLEANTECH_ANSWER_STALL": "1",
    "CLEANTECH_IDLE_TIMEOUT": "4",
    "CLEANTECH_CONNECTIONS": "250",
    "CLEANTECH_QUERY_TIMEOUT": "4",
}


@pytest.fixture(scope="module")
def tight(demo_data: Path) -> Iterator[Running]:
    """A server with short limits."""
    with running("--data", str(demo_data), **LIMITS) as served:
        yield served


@pytest.fixture(autouse=True)
def others_are_served(tight: Running) -> Iterator[None]:
    yield
    assert httpx.get(f"{tight.url}/health", timeout=5).status_code == 200
    assert httpx.get(f"{tight.url}/sparql", params={"query": "ASK {}"}, timeout=10).json()["boolean"] is True


@pytest.mark.parametrize("name", MALFORMED)
def test_what_is_no_http_gets_a_clear_400(tight: Running, name: str) -> None:
    said = say(tight.url, MALFORMED[name], timeout=3)
    assert (said.status, said.is_problem) == (400, True), said.raw


@pytest.mark.parametrize(("name", "status"), [(name, 413 if name in {"chunks", "body"} else 431) for name in ENDLESS])
def test_what_never_ends_is_ended(tight: Running, name: str, status: int) -> None:
    said = say(tight.url, ENDLESS[name])
    assert (said.status, said.is_problem, said.ended) == (status, True, True)


@pytest.mark.parametrize(
    ("first", "drop"),
    [
        (b"G", b""),
        (GET, b"A: b\r\n"),
        (b"GET /", b"a"),
        (POST + b"Content-Length: 9\r\n\r\n", b""),
        (CHUNKED, b"1\r\na\r\n"),
    ],
)
def test_who_is_too_slow_is_told_so(tight: Running, first: bytes, drop: bytes) -> None:
    begun = time.monotonic()
    with connect(tight.url, 0.2) as connection:
        connection.sendall(first)
        said = listen(connection)
        while not said.ended and time.monotonic() < begun + 10:
            with contextlib.suppress(ConnectionError):
                connection.sendall(drop)
            heard = listen(connection)
            said = heard if heard.raw else said if said.raw else heard
            if said.raw:
                break
    assert (said.status, said.is_problem) == (408, True), said.raw
    assert 0.8 < time.monotonic() - begun < 5


def test_a_slow_reader_is_cut_off(tight: Running) -> None:
    connection = connect(tight.url)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    with connection:
        connection.sendall(LARGE_ANSWER)
        time.sleep(4)  # the answer, more than the kernel takes, is not read
        said = listen(connection)
    assert said.ended
    assert said.seconds < 2
    assert b'cleantech_refused_total{reason="slow_reader"}' in httpx.get(f"{tight.url}/metrics").content


def test_who_reads_slowly_but_steadily_gets_it_all(tight: Running) -> None:
    with connect(tight.url) as connection:
        connection.sendall(LARGE_ANSWER)
        held, until = bytearray(), time.monotonic() + 3
        while time.monotonic() < until:
            held += connection.recv(1 << 16)
            time.sleep(0.05)
        while not held.endswith(b"]}}"):
            part = connection.recv(1 << 20)
            assert part
            held += part


def test_half_closed_connections_are_answered_when_the_answer_comes_soon(tight: Running) -> None:
    said = say(tight.url, Raw(GET + b"\r\n"), then_close=True)
    assert (said.status, said.ended) == (200, True)
    for begun in (GET, POST + b"Content-Length: 9\r\n\r\nASK", CHUNKED + b"3\r\nASK\r\n"):
        said = say(tight.url, Raw(begun), then_close=True)
        assert (said.status, said.is_problem, said.ended) == (400, True, True)
    said = say(tight.url, Raw(SLOW_QUERY), then_close=True)
    assert (said.raw, said.ended) == (b"", True)
    assert said.seconds < 3


def test_200_idle_connections_keep_nobody_waiting_and_are_closed_after_a_while(tight: Running) -> None:
    idle = [connect(tight.url) for _ in range(200)]
    try:
        assert httpx.get(f"{tight.url}/api/v1/search?q=kth", timeout=2).status_code == 200
        begun = time.monotonic()
        assert all(listen(connection).ended for connection in idle)
        assert time.monotonic() - begun < 8
    finally:
        for connection in idle:
            connection.close()


def test_above_the_limit_idle_connections_make_room_and_busy_ones_do_not(tight: Running) -> None:
    with contextlib.ExitStack() as stack:
        idle = [stack.enter_context(connect(tight.url)) for _ in range(260)]
        assert httpx.get(f"{tight.url}/health", timeout=2).status_code == 200
        assert listen(idle[0]).ended
    with contextlib.ExitStack() as stack:
        for _ in range(250):
            stack.enter_context(connect(tight.url)).sendall(b"G")
        time.sleep(0.2)
        answer = httpx.get(f"{tight.url}/health", timeout=2)
        assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
        assert "retry-after" in answer.headers
    time.sleep(0.5)


def test_pipelined_requests_are_answered_in_order_and_not_without_end(tight: Running) -> None:
    wanted = b"GET /limits HTTP/1.1\r\nHost: localhost\r\n\r\n"
    said = say(tight.url, Raw(wanted + GET + b"Connection: close\r\n\r\n"))
    assert said.raw.count(b"HTTP/1.1 200 OK") == 2
    assert said.raw.index(b'"query"') < said.raw.index(b'"status"')
    said = say(tight.url, Raw(wanted * 5_000))
    assert said.ended
    assert 1 <= said.raw.count(b"HTTP/1.1 200 OK") < 100


def test_an_unread_body_ends_the_connection_and_the_answer_arrives(tight: Running) -> None:
    head = b"POST /nothing HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4000000\r\n\r\n"
    said = say(tight.url, Raw(head, b"a" * 100_000, 40))
    assert (said.status, said.ended) == (404, True)
    assert b"connection: close" in said.raw


def test_a_client_that_asks_first_is_told_to_go_on_or_not(tight: Running) -> None:
    asks = POST + b"Expect: 100-continue\r\nConnection: close\r\n"
    with connect(tight.url) as connection:
        connection.sendall(asks + b"Content-Length: 6\r\n\r\n")
        assert connection.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(b"ASK {}")
        assert listen(connection).status == 200
    said = say(tight.url, Raw(asks + b"Content-Length: 5000000\r\n\r\n"))
    assert said.status == 413
    assert b"100 Continue" not in said.raw


def test_nothing_is_left_behind(tight: Running) -> None:
    """All of the above was closed; the process has not grown beyond what one answer needs."""
    time.sleep(0.5)
    process = psutil.Process(tight.process.pid)
    assert len(process.net_connections()) < 20
    assert process.memory_info().rss < 600_000_000
