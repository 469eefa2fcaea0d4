"""The parts of a profile: pages, tables, and queries that give the same rows at /sparql."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

import httpx
import pytest

from api.models_profile import (
    MoneyPartOut,
    PartnersOut,
    RelationsOut,
    SimilarPartOut,
    TechnologiesOut,
    TimelineOut,
)

SHAPES: dict[str, Any] = {
    "relations": RelationsOut,
    "partners": PartnersOut,
    "technologies": TechnologiesOut,
    "timeline": TimelineOut,
    "similar": SimilarPartOut,
}
KEYS = (
    "kth",
    "northvolt",
    "energimyndigheten",
    "kista-science-city-ab",
    "stockholm-cleantech-business-network",
    "hybrit-demo-gallivare",
    "tech/batteries",
    "tech/energy-storage",
    "place/se-ab",
    "tech/hydrogen",
    "place/vasteras",
)


@pytest.fixture(scope="module")
def client(server: str) -> Any:  # noqa: ANN401
    with httpx.Client(base_url=server, timeout=60) as held:
        yield held


def _part(client: httpx.Client, key: str, part: str, **asked: str | int) -> dict[str, Any]:
    answer = client.get(f"/api/v1/entity/{key}/{part}", params=asked)
    assert answer.status_code == 200, answer.text
    held: dict[str, Any] = answer.json()
    return held


def _rows(client: httpx.Client, query: str) -> list[dict[str, str]]:
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": "application/sparql-results+json"})
    assert answer.status_code == 200, answer.text
    found = answer.json()["results"]["bindings"]
    return [{name: value["value"] for name, value in row.items()} for row in found]


@pytest.mark.parametrize("key", KEYS)
def test_the_query_behind_each_list_gives_as_many_rows(client: httpx.Client, key: str) -> None:
    for part in ("partners", "technologies", "timeline", "similar"):
        held = _part(client, key, part)
        if held["total"] or part != "similar":
            assert len(_rows(client, held["sparql"])) == held["total"], (part, held["sparql"])


@pytest.mark.parametrize("key", KEYS)
def test_the_query_behind_the_money_gives_the_same_sums(client: httpx.Client, key: str) -> None:
    held = _part(client, key, "money")
    for way, query in held["sparql"].items():
        found = {
            int(row["year"]) if "year" in row else None: (int(row["payments"]), float(row.get("sum", 0)))
            for row in _rows(client, query)
        }
        shown = {
            one["year"]: (one[f"{way}_rows"], one[f"{way}_eur"] or 0.0) for one in held["years"] if one[f"{way}_rows"]
        }
        assert found.keys() == shown.keys(), (way, query)
        for year, (payments, euro) in shown.items():
            assert found[year][0] == payments, (way, year, query)
            assert found[year][1] == pytest.approx(euro), (way, year, query)


@pytest.mark.parametrize("key", KEYS)
def test_the_queries_behind_facts_and_relations_give_them(client: httpx.Client, key: str) -> None:
    held = client.get(f"/api/v1/entity/{key}").json()
    if "facts" in held["sparql"]:
        assert len(_rows(client, held["sparql"]["facts"])) == len(held["facts"])
    links: list[dict[str, Any]] = []
    while True:
        page = _part(client, key, "relations", offset=len(links), limit=200)
        links += page["rows"]
        if len(links) >= page["total"]:
            break
    if held["group"] in ("organisation", "effort"):
        told = {row["relation"] for row in _rows(client, held["sparql"]["relations"]) if "relation" in row}
        keys = {link["key"] for link in links if not link["key"].startswith("part/") and link["tie"] != "technology"}
        assert {key.rpartition("/")[2] for key in keys} <= {iri.rpartition("/")[2] for iri in told}


def test_every_part_has_its_shape_its_pages_and_its_table(client: httpx.Client) -> None:
    for key in ("kth", "hybrit-demo-gallivare", "tech/batteries", "place/se-ab"):
        for part, shape in SHAPES.items():
            first = shape.model_validate(_part(client, key, part, limit=3))
            second = shape.model_validate(_part(client, key, part, limit=3, offset=3))
            whole = shape.model_validate(_part(client, key, part, limit=200))
            assert [*first.rows, *second.rows] == list(whole.rows[:6]), (key, part)
            assert whole.evidence.keys() >= first.evidence.keys()
            table = client.get(f"/api/v1/entity/{key}/{part}.csv", params={"lang": "sv"})
            assert table.headers["content-type"].startswith("text/csv")
            rows = list(csv.reader(StringIO(table.text, newline="")))
            assert len(rows) - 1 == whole.total, (key, part)
            assert len({len(row) for row in rows}) == 1
        MoneyPartOut.model_validate(_part(client, key, "money"))


def test_a_round_counts_once_and_what_nobody_tells_is_null(client: httpx.Client) -> None:
    held = MoneyPartOut.model_validate(_part(client, "northvolt", "money"))
    assert held.received.held > 0
    assert held.received.unknown > 0
    assert held.paid.eur is None
    assert held.received.eur == pytest.approx(sum(year.in_eur or 0 for year in held.years))
    assert {group.by for group in held.groups if group.direction == "in"} >= {"payer"}


def test_a_funder_is_told_by_programme_recipient_technology_and_region(client: httpx.Client) -> None:
    held = MoneyPartOut.model_validate(_part(client, "energimyndigheten", "money"))
    told = {group.by for group in held.groups if group.direction == "out"}
    assert told >= {"programme", "recipient", "effort", "technology", "region"}
    assert held.paid.rows == 55
    assert held.paid.unconverted > 0


def test_partners_stand_by_strength_with_their_efforts_and_records(client: httpx.Client) -> None:
    held = PartnersOut.model_validate(_part(client, "kth", "partners", limit=200))
    strengths = [row.strength or 0 for row in held.rows]
    assert strengths == sorted(strengths, reverse=True)
    assert held.rows[0].share == 1
    assert all(row.evidence for row in held.rows)
    explained = client.get("/api/v1/gaps/explain", params={"a": "kth", "b": held.rows[0].other.key}).json()
    assert explained["strength"] == pytest.approx(held.rows[0].strength, abs=1e-3)


def test_the_timeline_can_be_narrowed_down_and_counts_all(client: httpx.Client) -> None:
    whole = TimelineOut.model_validate(_part(client, "kth", "timeline", limit=200))
    some = TimelineOut.model_validate(_part(client, "kth", "timeline", event="project", limit=200))
    assert some.total == whole.kinds["project"] == len(some.rows)
    assert some.kinds == whole.kinds
    assert sum(sum(year.counts.values()) for year in whole.years) == whole.total
    problem = client.get("/api/v1/entity/kth/timeline", params={"event": "projct"}).json()
    assert (problem["parameter"], problem["near"]) == ("event", ["project"])


def test_similar_ones_say_why(client: httpx.Client) -> None:
    for key in ("kth", "hybrit-demo-gallivare"):
        held = SimilarPartOut.model_validate(_part(client, key, "similar"))
        assert held.rows
        assert all(row.technologies or row.words or row.common for row in held.rows)
        assert key not in {row.other.key for row in held.rows}


def test_an_entity_holds_the_beginning_of_its_lists_and_their_length(client: httpx.Client) -> None:
    held = client.get("/api/v1/entity/kth").json()
    whole = {(one["tie"], one["direction"]): one["total"] for one in held["counts"]["relations"]}
    assert max(whole.values()) > 25
    for (tie, direction), total in whole.items():
        shown = [row for row in held["relations"] if (row["tie"], row["direction"]) == (tie, direction)]
        assert len(shown) == min(total, 25)
        page = _part(client, "kth", "relations", tie=tie, direction=direction, limit=25)
        assert (page["rows"], page["total"]) == (shown, total)
    assert len(client.get("/api/v1/entity/kth").content) < 150_000


@pytest.mark.parametrize("part", [*SHAPES, "money", "partners.csv", "money.csv"])
def test_parts_of_what_is_not_there_or_was_merged(client: httpx.Client, part: str) -> None:
    missing = client.get(f"/api/v1/entity/nope/{part}")
    assert (missing.status_code, missing.headers["content-type"]) == (404, "application/problem+json")
    moved = client.get(f"/api/v1/entity/scbn-initiative/{part}")
    assert moved.status_code == 301
    assert str(moved.url.join(moved.headers["location"])).endswith(
        f"/api/v1/entity/stockholm-cleantech-business-network/{part}"
    )
    assert client.get(f"/api/v1/entity/kth/{part}", params={"ofset": 1}).status_code == 400


@pytest.mark.parametrize(
    ("path", "status", "target"),
    [
        ("/project/hybrit-demo-gallivare", 200, ""),
        ("/region/se-ab", 200, ""),
        ("/region/place/se-ab", 200, ""),
        ("/funder/energimyndigheten", 200, ""),
        ("/funder/kth", 301, "/org/kth"),
        ("/project/kth?lang=sv", 301, "/org/kth?lang=sv"),
        ("/region/batteries", 301, "/tech/batteries"),
        ("/project/scbn-initiative", 301, "/org/stockholm-cleantech-business-network"),
        ("/funder/nope", 404, ""),
        ("/region/nope", 404, ""),
    ],
)
def test_the_second_names_of_the_pages(client: httpx.Client, path: str, status: int, target: str) -> None:
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == status
    if target:
        assert str(answer.url.join(answer.headers["location"])).removeprefix(str(client.base_url).rstrip("/")) == target
