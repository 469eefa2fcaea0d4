from __future__ import annotations

import httpx
import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

IRI = NamedNode("https://w3id.org/cleantech-kg/id/kth")
CE = "https://w3id.org/cleantech-kg/ns#"


@pytest.mark.parametrize(
    ("suffix", "media"),
    [
        ("ttl", "text/turtle"),
        ("nt", "application/n-triples"),
        ("jsonld", "application/ld+json"),
        ("rdf", "application/rdf+xml"),
    ],
)
def test_suffix_and_accept_give_the_same_thing(server: str, suffix: str, media: str) -> None:
    form = RdfFormat.from_media_type(media)
    assert form is not None
    by_suffix = httpx.get(f"{server}/id/kth.{suffix}", headers={"Accept": "text/html"})
    by_accept = httpx.get(f"{server}/id/kth", headers={"Accept": media})
    assert by_suffix.content == by_accept.content
    assert by_accept.headers["content-location"] == f"../id/kth.{suffix}"
    triples = list(parse(by_suffix.content, format=form))
    assert IRI in {triple.subject for triple in triples}
    assert {f"{CE}participant", f"{CE}evidence", f"{CE}document"} <= {triple.predicate.value for triple in triples}


def test_people_are_sent_to_the_page(server: str) -> None:
    answer = httpx.get(f"{server}/id/kth", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.headers["location"]) == (303, "../org/kth")
    assert '<../id/kth.ttl>; rel="alternate"; type="text/turtle"' in answer.headers["link"]
    place = httpx.get(f"{server}/id/place/se-ab", headers={"Accept": "text/html"})
    assert place.headers["location"] == "../../place/se-ab"


def test_relations_and_evidence_have_addresses_too(server: str) -> None:
    relation = httpx.get(f"{server}/api/v1/entity/kth").json()["relations"][0]["key"]
    triples = list(parse(httpx.get(f"{server}/id/{relation}.nt").content, format=RdfFormat.N_TRIPLES))
    evidence = next(triple.object for triple in triples if triple.predicate.value == f"{CE}evidence")
    assert isinstance(evidence, NamedNode)
    path = evidence.value.partition("/id/")[2]
    assert httpx.get(f"{server}/id/{path}.ttl").status_code == 200


@pytest.mark.parametrize("key", ["nope", "nope.ttl", "kth.exe", "a%3E%20b", "%ff", "kth/../x"])
def test_what_is_not_there_is_404(server: str, key: str) -> None:
    answer = httpx.get(f"{server}/id/{key}", headers={"Accept": "text/turtle"})
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_no_format_in_common_is_406_and_an_etag_saves_the_body(server: str) -> None:
    assert httpx.get(f"{server}/id/kth", headers={"Accept": "image/png"}).status_code == 406
    first = httpx.get(f"{server}/id/kth.ttl")
    again = httpx.get(f"{server}/id/kth.ttl", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
