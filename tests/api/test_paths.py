"""Ways between two organisations: roles and years of every step, the two parts that none joins, and the table."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.test_gaps import ask, found, lines


def _hops(body: dict[str, Any]) -> list[dict[str, Any]]:
    return [hop for path in body["paths"] for hop in path["hops"]]


def test_every_step_says_when_how_often_and_in_which_roles(server: str) -> None:
    body = found(server, "paths", a="kth", b="northvolt", k=3)
    known = set(found(server, "vocabulary")["roles"])
    for hop in [*_hops(body), *(one["to_a"] for one in body["between"])]:
        assert hop["meetings"] >= len(hop["ties"]) >= 1
        starts = [tie["start"] for tie in hop["ties"] if tie["start"] is not None]
        if hop["meetings"] == len(hop["ties"]) and starts:
            assert hop["first_year"] == min(starts)
        for tie in hop["ties"]:
            assert {*tie["roles_a"], *tie["roles_b"]} <= known
            assert tie["tie"]["value"] != "project" or (tie["roles_a"] and tie["roles_b"])
    assert body["apart"] is None


@pytest.mark.parametrize("lang", ["en", "sv"])
def test_the_table_has_a_line_for_each_thing_in_which_two_met(server: str, lang: str) -> None:
    body = found(server, "paths", a="kth", b="northvolt", k=2)
    head, *rows = lines(
        ask(server, body["csv"].removeprefix("/api/v1/").split("?")[0], a="kth", b="northvolt", k=2, lang=lang)
    )
    ties = sum(len(hop["ties"]) for hop in _hops(body))
    ties += sum(len(one[side]["ties"]) for one in body["between"] for side in ("to_a", "to_b"))
    assert len(rows) == ties
    assert len(set(head)) == len(head)
    way, step = rows[0][0], int(rows[0][2])
    assert (way, step) == ({"en": "way", "sv": "väg"}[lang], 1)
    assert all(row[-2] for row in rows), "documents"
    assert body["csv"].endswith("a=kth&b=northvolt&k=2&by=shortest")


def test_where_no_way_leads_the_two_parts_are_told(server: str) -> None:
    keys = [row["a"]["key"] for row in found(server, "gaps/pairs", limit=50)["rows"]]
    keys += [row["b"]["key"] for row in found(server, "gaps/pairs", limit=50)["rows"]]
    told = (found(server, "paths", a="kth", b=key, k=1, max_partners=3) for key in dict.fromkeys(keys) if key != "kth")
    body = next((body for body in told if body["empty"] and body["empty"]["code"] == "no-path"), None)
    assert body is not None
    one, other = body["apart"]
    assert (one["end"]["key"], other["end"]["key"]) == ("kth", body["b"]["key"])
    assert one["actors"] > len(one["first"]) >= 1
    assert other["actors"] > len(other["first"]) >= 1
    assert lines(ask(server, "paths.csv", a="kth", b=body["b"]["key"], k=1, max_partners=3))[1:] == []
