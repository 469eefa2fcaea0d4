"""LOAD reads from the addresses that a setting lists, and from nowhere else, wherever it is led."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import httpx
import pytest

from tests.api.running import run
from tests.api.writing import Desk, bare, desk

ALL = "SELECT ?s ?o { { ?s <http://e/p> ?o } UNION { GRAPH ?g { ?s <http://e/p> ?o } } }"
ANSWERS: dict[str, tuple[int, str, bytes]] = {
    "/open/a.ttl": (200, "text/turtle; charset=utf-8", b"<#a> <http://e/p> 1, [] ."),
    "/open/b": (200, "application/rdf+xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"),
    "/open/c.nt": (200, "application/octet-stream", b"<http://e/c> <http://e/p> <http://e/c> ."),
    "/open/page": (200, "text/html", b"<p>"),
    "/open/broken.ttl": (200, "text/turtle", b"<a> <b>"),
    "/open/large.nt": (200, "application/n-triples", b"# " + b"x" * 300_000),
    "/open/missing": (404, "text/plain", b""),
    "/open/graphs.trig": (200, "application/trig", b"<http://e/g> { <http://e/s> <http://e/p> 1 }"),
    "/shut/a.ttl": (200, "text/turtle", b"<#shut> <http://e/p> 'shut' ."),
}
LED = {
    "/open/near": "/open/a.ttl",
    "/open/away": "/shut/a.ttl",
    "/open/file": "file:///etc/hostname",
    "/open/loop": "/open/loop",
}


class _Site(BaseHTTPRequestHandler):
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.path in LED:
            self.send_response(302)
            self.send_header("Location", LED[self.path])
            self.end_headers()
            return
        status, media_type, body = ANSWERS.get(self.path, (404, "text/plain", b""))
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing on stderr."""


@contextmanager
def _site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with _site() as url:
        yield url


@pytest.fixture(scope="module")
def held(site: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("load")
    settings = {"CLEANTECH_LOAD_FROM": f"{site}/open/, https://e.example/", "CLEANTECH_BODY_BYTES": "200000"}
    with desk(folder, bare(folder), NO_PROXY="127.0.0.1", no_proxy="127.0.0.1", **settings) as one:
        yield one


@pytest.fixture(autouse=True)
def _empty(held: Desk) -> None:
    assert held.update("CLEAR ALL").status_code == 204
    _Site.asked.clear()


def test_a_listed_document_is_loaded_and_can_be_taken_back(held: Desk, site: str) -> None:
    text = f"PREFIX o: <{site}/open/> LOAD o:a.ttl ; LOAD <{site}/open/c.nt> INTO GRAPH <http://e/g> ; DELETE DATA {{ <x:x> <x:x> 1 }}"
    answer = held.update(text)
    assert answer.status_code == 204, answer.text
    assert len(held.rows(ALL)) == 3
    assert held.rows("SELECT ?s { GRAPH <http://e/g> { ?s ?p ?o } }") == [["http://e/c"]]
    assert held.rows("SELECT ?s { ?s <http://e/p> 1 }") == [[f"{site}/open/a.ttl#a"]]
    assert held.update(f"LOAD <{site}/open/near>").status_code == 204
    assert held.rows("SELECT DISTINCT ?s { ?s <http://e/p> 1 }") == [
        [f"{site}/open/a.ttl#a"]
    ]  # the base is the end of the way
    address = f"{held.url}/api/v1/edits/{answer.headers['x-edit']}"
    undone = httpx.delete(address, headers={"Authorization": f"Bearer {held.key}"})
    assert undone.json()["removed"] == 3


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/shut/a.ttl", 403, "may read from"),
        ("/open/../shut/a.ttl", 403, "may read from"),
        ("/open/%2e%2e/shut/a.ttl", 403, "may read from"),
        ("/open/away", 403, "is led to"),
        ("/open/file", 400, "is answered 302"),
        ("/open/loop", 400, "is answered 302"),
        ("/open/missing", 400, "is answered 404"),
        ("/open/b", 400, "DOCTYPE"),
        ("/open/page", 415, "A graph can be sent as"),
        ("/open/broken.ttl", 400, "line 1, column"),
        ("/open/large.nt", 413, "more than 200,000 bytes"),
        ("/open/graphs.trig", 400, "<http://e/g>"),
    ],
)
def test_what_cannot_be_loaded_changes_nothing(held: Desk, site: str, path: str, status: int, said: str) -> None:
    before = "INSERT DATA { <http://e/s> <http://e/p> 'before' } ;"
    answer = held.update(f"{before} LOAD <{site}{path}>")
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
    assert said in answer.json()["detail"]
    assert held.rows(ALL) == []
    assert held.update(f"{before} LOAD SILENT <{site}{path}>").status_code == 204
    assert held.rows(ALL) == [["http://e/s", "before"]]
    assert "/shut/a.ttl" not in _Site.asked


@pytest.mark.parametrize(
    "iri",
    ["file:///etc/passwd", "ftp://127.0.0.1/x", "http://e.example/", "https://e.example.org/", "https://x@e.example/"],
)
def test_other_schemes_and_hosts_are_refused(held: Desk, iri: str) -> None:
    assert held.update(f"LOAD <{iri}>").status_code == 403


def test_nothing_is_fetched_for_an_update_that_may_not_or_cannot_be(held: Desk, site: str) -> None:
    assert held.update(f"LOAD <{site}/open/a.ttl> ; INSERT DATA {{ <x:x> nonsense }}").status_code == 400
    assert held.update(f"LOAD <{site}/open/a.ttl> ; LOAD <file:///etc/passwd>").status_code == 403
    assert held.update(f"LOAD <{site}/open/a.ttl> INTO GRAPH <urn:cleantech-kg:writer>").status_code == 403
    assert _Site.asked == []


@pytest.mark.parametrize("prefix", ["http://e.example", "file:///", "e.example/", "http://", "http://a@b/"])
def test_a_prefix_that_would_let_others_in_is_no_setting(tmp_path: Path, prefix: str) -> None:
    told = run("serve", "--data", str(tmp_path), CLEANTECH_LOAD_FROM=prefix)
    assert told.returncode == 2
    assert "CLEANTECH_LOAD_FROM" in told.stderr
