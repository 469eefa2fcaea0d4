"""Fields of a head: lists in several lines are one, long ones are refused at once, and a host is named once."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import httpx
import pytest

from tests.api.hostile import GET, HOST, POST, Raw
from tests.api.raw import say
from tests.api.running import running

QUERY = b"GET /sparql?query=SELECT*%7B%7D HTTP/1.1\r\n" + HOST + b"Connection: close\r\n"
MANY_AMPERSANDS = [
    b"/health?" + b"&a=" * 330_000,
    b"/sparql?query=ASK%7B%7D" + b"&a=" * 330_000,
    b"/graph-store?default" + b"&a=" * 330_000,
    b"/api/v1/map?" + b"kind=a&" * 140_000,
    b"/api/v1/edits?" + b"number=1&" * 100_000,
]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (b"Accept", b"text/html," + b"*/*," * 240_000),
        (b"Accept", b"a/b," * 200),
        (b"Accept", b"a" * 9_000),
        (b"Accept-Encoding", b"gzip," * 180_000),
        (b"If-None-Match", b'"a",' * 240_000),
        (b"Content-Type", b"text/turtle" + b";a=b" * 200_000),
        (b"Content-Encoding", b"gzip, " * 2_000),
        (b"Authorization", b"Bearer " + b"a" * 900_000),
    ],
)
@pytest.mark.parametrize("target", [b"/health", b"/sparql", b"/id/kth", b"/api/v1/stats", b"/nothing"])
def test_a_field_that_is_too_long_is_named(server: str, field: bytes, value: bytes, target: bytes) -> None:
    said = say(server, Raw(b"GET %s HTTP/1.1\r\n%s%s: %s\r\n\r\n" % (target, HOST, field, value)), timeout=1)
    assert (said.status, said.is_problem) == (431, True), said.raw
    assert field.lower() in said.raw.lower().partition(b"detail")[2]


@pytest.mark.parametrize("target", MANY_AMPERSANDS)
def test_too_many_parameters_are_not_taken_apart(server: str, target: bytes) -> None:
    said = say(server, Raw(b"GET %s HTTP/1.1\r\n%s\r\n" % (target, HOST)), timeout=1)
    assert (said.status, said.is_problem) == (400, True), said.raw
    assert b"1,024 parameters" in said.raw


def test_none_of_it_stops_others(server: str) -> None:
    over, waits = threading.Event(), [0.0]

    def look() -> None:
        with httpx.Client() as client:
            while not over.wait(0.002):
                begun = time.perf_counter()
                client.get(f"{server}/health", timeout=30).raise_for_status()
                waits.append(time.perf_counter() - begun)

    thread = threading.Thread(target=look)
    thread.start()
    for _ in range(3):
        say(server, Raw(GET + b"Accept: text/html," + b"*/*," * 240_000 + b"\r\n\r\n"), timeout=0.3)
        for target in MANY_AMPERSANDS:
            say(server, Raw(b"GET %s HTTP/1.1\r\n%s\r\n" % (target, HOST)), timeout=0.3)
    over.set()
    thread.join()
    assert sorted(waits)[-3:][0] < 0.5  # of a shared machine, the two worst are left out


def test_a_long_query_in_the_address_is_one_parameter(server: str) -> None:
    target = b"/sparql?query=ASK%7B%7D%23" + b"%20" * 150_000
    said = say(server, Raw(b"GET %s HTTP/1.1\r\n%s\r\n" % (target, HOST)), timeout=1)
    assert said.status == 200, said.raw


@pytest.mark.parametrize(
    ("fields", "status", "media"),
    [
        (b"Accept: image/png\r\nAccept: text/csv\r\n", 200, b"text/csv"),
        (b"Accept: text/csv;q=0.2\r\naccept: text/tab-separated-values\r\n", 200, b"text/tab-separated-values"),
        (b"Accept: image/png\r\nAccept: image/gif\r\n", 406, b"application/problem+json"),
        (b"Accept: a/b\r\n" * 120, 431, b"application/problem+json"),
    ],
)
def test_several_lines_of_one_field_are_one(server: str, fields: bytes, status: int, media: bytes) -> None:
    said = say(server, Raw(QUERY + fields + b"\r\n"), timeout=1)
    assert (said.status, b"content-type: " + media in said.raw.lower()) == (status, True), said.raw


def test_several_lines_of_tags_and_encodings_are_one(server: str) -> None:
    first = httpx.get(f"{server}/sparql", params={"query": "SELECT*{}"})
    tag = first.headers["etag"].encode()
    said = say(server, Raw(QUERY + b'If-None-Match: "a"\r\nIf-None-Match: %s\r\n\r\n' % tag), timeout=1)
    assert said.status == 304, said.raw
    stats = b"GET /api/v1/vocabulary HTTP/1.1\r\n" + HOST + b"Connection: close\r\n"
    said = say(server, Raw(stats + b"Accept-Encoding: br\r\nAccept-Encoding: gzip\r\n\r\n"), timeout=1)
    assert b"content-encoding: gzip" in said.raw.lower()
    packed = POST + b"Content-Encoding: gzip\r\nContent-Encoding: gzip\r\nContent-Length: 0\r\n\r\n"
    assert say(server, Raw(packed), timeout=1).status == 415


@pytest.mark.parametrize("coding", [b"gzip, chunked", b"identity, chunked", b"chunked, chunked"])
def test_only_chunks_are_understood(server: str, coding: bytes) -> None:
    chunks = b"Connection: close\r\nTransfer-Encoding: %s\r\n\r\n6\r\nASK {}\r\n0\r\n\r\n"
    assert say(server, Raw(POST + chunks % b"Chunked"), timeout=1).status == 200
    said = say(server, Raw(POST + chunks % coding), timeout=1)
    assert (said.status, said.is_problem) in {(501, True), (400, True)}, said.raw
    assert said.status == 501 or coding == b"chunked, chunked"
    said = say(server, Raw(POST + chunks.replace(b"%s", b"gzip\r\nTransfer-Encoding: chunked")), timeout=1)
    assert said.status == 501, said.raw


def test_a_target_with_a_host_is_for_that_one(server: str) -> None:
    own = b"GET http://localhost/health HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
    for host in (b"localhost", b"evil.example"):
        assert say(server, Raw(own % host), timeout=1).status == 200
    assert say(server, Raw(b"GET http://evil.example/health HTTP/1.1\r\n" + HOST + b"\r\n"), timeout=1).status == 400


def test_any_host_is_still_one_host(demo_data: Path) -> None:
    with running("--data", str(demo_data), CLEANTECH_ALLOWED_HOSTS="*") as served:
        assert say(served.url, Raw(GET + HOST + b"\r\n"), timeout=1).status == 400
        assert httpx.get(f"{served.url}/health", headers={"Host": "any.example"}).status_code == 200
        assert httpx.get(f"{served.url}/health", headers={"Host": "a{b"}).status_code == 400
