"""Requests that the manifests of the protocols spell out, and the answers that they ask for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final
from urllib.parse import quote, urljoin

import httpx

from tests.contract import tables
from tests.contract.facts import CNT, HT, MF, Facts, Term, text_of
from tests.contract.graphs import isomorphic, read
from tests.contract.service import Service
from tests.contract.suite import Case

_STATUS: Final = "http://www.w3.org/2011/http-statusCodes#"
_CODES: Final = {status.phrase.title().replace(" ", "").lower(): status.value for status in HTTPStatus}
_BOOLEAN: Final = ("application/sparql-results+json", "application/sparql-results+xml", "application/json")
_FORMATS: Final = {
    "boolean": _BOOLEAN,
    "tabular": (*_BOOLEAN, "text/csv", "text/tab-separated-values"),
    "RDF": ("text/turtle", "application/n-triples", "application/rdf+xml"),
}
_LOCATION: Final = "$LOCATION$"


@dataclass(frozen=True, slots=True)
class Request:
    """One request and, in `response`, the node that says what must come back."""

    facts: Facts
    node: Term

    @property
    def method(self) -> str:
        """The verb."""
        return self.facts.text(self.node, HT + "methodName") or "GET"

    @property
    def path(self) -> str:
        """Path and query, beginning with `/sparql/` or `/gsp`."""
        return self.facts.text(self.node, HT + "absolutePath") or ""

    @property
    def headers(self) -> dict[str, str]:
        """The headers of the request."""
        return _headers(self.facts, self.node)

    @property
    def body(self) -> bytes | None:
        """The body in its encoding."""
        node = self.facts.one(self.node, HT + "body")
        encoding = self.facts.text(node, CNT + "characterEncoding") or "utf-8"
        return None if node is None else (self.facts.text(node, CNT + "chars") or "").encode(encoding)

    @property
    def response(self) -> Term | None:
        """The node of the answer."""
        return self.facts.one(self.node, HT + "resp")


def talk_sparql(case: Case, service: Service) -> None:
    """The answers to the requests are of the status, the truth and the sort of format that the protocol asks for."""
    service.hold(case.dataset(case.node))
    updates = case.id.startswith(("protocol/update", "protocol/bad_update", "protocol/bad_multiple_updates"))
    for request in _requests(case):
        asks = request.headers.get("content-type") == "application/sparql-query"
        address = service.update if updates and not asks else service.query
        service.held = None
        _check(request, _sent(service, request, address + request.path.removeprefix("/sparql/")))


def talk_graph_store(case: Case, service: Service) -> None:
    """The same of the graph store; graphs that come back are the expected ones."""
    service.change("DROP ALL").raise_for_status()
    location = ""
    for request in _requests(case):
        path = request.path.removeprefix("/gsp").replace(_LOCATION, quote(location, safe=""))
        answer = _sent(service, request, service.store + path)
        _check(request, answer)
        if request.facts.one(request.response, MF + "expectedLocation") is not None:
            location = urljoin(service.store, answer.headers["location"])


def _requests(case: Case) -> Iterator[Request]:
    for node in case.facts.items(case.facts.one(case.action, HT + "requests")):
        yield Request(case.facts, node)


def _sent(service: Service, request: Request, address: str) -> httpx.Response:
    return service.client.request(request.method, address, content=request.body, headers=request.headers)


def _check(request: Request, answer: httpx.Response) -> None:
    facts, said = request.facts, f"{request.method} {answer.request.url}: {answer.status_code} {answer.text}"
    expected = [text_of(status).removeprefix(_STATUS) for status in facts.all(request.response, MF + "expectedStatus")]
    assert any(_is_status(answer.status_code, name) for name in expected), f"{said} is not {expected}"
    media = answer.headers.get("content-type", "").partition(";")[0]
    form = facts.text(request.response, MF + "expectedFormat")
    if form is not None:
        assert media in _FORMATS[form], f"{media} is not {form}"
    truth = facts.text(request.response, MF + "expectedBoolean")
    if truth is not None:
        reader = tables.from_xml if media.endswith("xml") else tables.from_json
        assert reader(answer.content) is (truth == "true"), said
    wanted = _headers(facts, request.response).get("content-type", "").partition(";")[0]
    if wanted:
        assert media == wanted, said
    body = facts.text(facts.one(request.response, HT + "body"), CNT + "chars")
    if body is not None:
        base = str(answer.request.url)
        assert isomorphic(read(body.encode(), wanted, base), read(answer.content, media, base)), said


def _is_status(code: int, name: str) -> bool:
    if name.endswith("xx"):
        return code // 100 == int(name[-3])
    return code == _CODES[name.lower()]


def _headers(facts: Facts, node: Term | None) -> dict[str, str]:
    listed = [each for head in facts.all(node, HT + "headers") for each in facts.items(head)]
    return {
        (facts.text(each, HT + "fieldName") or "").lower(): facts.text(each, HT + "fieldValue") or "" for each in listed
    }
