from __future__ import annotations

import csv
from io import StringIO
from typing import Any

import httpx
import pytest

from api.models import Entity, FacetsOut, MapOut, NeighbourhoodOut, SearchOut, Stats, Vocabulary

NETWORK = "stockholm-cleantech-business-network"


def test_every_answer_has_the_shape_that_the_documentation_says(server: str) -> None:
    with httpx.Client(base_url=f"{server}/api/v1") as client:
        Stats.model_validate_json(client.get("/stats").content)
        Vocabulary.model_validate_json(client.get("/vocabulary").content)
        SearchOut.model_validate_json(client.get("/search?q=malmo").content)
        FacetsOut.model_validate_json(client.get("/facets?tech=batteries").content)
        MapOut.model_validate_json(client.get("/map").content)
        Entity.model_validate_json(client.get("/entity/kth").content)
        NeighbourhoodOut.model_validate_json(client.get("/neighbourhood/kth").content)


def test_every_key_on_the_map_has_a_profile_that_is_whole(server: str) -> None:
    with httpx.Client(base_url=f"{server}/api/v1") as client:
        labels = client.get("/vocabulary").json()
        for key in client.get("/map").json()["nodes"]["key"][::7]:
            held = Entity.model_validate_json(client.get(f"/entity/{key}").content)
            used = {row for fact in held.facts for row in fact.evidence}
            used |= {row for relation in held.relations for row in relation.evidence}
            assert used <= held.evidence.keys()
            assert {relation.tie for relation in held.relations} <= labels["ties"].keys()
            assert {relation.role for relation in held.relations if relation.role} <= labels["roles"].keys()
            assert {relation.kind for relation in held.relations} | {held.kind} <= labels["kinds"].keys()
            assert all(one.source in held.sources for one in held.evidence.values())


def test_the_founders_of_the_network_stand_on_its_profile_with_their_source(server: str) -> None:
    held = Entity.model_validate_json(httpx.get(f"{server}/api/v1/entity/{NETWORK}").content)
    founders = {one.other.name.en: one.evidence for one in held.relations if one.role in {"initiator", "principal"}}
    assert {"KTH Royal Institute of Technology", "City of Stockholm", "Kista Science City AB"} <= founders.keys()
    assert all(held.evidence[row].document for rows in founders.values() for row in rows)


def test_the_six_questions_lead_somewhere(server: str) -> None:
    with httpx.Client(base_url=server) as client:
        questions = client.get("/api/v1/stats").json()["questions"]
        assert len(questions) == 6
        for question in questions:
            assert client.get(question["href"]).status_code == 200
            path, _, filters = question["href"].partition("?")
            if path == "/map":
                assert client.get(f"/api/v1/facets?{filters}").json()["total"]["nodes"] > 0


def test_the_edges_of_the_map_point_into_its_nodes(server: str) -> None:
    held = httpx.get(f"{server}/api/v1/map", params={"mode": "actors"}).json()
    count = len(held["nodes"]["key"])
    assert all(len(column) == count for name, column in held["nodes"].items() if name != "name")
    assert max(held["edges"]["a"] + held["edges"]["b"]) < count
    assert max(held["edges"]["tie"]) < len(held["ties"])


def test_map_and_facets_agree(server: str) -> None:
    filters = {"tech": "batteries", "from": "2015", "to": "2024"}
    held = httpx.get(f"{server}/api/v1/map", params=filters).json()
    total = httpx.get(f"{server}/api/v1/facets", params=filters).json()["total"]
    assert (len(held["nodes"]["key"]), len(held["edges"]["a"])) == (total["nodes"], total["edges"])


@pytest.mark.parametrize(
    ("query", "parameter", "near"),
    [
        ("tech=baterries", "tech", "batteries"),
        ("kind=Compny", "kind", "Company"),
        ("county=place/se-abc", "county", "place/se-ab"),
        ("role=cordinator", "role", "coordinator"),
        ("tie=fundin", "tie", "funding"),
    ],
)
def test_an_unknown_filter_value_is_named_with_what_comes_near(
    server: str, query: str, parameter: str, near: str
) -> None:
    answer = httpx.get(f"{server}/api/v1/map?{query}")
    problem: dict[str, Any] = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert problem["parameter"] == parameter
    assert problem["value"] == query.partition("=")[2]
    assert near in problem["near"]


@pytest.mark.parametrize("query", ["from=abc", "from=2020&to=2010", "from=0", "mode=none", "q=" + "a" * 201])
def test_other_wrong_filters_are_refused(server: str, query: str) -> None:
    answer = httpx.get(f"{server}/api/v1/facets?{query}")
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert answer.json()["parameter"] == query.partition("=")[0]


@pytest.mark.parametrize(
    ("address", "parameter", "near"),
    [
        ("map?text=zzz", "text", None),
        ("map?tech=batteries&rolle=partner", "rolle", ["role"]),
        ("map.csv?depth=1", "depth", None),
        ("facets?Q=x", "Q", None),
        ("search?q=kth&language=sv", "language", ["lang"]),
        ("stats?x=1", "x", []),
        ("vocabulary?lang=sv", "lang", []),
        ("entity/kth?depth=1", "depth", []),
        ("neighbourhood/kth?dept=1", "dept", ["depth"]),
    ],
)
def test_an_unknown_parameter_is_named_with_what_comes_near_or_is_known(
    server: str, address: str, parameter: str, near: list[str] | None
) -> None:
    answer = httpx.get(f"{server}/api/v1/{address}")
    problem: dict[str, Any] = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert (problem["parameter"], parameter in problem["detail"]) == (parameter, True)
    assert problem["near"] == near if near is not None else len(problem["near"]) > 2
    assert all(name in problem["detail"] for name in problem["near"])


def test_a_former_key_leads_on_to_the_thing_that_it_was_merged_into(server: str) -> None:
    for path, target in (
        ("/api/v1/entity/scbn-initiative", f"/api/v1/entity/{NETWORK}"),
        ("/api/v1/neighbourhood/scbn-initiative?depth=2", f"/api/v1/neighbourhood/{NETWORK}?depth=2"),
        ("/id/scbn-initiative", f"/id/{NETWORK}"),
        ("/id/scbn-initiative.ttl", f"/id/{NETWORK}.ttl"),
        ("/id/viable-cities-programme.jsonld", "/id/viable-cities.jsonld"),
        ("/org/scbn-initiative", f"/org/{NETWORK}"),
        ("/effort/scbn-initiative?lang=sv", f"/org/{NETWORK}?lang=sv"),
        ("/effort/viable-cities-programme", "/org/viable-cities"),
    ):
        answer = httpx.get(server + path)
        assert (answer.status_code, str(answer.url.join(answer.headers["location"]))) == (301, server + target)
        assert httpx.get(server + target, headers={"Accept": "text/turtle, */*;q=0.1"}).status_code == 200
    assert httpx.get(f"{server}/api/v1/entity/scbn-initiative?depth=2").status_code == 400


def test_an_unknown_path_is_404_whatever_its_parameters(server: str) -> None:
    assert httpx.get(f"{server}/api/v1/nope?text=zzz").status_code == 404


def test_a_filter_that_leaves_nothing_is_no_error(server: str) -> None:
    held = httpx.get(f"{server}/api/v1/map?q=qqqqzzzzxxxx").json()
    assert (held["nodes"]["key"], held["edges"]["a"]) == ([], [])
    facets = httpx.get(f"{server}/api/v1/facets?q=qqqqzzzzxxxx").json()
    assert facets["total"] == {"nodes": 0, "edges": 0, "undated": 0}


@pytest.mark.parametrize("key", ["nope", "a/b/c", "%00", "..%2f..%2fetc", "å" * 100])
def test_an_unknown_key_is_404(server: str, key: str) -> None:
    for path in ("entity", "neighbourhood"):
        answer = httpx.get(f"{server}/api/v1/{path}/{key}")
        assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


@pytest.mark.parametrize(("lang", "header"), [("en", "key,name,kind"), ("sv", "nyckel,namn,typ")])
def test_the_table_has_the_rows_of_the_map(server: str, lang: str, header: str) -> None:
    filters = {"county": "place/se-ab"}
    answer = httpx.get(f"{server}/api/v1/map.csv", params=filters | {"lang": lang})
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.text.startswith(header)
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8"), newline="")))
    keys = httpx.get(f"{server}/api/v1/map", params=filters).json()["nodes"]["key"]
    assert [row[0] for row in rows[1:]] == keys
    assert {len(row) for row in rows} == {11}
    assert not [cell for row in rows for cell in row if cell[:1] in "=+-@\t\r" and cell]


def test_an_etag_saves_the_body_and_differs_by_parameters(server: str) -> None:
    with httpx.Client(base_url=f"{server}/api/v1") as client:
        first = client.get("/map")
        tag = first.headers["etag"]
        again = client.get("/map", headers={"If-None-Match": f'"x", {tag}'})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        other = client.get("/map?tech=batteries", headers={"If-None-Match": tag})
        assert other.status_code == 200
        assert first.headers["content-encoding"] in {"gzip", "zstd"}
        plain = client.get("/map", headers={"Accept-Encoding": "gzip;q=0"})
        assert "content-encoding" not in plain.headers
        assert plain.content == first.content
