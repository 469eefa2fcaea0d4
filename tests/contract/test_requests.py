"""What the protocols ask for beyond the suite: a table of requests to a bare store and the answers they must get."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias
from urllib.parse import urlencode

import httpx
import pytest

from tests.contract.service import NTRIPLES, Service
from tests.contract.suite import Dataset

ONE, TWO, NEW = (f"http://example.org/{name}" for name in ("one", "two", "new"))
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
FORM: Final = "application/x-www-form-urlencoded"
TURTLE: Final = "text/turtle"
ANY: Final = "ASK { ?s ?p ?o }"
NAMED: Final = "ASK { GRAPH ?g { ?s ?p ?o } }"
COPY: Final = f"INSERT {{ GRAPH <{NEW}> {{ ?s ?p ?o }} }} WHERE {{ ?s ?p ?o }}"
COPY_NAMED: Final = f"INSERT {{ GRAPH <{NEW}> {{ ?s ?p ?o }} }} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}"
TRICKY: Final = f"""# WHERE ' {{
INSERT {{ GRAPH <{NEW}> {{ ?s <x:said> "WHERE {{" }} }} WHERE {{ ?s ?p ?o }}"""
Parameters: TypeAlias = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: `form` is sent as a form, `body` as it is, under the content type in `media`."""

    method: str
    where: Parameters = field(default_factory=list)
    media: str | None = None
    body: bytes | str | None = None
    form: Parameters | None = None
    accept: str = "*/*"

    def send(self, client: httpx.Client, address: str) -> httpx.Response:
        body = urlencode(self.form) if self.form is not None else self.body
        media = FORM if self.form is not None else self.media
        headers = {"Accept": self.accept} | ({"Content-Type": media} if media else {})
        content = body.encode() if isinstance(body, str) else body
        return client.request(self.method, address, params=urlencode(self.where), content=content, headers=headers)


@pytest.fixture
def filled(service: Service) -> Iterator[Service]:
    """One triple in the default graph and one in each of the graphs `one` and `two`."""
    triples = ("<x:s> <x:p> 0", *(f"GRAPH <{name}> {{ <{name}> <x:p> 1 }}" for name in (ONE, TWO)))
    service.change(f"DROP ALL ; INSERT DATA {{ {' . '.join(triples)} }}").raise_for_status()
    yield service
    service.hold(Dataset())


@pytest.mark.parametrize(
    ("asked", "truth"),
    [
        (Asked("GET", [("query", ANY)]), True),
        (Asked("GET", [("query", ANY), ("default-graph-uri", ONE)]), True),
        (Asked("GET", [("query", ANY), ("default-graph-uri", NEW)]), False),
        (Asked("GET", [("query", NAMED), ("default-graph-uri", ONE)]), False),
        (Asked("GET", [("query", ANY), ("named-graph-uri", ONE)]), False),
        (Asked("GET", [("query", NAMED), ("named-graph-uri", ONE)]), True),
        (Asked("GET", [("query", f"ASK {{ GRAPH <{TWO}> {{ ?s ?p ?o }} }}"), ("named-graph-uri", ONE)]), False),
        (Asked("GET", [("query", f"ASK FROM <{ONE}> {{ ?s ?p ?o }}"), ("default-graph-uri", NEW)]), False),
        (Asked("GET", [("query", f"ASK FROM <{NEW}> {{ ?s ?p ?o }}"), ("default-graph-uri", ONE)]), True),
        (Asked("GET", [("query", f"ASK FROM NAMED <{TWO}> {{ GRAPH ?g {{ ?s ?p ?o }} }}"), ("default-graph-uri", ONE)]), False),
        (Asked("GET", [("query", f"ASK {{ <{ONE}> ?p ?o . <{TWO}> ?p ?o }}"), ("default-graph-uri", ONE), ("default-graph-uri", TWO)]), True),
        (Asked("POST", form=[("query", NAMED), ("default-graph-uri", ONE)]), False),
        (Asked("POST", form=[("query", NAMED), ("named-graph-uri", ONE)]), True),
        (Asked("POST", [("named-graph-uri", ONE)], QUERY, NAMED), True),
        (Asked("POST", [("default-graph-uri", ONE)], QUERY, NAMED), False),
        (Asked("POST", [], f"{QUERY}; charset=utf-8", ANY), True),
        (Asked("POST", [], f'{QUERY};CHARSET="UTF-8"', ANY), True),
        (Asked("POST", [], QUERY.upper(), ANY), True),
        (Asked("GET", [("query", 'ASK { FILTER (REGEX(STR(<x>), "^https?://.*/x$")) }')]), True),
    ],
)  # fmt: skip
def test_the_dataset_and_the_base_are_those_of_the_request(filled: Service, asked: Asked, truth: bool) -> None:
    answer = asked.send(filled.client, filled.query)
    assert answer.status_code == 200, answer.text
    assert answer.json()["boolean"] is truth


@pytest.mark.parametrize(
    ("asked", "statuses"),
    [
        (Asked("GET", [("query", ANY), ("query", ANY)]), {400}),
        (Asked("POST", form=[("query", ANY), ("query", ANY)]), {400}),
        (Asked("POST", form=[("query", ANY), ("update", "CLEAR ALL")]), {400}),
        (Asked("POST", form=[("update", "CLEAR ALL"), ("update", "CLEAR ALL")]), {400}),
        (Asked("GET", [("update", "CLEAR ALL")]), {400, 405}),
        (Asked("POST", [("update", "CLEAR ALL")], UPDATE, "CLEAR ALL"), {400}),
        (Asked("POST", form=[]), {400}),
        (Asked("POST", [], QUERY, ""), {400}),
        (Asked("POST", [], QUERY, "CLEAR ALL"), {400}),
        (Asked("POST", [], UPDATE, ANY), {400}),
        (Asked("POST", [], QUERY, b"ASK { ?s ?p '\xff' }"), {400}),
        (Asked("POST", [], UPDATE, b"INSERT DATA { <x:s> <x:p> '\xff' }"), {400}),
        (Asked("POST", [], f"{QUERY}; charset=iso-8859-1", ANY), {400, 415}),
        (Asked("POST", [], f"{UPDATE}; charset=koi8-r", "CLEAR ALL"), {400, 415}),
        (Asked("POST", [], f"{UPDATE}; charset=no-such", "CLEAR ALL"), {400, 415}),
        (Asked("POST", [], "application/json", ANY), {415}),
        (Asked("POST", [], "multipart/form-data; boundary=x", "--x--"), {415}),
        (Asked("POST", [], None, "CLEAR ALL"), {400, 415}),
        (Asked("GET", [("query", ANY), ("default-graph-uri", "no iri")]), {400}),
        (Asked("POST", [("using-graph-uri", "no iri")], UPDATE, COPY), {400}),
        (Asked("POST", [("using-graph-uri", ONE)], UPDATE, COPY.replace("WHERE", f"USING <{TWO}> WHERE")), {400}),
        (Asked("POST", [("using-graph-uri", ONE)], UPDATE, f"WITH <{TWO}> {COPY}"), {400}),
        (Asked("POST", form=[("update", f"WITH <{TWO}> {COPY}"), ("using-named-graph-uri", ONE)]), {400}),
        (Asked("GET", [("query", ANY)], accept="image/png"), {406}),
        (Asked("GET", [("query", "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")]), {403}),
        (Asked("POST", [], UPDATE, "LOAD <http://127.0.0.1:1/>"), {403}),
        (Asked("POST", [], UPDATE, "LOAD <file:///etc/passwd>"), {403}),
        (Asked("POST", [], UPDATE, "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"), {403}),
        (Asked("POST", [], UPDATE, "INSERT DATA { <x:a> <x:b> 1 } ; LOAD <http://127.0.0.1:1/>"), {403}),
        (Asked("PUT", [("query", ANY)]), {405}),
        (Asked("DELETE"), {405}),
        (Asked("PATCH"), {405}),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_and_changes_nothing(filled: Service, asked: Asked, statuses: set[int]) -> None:
    before = [filled.graph(name) for name in (None, ONE, TWO)]
    answer = asked.send(filled.client, filled.query)
    assert answer.status_code in statuses, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert ("allow" in answer.headers) == (answer.status_code == 405)
    assert [filled.graph(name) for name in (None, ONE, TWO)] == before


@pytest.mark.parametrize(
    ("asked", "copied"),
    [
        (Asked("POST", [("using-graph-uri", ONE)], UPDATE, COPY), {ONE}),
        (Asked("POST", [("using-graph-uri", ONE), ("using-graph-uri", TWO)], UPDATE, COPY), {ONE, TWO}),
        (Asked("POST", form=[("update", COPY), ("using-graph-uri", TWO)]), {TWO}),
        (Asked("POST", [("using-graph-uri", ONE)], UPDATE, COPY_NAMED), set()),
        (Asked("POST", [("using-named-graph-uri", ONE)], UPDATE, COPY_NAMED), {ONE}),
        (Asked("POST", [("using-named-graph-uri", ONE)], UPDATE, COPY), set()),
        (Asked("POST", [], UPDATE, COPY_NAMED), {ONE, TWO}),
        (Asked("POST", [("using-graph-uri", ONE)], UPDATE, TRICKY), {ONE}),
    ],
)  # fmt: skip
def test_the_request_says_what_an_update_reads(filled: Service, asked: Asked, copied: set[str]) -> None:
    answer = asked.send(filled.client, filled.update)
    assert answer.is_success, answer.text
    subjects = {line.split()[0] for line in filled.graph(NEW).decode().splitlines()}
    assert subjects == {f"<{name}>" for name in copied}


@pytest.mark.parametrize(
    ("asked", "statuses"),
    [
        (Asked("GET", [("graph", ONE)], accept="image/png"), {406}),
        (Asked("GET", [("graph", NEW)]), {404}),
        (Asked("DELETE", [("graph", NEW)]), {404}),
        (Asked("GET", [("graph", ONE), ("default", "")]), {400}),
        (Asked("GET", [("graph", ONE), ("graph", TWO)]), {400}),
        (Asked("PUT", [("graph", "relative")], TURTLE, "<x:s> <x:p> 1 ."), {400}),
        (Asked("PUT", [], TURTLE, "<x:s> <x:p> 1 ."), {400}),
        (Asked("PUT", [("graph", ONE)], TURTLE, "<x:s> <x:p> 1 . <x:s> <x:p> ."), {400}),
        (Asked("POST", [("default", "")], TURTLE, "<x:s> <x:p> 1 . <x:s> <x:p> ."), {400}),
        (Asked("PUT", [("graph", ONE)], NTRIPLES, b"<x:s> <x:p> '\xff' ."), {400}),
        (Asked("PUT", [("graph", ONE)], "text/html", "<p>"), {415}),
        (Asked("PUT", [("graph", ONE)], f"{TURTLE}; charset=koi8-r", "<x:s> <x:p> 1 ."), {400, 415}),
        (Asked("PUT", [("graph", ONE)], "application/rdf+xml", '<!DOCTYPE r [<!ENTITY a "b">]><r/>'), {400}),
        (Asked("PUT", [("graph", ONE)], "application/ld+json", '{"@context": "http://127.0.0.1:1/", "@id": "x:s"}'), {400}),
        (Asked("PATCH", [("graph", ONE)], UPDATE, "CLEAR ALL"), {405}),
    ],
)  # fmt: skip
def test_a_graph_is_not_touched_by_what_is_wrong(filled: Service, asked: Asked, statuses: set[int]) -> None:
    before = [filled.graph(name) for name in (None, ONE, TWO)]
    answer = asked.send(filled.client, filled.store)
    assert answer.status_code in statuses, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert [filled.graph(name) for name in (None, ONE, TWO)] == before


@pytest.mark.parametrize("media", [TURTLE, NTRIPLES, "application/rdf+xml", "application/ld+json"])
def test_a_graph_goes_out_and_in_again_in_every_format(filled: Service, media: str) -> None:
    got = Asked("GET", [("graph", ONE)], accept=media).send(filled.client, filled.store)
    assert got.headers["content-type"].partition(";")[0] == media
    statuses = [
        Asked("PUT", [("graph", NEW)], media, got.content).send(filled.client, filled.store).status_code for _ in "ab"
    ]
    assert statuses[0] == 201
    assert statuses[1] in {200, 204}
    assert filled.graph(NEW) == filled.graph(ONE)
    head = Asked("HEAD", [("graph", NEW)], accept=media).send(filled.client, filled.store)
    assert (head.status_code, head.headers["content-type"]) == (200, got.headers["content-type"])


@pytest.mark.parametrize("authorization", [None, "Bearer nonsense", "Basic dGVzdDp0ZXN0", "Bearer", "Bearer é"])
def test_without_a_key_nothing_is_written(filled: Service, authorization: str | None) -> None:
    headers: dict[bytes, bytes] = {} if authorization is None else {b"Authorization": authorization.encode()}
    before = filled.graph(ONE)
    with httpx.Client(timeout=30, headers=headers) as stranger:
        for asked, address in (
            (Asked("POST", [], UPDATE, "CLEAR ALL"), filled.update),
            (Asked("POST", form=[("update", "CLEAR ALL")]), filled.update),
            (Asked("DELETE", [("graph", ONE)]), filled.store),
            (Asked("PUT", [("graph", ONE)], TURTLE, ""), filled.store),
            (Asked("POST", [("graph", ONE)], TURTLE, "<x:s> <x:p> 2 ."), filled.store),
        ):
            assert asked.send(stranger, address).status_code in {401, 403}
    assert filled.graph(ONE) == before
