"""The map for a picture: the bytes hold what the JSON says, and the communities have names."""

from __future__ import annotations

import json
from typing import Any

import httpx
import numpy as np
import pytest


def _opened(body: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    """The header, and the arrays by name."""
    begin = 4 + int.from_bytes(body[:4], "little")
    head: dict[str, Any] = json.loads(body[4:begin])
    assert begin % 8 == 0
    found: dict[str, Any] = {}
    for name, (kind, at, length) in head["arrays"].items():
        assert at % 8 == 0
        part = body[begin + at : begin + at + length]
        found[name] = part.decode().split("\n") if kind == "text" else np.frombuffer(part, dtype=f"<{kind}")
    return head, found


def _packed(server: str, **asked: str) -> tuple[dict[str, Any], dict[str, Any]]:
    answer = httpx.get(f"{server}/api/v1/map/packed", params=asked, timeout=60)
    assert answer.status_code == 200, answer.text
    return _opened(answer.content)


def _pairs(arrays: dict[str, Any]) -> set[frozenset[str]]:
    later = np.repeat(np.arange(len(arrays["lines"])), arrays["lines"])
    return {
        frozenset((arrays["key"][a], arrays["key"][b]))
        for a, b in zip(later.tolist(), arrays["to"].tolist(), strict=True)
    }


@pytest.mark.parametrize("mode", ["all", "actors"])
def test_the_bytes_hold_what_the_json_says(server: str, mode: str) -> None:
    plain = httpx.get(f"{server}/api/v1/map", params={"mode": mode}, timeout=60).json()
    nodes, edges = plain["nodes"], plain["edges"]
    head, arrays = _packed(server, mode=mode)
    assert head["nodes"] == head["of"] == len(nodes["key"])
    assert head["edges"] == len(edges["a"])
    at = {key: row for row, key in enumerate(nodes["key"])}
    order = [at[key] for key in arrays["key"]]
    assert arrays["degree"].tolist() == sorted(nodes["degree"], reverse=True)
    for name, scale in (("x", 10), ("y", 10), ("community", 1)):
        told = [value / scale for value in arrays[name].tolist()]
        assert told == pytest.approx([nodes[name][row] for row in order], abs=0.06)
    assert [head["kinds"][code] for code in arrays["kind"]] == [plain["kinds"][nodes["kind"][row]] for row in order]
    ends = zip(edges["a"], edges["b"], strict=True)
    assert _pairs(arrays) == {frozenset((nodes["key"][a], nodes["key"][b])) for a, b in ends if a != b}
    rest = _packed(server, mode=mode, part="rest")[1]
    assert rest["en"] == [nodes["name"]["en"][row] for row in order]
    assert rest["year"].tolist() == [nodes["year"][row] or 0 for row in order]


def test_the_best_connected_come_first_and_alone(server: str) -> None:
    head, arrays = _packed(server, top="50")
    whole = _packed(server)[1]
    assert (head["nodes"], head["of"]) == (50, len(whole["key"]))
    assert arrays["key"] == whole["key"][:50]
    assert _pairs(arrays) == {pair for pair in _pairs(whole) if pair <= set(arrays["key"])}


def test_what_nothing_is_known_of_has_no_size(server: str) -> None:
    keys = _packed(server)[1]["key"]
    money = dict(zip(keys, _packed(server, part="money")[1]["money"].tolist(), strict=True))
    partners = dict(zip(keys, _packed(server, part="partners")[1]["partners"].tolist(), strict=True))
    assert money["northvolt"] > 1e8
    assert sum(value != value for value in money.values()) > len(keys) / 2
    assert 0.0 not in money.values()
    assert partners["kth"] > 20


def test_communities_have_names_that_differ(server: str) -> None:
    told = httpx.get(f"{server}/api/v1/map/communities", timeout=60).json()["communities"]
    assert [one["size"] for one in told] == sorted((one["size"] for one in told), reverse=True)
    for lang in ("en", "sv"):
        names = [one["name"][lang] for one in told]
        assert len(set(names)) == len(names) > 15
        assert not [name for name in names if max(map(len, name.split(" · ")), default=0) > 60]
    assert any("Västerås" in one["name"]["sv"] for one in told)
    assert all(one["strongest"] for one in told)


def test_a_filter_that_leaves_nothing_gives_empty_bytes(server: str) -> None:
    head, arrays = _packed(server, q="zzzzqqqq")
    assert (head["nodes"], head["pairs"], len(arrays["x"])) == (0, 0, 0)
    assert _packed(server, q="zzzzqqqq", part="rest")[0]["nodes"] == 0


@pytest.mark.parametrize("asked", [{"part": "all"}, {"top": "0"}, {"top": "many"}, {"size": "money"}])
def test_wrong_parameters_are_named(server: str, asked: dict[str, str]) -> None:
    answer = httpx.get(f"{server}/api/v1/map/packed", params=asked, timeout=60)
    assert answer.status_code in (400, 422)
    assert next(iter(asked)) in answer.text
