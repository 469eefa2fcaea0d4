"""What happened when: counts that agree with their events, and every event with its source."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

import httpx
import pytest


def _ask(server: str, path: str = "", /, **asked: str | int) -> dict[str, Any]:
    answer = httpx.get(f"{server}/api/v1/time{path}", params=asked)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


@pytest.mark.parametrize(
    "asked", [{}, {"of": "kth"}, {"technology": "batteries"}, {"region": "place/se-ab", "from": 2015, "to": 2022}]
)
def test_each_count_leads_to_its_events(server: str, asked: dict[str, str | int]) -> None:
    told = _ask(server, "", **asked)
    assert told["total"] == sum(sum(row["counts"].values()) for row in told["periods"]) > 0
    assert {row["kind"]: row["count"] for row in told["kinds"] if row["count"]} == {
        kind: sum(row["counts"].get(kind, 0) for row in told["periods"])
        for kind in {kind for row in told["periods"] for kind in row["counts"]}
    }
    chosen = {name: value for name, value in asked.items() if name not in ("from", "to")}
    for row in told["periods"][-4:]:
        events = _ask(server, "/events", **(chosen | {"period": row["period"], "limit": 500}))
        assert events["total"] == sum(row["counts"].values()) == len(events["rows"])
        assert sum(one["amount_eur"] is not None for one in events["rows"]) == row["stated"]
        for one in events["rows"]:
            assert one["date"].startswith(row["period"])
            assert one["evidence"]
            assert all(str(number) in events["evidence"] for number in one["evidence"])


def test_months_hold_what_has_a_month_and_the_rest_is_counted(server: str) -> None:
    years, months = _ask(server), _ask(server, by="month")
    assert all(len(row["period"]) == 7 for row in months["periods"])
    in_months = sum(sum(row["counts"].values()) for row in months["periods"])
    assert in_months + months["coarse"] == years["total"]
    assert months["coarse"] > 0


def test_what_has_no_date_is_counted_and_can_be_listed(server: str) -> None:
    kinds = {row["kind"]: row for row in _ask(server)["kinds"]}
    founded = _ask(server, "/events", kind="founded", period="undated", limit=1)
    assert founded["total"] == kinds["founded"]["undated"] > 0
    assert founded["rows"][0]["date"] is None
    assert kinds["ended"]["undated"] is None


def test_money_counts_once_and_a_round_holds_its_stakes(server: str) -> None:
    rows = _ask(server, "/events", of="northvolt", kind="funded", limit=500)["rows"]
    rounds = [row for row in rows if row["thing"]["key"] == "northvolt" and row["date"]]
    assert len({(row["date"], row["amount"], (row["other"] or {}).get("key")) for row in rounds}) == len(rounds)
    one = httpx.get(f"{server}/api/v1/entity/northvolt").json()["money"]["in"]
    stakes = {row["key"] for row in one if row["part_of"]}
    assert stakes, "the demo has stakes that are part of a round"
    assert len(rounds) <= len({row["key"] for row in one if not row["part_of"]})


def test_the_tables_hold_the_same(server: str) -> None:
    told = _ask(server, technology="batteries")
    answer = httpx.get(f"{server}/api/v1/time.csv", params={"technology": "batteries", "lang": "sv"})
    rows = list(csv.reader(StringIO(answer.text)))
    assert rows[0][:2] == ["år", "organisationer grundade"]
    assert [row[0] for row in rows[1:]] == [row["period"] for row in told["periods"]]
    events = httpx.get(f"{server}/api/v1/time/events.csv", params={"technology": "batteries"})
    held = list(csv.DictReader(StringIO(events.text)))
    assert len(held) == _ask(server, "/events", technology="batteries", limit=1)["total"]
    assert all(row["sources"].startswith("http") for row in held)
    fresh = httpx.get(events.request.url, headers={"If-None-Match": events.headers["etag"]})
    assert fresh.status_code == 304


@pytest.mark.parametrize(
    ("path", "asked", "status", "parameter"),
    [
        ("", {"of": "nothvolt"}, 404, "of"),
        ("", {"kind": "born"}, 400, "kind"),
        ("", {"technology": "bateries"}, 400, "technology"),
        ("", {"region": "Atlantis"}, 400, "region"),
        ("", {"from": 2020, "to": 2010}, 400, "from"),
        ("/events", {"period": "2020-13"}, 400, "period"),
        ("/events", {"perod": "2020"}, 400, "perod"),
    ],
)
def test_what_cannot_be_asked_is_named(
    server: str, path: str, asked: dict[str, str | int], status: int, parameter: str
) -> None:
    answer = httpx.get(f"{server}/api/v1/time{path}", params=asked)
    assert (answer.status_code, answer.json()["parameter"]) == (status, parameter)
