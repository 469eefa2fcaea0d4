"""Bodies that are bombs, broken or malformed, sent with a key: each ends in a clear 4xx and nothing is written."""

from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Iterator

import httpx
import pytest

from tests.api.hostile import HOST, Raw
from tests.api.raw import say
from tests.api.writing import UPDATE, Desk, bare, desk

GRAPH = "?graph=http://example.org/g"
TURTLE, TRIPLES, XML, JSON = "text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"
FORM = "application/x-www-form-urlencoded"
DEEP = 10_000
_RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x.org/">{}</rdf:RDF>'
_ENTITIES = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(12))
BOMB = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e0 "aaaaaaaaaa">{_ENTITIES}]><r>&e12;</r>'


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("bare")
    key = bare(folder)
    with desk(folder, key, CLEANTECH_BODY_BYTES="2000000", CLEANTECH_UPDATE_TIMEOUT="10") as opened:
        yield opened


@pytest.fixture(autouse=True)
def nothing_is_written(held: Desk) -> Iterator[None]:
    yield
    assert held.rows("SELECT ?g ?s { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }") == []
    assert httpx.get(f"{held.url}/health", timeout=5).status_code == 200


def _bomb(size: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    block = b"#" * 1_000_000
    return b"".join(packer.compress(block) for _ in range(size // len(block))) + packer.flush()


def test_a_gzip_bomb_is_never_unpacked_beyond_the_limit(held: Desk) -> None:
    bomb = _bomb(1_000_000_000)
    assert len(bomb) < 1_500_000
    begun = time.monotonic()
    for answer in (
        held.store("PUT", GRAPH, bomb, Content_Encoding="gzip"),
        httpx.post(
            f"{held.url}/sparql",
            content=bomb,
            headers={"Content-Type": UPDATE, "Content-Encoding": "gzip", "Authorization": f"Bearer {held.key}"},
        ),
        httpx.post(
            f"{held.url}/sparql",
            content=bomb[:500_000],
            headers={"Content-Type": "application/sparql-query", "Content-Encoding": "gzip"},
        ),
        httpx.post(
            f"{held.url}/sparql",
            content=gzip.compress(bomb),
            headers={"Content-Type": FORM, "Content-Encoding": "gzip"},
        ),
    ):
        assert answer.status_code in {400, 413}, answer.text
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize(
    ("coding", "body", "status"),
    [
        ("gzip", b"<x:s> <x:p> 1 .", 400),
        ("gzip", b"", 400),
        ("gzip", gzip.compress(b"<x:s> <x:p> 1 .")[:-4], 400),
        ("gzip", gzip.compress(b"<x:s> <x:p> 1 .") + b"rest", 400),
        ("gzip", gzip.compress(b"<x:s> <x:p> 1 .")[:-8] + b"\0" * 8, 400),
        ("br", b"", 415),
        ("deflate", zlib.compress(b""), 415),
        ("gzip, gzip", gzip.compress(gzip.compress(b"")), 415),
        ("é", b"", 415),
    ],
)
def test_what_is_not_well_packed_is_refused(held: Desk, coding: str, body: bytes, status: int) -> None:
    headers = {"Authorization": f"Bearer {held.key}", "Content-Type": TURTLE, "Content-Encoding": coding}
    raw = {name.encode(): value.encode() for name, value in headers.items()}
    answer = httpx.put(f"{held.url}/graph-store{GRAPH}", content=body, headers=raw)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert (answer.headers.get("accept-encoding") == "gzip") == (status == 415)


@pytest.mark.parametrize(
    ("media", "body"),
    [
        (XML, BOMB),
        (XML, BOMB.encode("utf-16").decode("latin-1")),
        (XML, '<!DOCTYPE r SYSTEM "file:///etc/passwd"><r/>'),
        (XML, "<rdf:RDF"),
        (XML, _RDF.format("<x:a>" * DEEP)),
        (XML, "<" * DEEP),
        (JSON, '{"@context": "http://127.0.0.1:1/", "@id": "x:s"}'),
        (JSON, '{"@id": "x:s", '),
        (JSON, "[" * DEEP),
        (JSON, '{"@graph":' * DEEP),
        (JSON, '{"@context": {"@import": "http://127.0.0.1:1/"}, "@id": "x:s"}'),
        (TURTLE, "<x:s> <x:p> ."),
        (TURTLE, "<x:s> <x:p> " + "[ <x:p> " * DEEP),
        (TURTLE, "<x:s> <x:p> " + "( " * DEEP),
        (TURTLE, "<x:s> <x:p> " + "<<( <x:s> <x:p> " * DEEP),
        (TURTLE, "@prefix : <x:> . :a :b '''" + "a" * 1_000_000),
        (TURTLE, f"<x:{'a' * 1_000_000}> <x:p> ."),
        (TURTLE, "\0" * 1_000),
        (TRIPLES, "<x:s> <x:p> 1 ."),
        (TRIPLES, "<<( " * DEEP),
        (TRIPLES, f"<x:{'a' * 1_000_000}> <x:p> ."),
    ],
)
def test_malformed_graphs_are_refused(held: Desk, media: str, body: str) -> None:
    for method in ("PUT", "POST"):
        answer = held.store(method, GRAPH, body.encode("latin-1"), Content_Type=media)
        assert answer.status_code in {400, 413, 503}, answer.text
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <x:s> <x:p> ",
        "INSERT DATA { <x:s> <x:p> " + "[ <x:p> " * DEEP,
        "INSERT DATA { <x:s> <x:p> " + "<<( <x:s> <x:p> " * DEEP,
        "INSERT { <x:s> <x:p> ?x } WHERE " + "{" * DEEP + "}" * DEEP,
        "INSERT { <x:s> <x:p> ?x } WHERE { BIND(" + "(" * DEEP + "1" + ")" * DEEP + " AS ?x) }",
        "INSERT { <x:s> <x:p> ?x } WHERE { FILTER(" + "!" * DEEP + "true) }",
        "LOAD <http://127.0.0.1:1/>",
        "INSERT DATA { <x:s> <x:p> 1 } ; LOAD <file:///etc/passwd>",
        "\0",
    ],
)
def test_malformed_updates_are_refused(held: Desk, update: str) -> None:
    answer = held.update(update)
    assert answer.status_code in {400, 403, 413, 503}, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


def test_multipart_that_is_none_is_refused(held: Desk) -> None:
    for body in (b"", b"--x", b"--x\r\n\r\n" * 10_000, b"--x\r\nContent-Type: text/turtle\r\n\r\n<x:s>\r\n--x--"):
        answer = held.store("POST", GRAPH, body, Content_Type="multipart/form-data; boundary=x")
        assert answer.status_code in {400, 413, 415}, answer.text


def test_an_iri_of_a_megabyte_names_no_graph(held: Desk) -> None:
    for method in (b"GET", b"PUT", b"DELETE"):
        head = b"%s /graph-store%s HTTP/1.1\r\n%sAuthorization: Bearer %s\r\nContent-Type: text/turtle\r\n\r\n"
        for name in (b"?graph=http://example.org/" + b"a" * 1_000_000, b"/" + b"a" * 50_000):
            said = say(held.url, Raw(head % (method, name, HOST, held.key.encode())), timeout=1)
            assert (said.status, said.is_problem) == (414, True), said.raw


@pytest.mark.parametrize("name", [b"%zz", b"a%2", b"{a}", b'a"b', b"<a>", b"a|b", b"a^b", b"a`b", b"a\\b", b"[a"])
def test_an_address_that_is_no_iri_names_no_graph(held: Desk, name: bytes) -> None:
    head = b"%s /graph-store/%s HTTP/1.1\r\n%sAuthorization: Bearer %s\r\nContent-Length: 0\r\nContent-Type: text/turtle\r\n\r\n"
    for method in (b"GET", b"PUT", b"DELETE"):
        said = say(held.url, Raw(head % (method, name, HOST, held.key.encode())), timeout=1)
        assert (said.status, said.is_problem) == (400, True), said.raw


def test_a_form_that_is_none_is_refused(held: Desk) -> None:
    headers = {"Content-Type": FORM, "Authorization": f"Bearer {held.key}"}
    for body in (b"update=%zz", b"update=%ff", b"&" * 1_000_000, b"a=b&" * 300_000, b"update=a&update=b", b"query=%"):
        answer = httpx.post(f"{held.url}/sparql", content=body, headers=headers, timeout=30)
        assert answer.status_code in {400, 413}, answer.text[:300]


def test_a_body_that_is_announced_too_long_is_refused_before_it_is_sent(held: Desk) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(10_000):
            yield b"#" * 10_000

    for headers in ({"Content-Length": "3000000"}, {}):
        asked = {"Authorization": f"Bearer {held.key}", "Content-Type": TURTLE} | headers
        content = b"#" * 3_000_000 if headers else endless()
        answer = httpx.put(f"{held.url}/graph-store{GRAPH}", content=content, headers=asked, timeout=30)
        assert (answer.status_code, answer.headers["connection"]) == (413, "close")
