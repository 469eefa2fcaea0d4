"""Documents that are made to do harm: a clear answer, nothing written, and others write meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import httpx
import pytest

from tests.api.writing import UPDATE, Desk, bare, desk

pytestmark = pytest.mark.usefixtures("stream")
DEEP = 10_000
TYPES = {
    "turtle": "text/turtle",
    "trig": "application/trig",
    "nt": "application/n-triples",
    "nq": "application/n-quads",
    "json": "application/ld+json",
    "xml": "application/rdf+xml",
}
HEAD = b'<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%b">' % (98 + level, b"&%c;" % (97 + level) * 10) for level in range(12))
    + b"]>"
    + HEAD
    + b'<r:Description r:about="http://e/s"><e:p>&m;</e:p></r:Description></r:RDF>'
)


def _deep(opening: bytes, closing: bytes, middle: bytes = b"1", depth: int = DEEP) -> bytes:
    return b"<http://e/s> <http://e/p> " + opening * depth + middle + closing * depth + b" ."


def _json(opening: bytes, closing: bytes, depth: int = DEEP) -> bytes:
    return opening * depth + b"1" + closing * depth


def _xml(depth: int) -> bytes:
    return HEAD + b"<r:Description><e:p>" * depth + b"x" + b"</e:p></r:Description>" * depth + b"</r:RDF>"


TERM, TERM_END = b"<<( <http://e/s> <http://e/p> ", b" )>>"
BAD: list[tuple[str, bytes, int, str]] = [
    *((form, _deep(b"[ <http://e/p> ", b" ]"), 413, "nests deeper") for form in ("turtle", "trig")),
    *((form, _deep(b"( ", b" )"), 413, "nests deeper") for form in ("turtle", "trig")),
    *((form, _deep(b"<< <http://e/s> <http://e/p> ", b" >>"), 413, "nests deeper") for form in ("turtle", "trig")),
    *((form, _deep(TERM, TERM_END, b'"1"'), 413, "nests deeper") for form in ("turtle", "trig", "nt", "nq")),
    ("turtle", b"@prefix e: <http://e/> . e:\\# e:p " + b"(" * DEEP, 413, "nests deeper"),
    ("turtle", b"# ((((\n<http://e/s> <http://e/p> '''((\\'''(''', \"(\\\"\", " + b"(" * DEEP, 413, "nests deeper"),
    ("json", _json(b'{"@id":"http://e/s","http://e/p":', b"}"), 413, "nests deeper"),
    ("json", _json(b"[", b"]"), 413, "nests deeper"),
    ("json", b'{"@context":' + _json(b"[", b"]") + b"}", 413, "nests deeper"),
    ("json", b'{"@context": "http://127.0.0.1:1/c", "http://e/p": 1}', 400, "Remote contexts are not read"),
    ("json", b'{"@context": [{}, "http://127.0.0.1:1/c"], "http://e/p": 1}', 400, "Remote contexts are not read"),
    ("json", b'{"@context": {"@import": "http://127.0.0.1:1/c"}, "http://e/p": 1}', 400, "Remote contexts"),
    (
        "json",
        b'{"@id": "http://e/g", "@graph": [{"@id": "http://e/s", "http://e/p": 1}]}',
        400,
        "the graph <http://e/g>",
    ),
    ("xml", _xml(DEEP), 413, "nests deeper"),
    ("xml", BOMB, 400, "without a DOCTYPE"),
    ("xml", BOMB.replace(b"DOCTYPE", b"doctype"), 400, "not well-formed XML"),
    ("xml", b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>', 400, "without a DOCTYPE"),
    *((form, "<http://e/s> <http://e/p> 1 .".encode("utf-16"), 400, "not UTF-8") for form in TYPES),
    *((form, "<a".encode("utf-16-be"), 400, "not UTF-8") for form in TYPES),
    ("nq", b"<http://e/s> <http://e/p> 'x' .", 400, ""),
    (
        "nq",
        b'\n<http://e/s> <http://e/p> "1" .\n<http://e/s> <http://e/p> "2" <http://e/g> .',
        400,
        "the graph <http://e/g>",
    ),
    ("nq", b'<http://e/s> <http://e/p> "1" _:g .', 400, "a blank node"),
    ("trig", b"<http://e/g> { <http://e/s> <http://e/p> 1 }", 400, "the graph <http://e/g>"),
    (
        "trig",
        b"{ <http://e/s> <http://e/p> 1 } GRAPH <http://e/g> { <http://e/s> <http://e/p> 1 }",
        400,
        "<http://e/g>",
    ),
]
GOOD = [
    ("nq", b'<http://e/s> <http://e/p> "1" .\n# x\n'),
    ("trig", b"@prefix e: <http://e/> . { e:s e:p 1 }"),
    ("turtle", b"\xef\xbb\xbf<http://e/s> <http://e/p> 1 ."),
    ("turtle", _deep(b"( ", b" )", depth=99)),
    ("turtle", _deep(TERM, TERM_END, depth=99)),
    ("turtle", b"<http://e/s> <http://e/p> " + b"[], " * DEEP + b"'(((' . # (((" + b"(" * 200),
    ("json", b'{"@id":"http://e/s","http://e/p":' + b'[{"@id":"_:a"},' * 1 + b'"' + b"{[" * 200 + b'"]}'),
    ("xml", _xml(48)),
    ("xml", HEAD + b"<r:Description><e:p/><e:p>&lt;</e:p></r:Description>" * 200 + b"</r:RDF>"),
]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("documents")
    with desk(folder, bare(folder)) as held:
        yield held


@pytest.fixture(scope="module")
def stream(shelf: Desk) -> Iterator[list[float]]:
    """Somebody else who writes all the time: how long each took."""
    took: list[float] = []
    stop = threading.Event()

    def send() -> None:
        number = 0
        with httpx.Client(headers={"Content-Type": UPDATE, "Authorization": f"Bearer {shelf.key}"}) as client:
            while not stop.is_set():
                number += 1
                started = time.monotonic()
                text = f"INSERT DATA {{ GRAPH <http://e/other> {{ <http://e/s> <http://e/n> {number} }} }}"
                answer = client.post(f"{shelf.url}/sparql", content=text, timeout=60)
                assert answer.status_code == 204, answer.text
                took.append(time.monotonic() - started)
                stop.wait(0.05)

    thread = threading.Thread(target=send)
    thread.start()
    yield took
    stop.set()
    thread.join()
    assert len(took) > len(BAD)
    assert shelf.rows("SELECT (COUNT(*) AS ?n) { GRAPH <http://e/other> { ?s ?p ?o } }") == [[str(len(took))]]


@pytest.mark.parametrize("number", range(len(BAD)))
def test_a_harmful_document_is_refused_and_nothing_is_written(shelf: Desk, number: int) -> None:
    form, body, status, said = BAD[number]
    for method in ("PUT", "POST"):
        writers = [writer.pid for writer in shelf.writers()]
        answer = shelf.store(method, "?graph=http://e/bad", body, Content_Type=TYPES[form])
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
        assert said in answer.json()["detail"]
        assert "Callback" not in answer.text
        assert not writers or [writer.pid for writer in shelf.writers()] == writers  # it did not even end the writer
    assert shelf.store("GET", "?graph=http://e/bad").status_code == 404


def test_the_line_of_a_graph_in_n_quads_is_told(shelf: Desk) -> None:
    body = b'\n<http://e/s> <http://e/p> "1" .\n<http://e/s> <http://e/p> "2" <http://e/g> .'
    problem = shelf.store("PUT", "?graph=http://e/bad", body, Content_Type=TYPES["nq"]).json()
    assert problem["line"] == 3
    problem = shelf.store("PUT", "?graph=http://e/bad", b"\n <a:a> <a:b> ((((" + b"(" * 200).json()
    assert (problem["line"], problem["column"]) == (2, 114)


@pytest.mark.parametrize("number", range(len(GOOD)))
def test_a_document_that_only_looks_harmful_is_taken(shelf: Desk, number: int) -> None:
    form, body = GOOD[number]
    graph = f"?graph=http://e/good/{number}"
    answer = shelf.store("PUT", graph, body, Content_Type=TYPES[form])
    assert answer.status_code == 201, answer.text
    assert shelf.store("GET", graph, Accept="application/n-triples").content.strip()


def test_deep_triples_in_an_update_are_refused(shelf: Desk) -> None:
    for opening, closing in (("<< <a:a> <a:b> ", " >>"), ("<<( <a:a> <a:b> ", " )>>")):
        for pattern in (
            "INSERT DATA {{ {} }}",
            "DELETE DATA {{ {} }}",
            "INSERT {{ {} }} WHERE {{}}",
            "DELETE WHERE {{ {} }}",
        ):
            answer = shelf.update(pattern.format("<a:s> <a:p> " + opening * DEEP + "1" + closing * DEEP))
            assert answer.status_code == 413, answer.text
