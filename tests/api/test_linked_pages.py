"""The RDF of a thing with very many relations: part after part, nothing lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from pyoxigraph import RdfFormat, Triple, parse

from tests.api.writing import Desk, bare, desk

HYDRA = "http://www.w3.org/ns/hydra/core#"
CE = "https://w3id.org/cleantech-kg/ns#"
IRI = "https://w3id.org/cleantech-kg/id/hub"
RELATIONS = 1_203


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A server of an empty map with one thing in it that has many relations."""
    folder: Path = tmp_path_factory.mktemp("hub")
    key = bare(folder)
    said = "".join(
        f"<{IRI}-rel/{number}> ce:about <{IRI}> ; ce:note 'number {number}' ." for number in range(RELATIONS)
    )
    with desk(folder, key) as held:
        update = f"PREFIX ce: <{CE}> INSERT DATA {{ <{IRI}> ce:name 'Hub' . {said} }}"
        assert held.update(update).status_code == 204
        yield held


def _read(answer: httpx.Response) -> set[Triple]:
    assert answer.status_code == 200, answer.text
    return {quad.triple for quad in parse(answer.content, format=RdfFormat.N_TRIPLES)}


def _link(answer: httpx.Response, rel: str) -> str | None:
    found = re.search(rf'<([^>]+)>; rel="{rel}"', answer.headers["link"])
    return found[1] if found else None


def test_the_parts_lead_on_and_together_are_the_whole(hub: Desk) -> None:
    with httpx.Client(base_url=hub.url, timeout=60) as client:
        began = client.get("/id/hub.nt", headers={"Accept": "text/turtle"})
        assert (began.status_code, began.headers["location"]) == (303, "../id/hub.nt?page=1")
        assert client.get("/id/hub", headers={"Accept": "text/turtle"}).headers["location"] == "../id/hub?page=1"
        address: str | None = str(began.url.join(began.headers["location"]))
        got: set[Triple] = set()
        sizes: list[int] = []
        while address:
            answer = client.get(address)
            part = _read(answer)
            views = {triple.predicate.value: triple.object for triple in part if f"{IRI}?page=" in str(triple.subject)}
            assert (f"{HYDRA}next" in views) == (_link(answer, "next") is not None)
            assert answer.headers["content-location"].endswith(f"hub.nt?page={len(sizes) + 1}")
            sizes.append(sum(triple.predicate.value == f"{CE}about" for triple in part))
            got |= {triple for triple in part if f"{IRI}?page=" not in str(triple.subject)}
            onward = _link(answer, "next")
            address = str(answer.url.join(onward)) if onward else None
        assert sizes == [500, 500, RELATIONS - 1_000]
        assert len(got) == 1 + 2 * RELATIONS
        assert client.get("/id/hub.nt?page=4").status_code == 404
        assert client.get("/id/hub.nt?page=999999999").status_code == 404
        assert client.get("/id/hub.nt?page=0").status_code == 400
        assert client.get("/id/hub.nt?page=two").json()["parameter"] == "page"


def test_what_is_short_is_one_part_and_has_no_next(server: str) -> None:
    whole = httpx.get(f"{server}/id/northvolt.nt", timeout=60)
    first = httpx.get(f"{server}/id/northvolt.nt?page=1", timeout=60)
    assert _read(whole) == _read(first)
    held = {"If-None-Match": first.headers["etag"]}
    assert httpx.get(f"{server}/id/northvolt.nt?page=1", headers=held, timeout=60).status_code == 304
    assert httpx.get(f"{server}/id/northvolt.nt", headers=held, timeout=60).status_code == 200
    assert (_link(first, "next"), _link(first, "canonical")) == (None, "../id/northvolt.nt")
    assert httpx.get(f"{server}/id/nope.nt?page=1", timeout=60).status_code == 404
