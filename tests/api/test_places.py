"""Where the things of the map are, what flows between their regions, the table in parts, and pages in frames."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.answers.places_models import FlowOut, FlowsOut, PlacesOut, RowsOut, ThereOut
from tests.api.running import running

FILTERS: tuple[dict[str, str], ...] = ({}, {"tech": "batteries"}, {"country": "SE", "from": "2015"}, {"mode": "actors"})


def _get(server: str, path: str, **query: str | list[str]) -> dict[str, Any]:
    answer = httpx.get(f"{server}/api/v1/map/{path}", params=query, timeout=60)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_every_thing_is_at_one_place_or_is_counted_without(server: str, filters: dict[str, str]) -> None:
    held = PlacesOut.model_validate(_get(server, "places", **filters))
    here = sum(held.places.organisations) + sum(held.places.efforts)
    total = httpx.get(f"{server}/api/v1/facets", params=filters, timeout=60).json()["total"]["nodes"]
    assert here + held.nowhere.organisations + held.nowhere.efforts == total
    for level, lat in zip(held.places.level, held.places.lat, strict=True):
        assert (lat is None) == (level == "country")
    table = list(csv.reader(StringIO(httpx.get(f"{server}/api/v1/map/places.csv", params=filters, timeout=60).text)))
    assert sum(int(row[-1]) + int(row[-2]) for row in table[1:]) == total


def test_what_is_at_a_place_is_what_was_counted(server: str) -> None:
    places = _get(server, "places")["places"]
    keys = places["key"][:5]
    found = ThereOut.model_validate(_get(server, "at", at=[*keys, "none"], limit="1000"))
    counted = [places["organisations"][row] + places["efforts"][row] for row in range(5)]
    assert found.totals[:5] == counted
    assert [sum(one.at == key for one in found.things) for key in keys] == counted


@pytest.mark.parametrize("level", ["country", "county", "town"])
def test_a_flow_leads_to_its_joint_efforts(server: str, level: str) -> None:
    held = FlowsOut.model_validate(_get(server, "flows", level=level))
    assert held.count == sorted(held.count, reverse=True)
    assert held.count
    for a, b, count in list(zip(held.a, held.b, held.count, strict=True))[:3]:
        one = FlowOut.model_validate(_get(server, "flow", level=level, a=held.keys[a], b=held.keys[b], limit="1000"))
        assert one.total == count == len(one.ties)
        assert all(tie.a and tie.b for tie in one.ties)
    narrowed = FlowsOut.model_validate(_get(server, "flows", level=level, tech="batteries", **{"from": "2018"}))
    assert narrowed.efforts < held.efforts


def test_the_table_comes_in_parts_and_in_order(server: str) -> None:
    whole = RowsOut.model_validate(_get(server, "rows", limit="500", sort="name", lang="sv"))
    part = RowsOut.model_validate(_get(server, "rows", limit="50", offset="50", sort="name", lang="sv"))
    assert [row.key for row in part.rows] == [row.key for row in whole.rows[50:100]]
    assert whole.total == httpx.get(f"{server}/api/v1/facets", timeout=60).json()["total"]["nodes"]
    since = [row.since for row in RowsOut.model_validate(_get(server, "rows", limit="500", sort="-since")).rows]
    known = [year for year in since if year is not None]
    assert known == sorted(known, reverse=True)
    assert since[: len(known)] == known
    links = {row.key: row.links for row in whole.rows}
    held = httpx.get(f"{server}/api/v1/map", timeout=60).json()
    key, pairs = held["nodes"]["key"], set(zip(held["edges"]["a"], held["edges"]["b"], strict=True))
    kth = {frozenset((key[a], key[b])) for a, b in pairs if "kth" in (key[a], key[b])}
    assert links.get("kth", len(kth)) == len(kth)


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("at?at=place/nowhere", "at"),
        ("flow?a=place/se-ab&b=nope", "b"),
        ("rows?sort=-size", "sort"),
        ("places?country=Sweden", "country"),
        ("places?year=2020", "year"),
    ],
)
def test_what_is_wrong_is_named(server: str, path: str, parameter: str) -> None:
    answer = httpx.get(f"{server}/api/v1/map/{path}", timeout=60)
    assert answer.status_code == 400
    assert answer.json()["parameter"] == parameter


def _ancestors(url: str) -> str:
    policy = httpx.get(url, headers={"Accept": "text/html"}, timeout=60).headers["content-security-policy"]
    return str(policy).partition("frame-ancestors ")[2]


def test_pages_of_frames_have_a_policy_of_their_own(server: str, demo_data: Path) -> None:
    for path in ("/embed/map", "/embed/org/kth", "/embed/place/se-ab", "/embed/org/nobody"):
        assert _ancestors(server + path) == "'self'"
    for path in ("/map", "/org/kth", "/", "/embedded", "/review"):
        assert _ancestors(server + path) == "'none'"
    with running(
        "--data", str(demo_data), CLEANTECH_EMBED_ANCESTORS="https://www.example.org, https://*.example.com"
    ) as other:
        assert _ancestors(other.url + "/embed/map") == "https://www.example.org https://*.example.com"
        assert _ancestors(other.url + "/map") == "'none'"


def test_a_site_that_would_end_the_policy_is_refused(demo_data: Path) -> None:
    with (
        pytest.raises(AssertionError, match="is no site"),
        running("--data", str(demo_data), CLEANTECH_EMBED_ANCESTORS="https://a.example; script-src *"),
    ):
        pass
