"""Who may do what: scopes, last days, and the one place where a key is read."""

from __future__ import annotations

import hmac
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.jobs import without_paths
from api.keys import KeyFileError, Keys, Need
from graph.generation import DataFolder
from ingest.run import ingest
from tests.api.writing import UPDATE, Desk, desk

TEXT = "INSERT DATA { GRAPH <http://e/g/1> { <http://e/s> <http://e/p> 1 } }"
SCOPES = ("update", "graph:http://e/g/", "ingest", "admin")


@pytest.fixture(scope="module")
def mapped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, dict[str, str], Path]]:
    folder = tmp_path_factory.mktemp("keys")
    ingest(DataFolder(folder), "sweden")
    held = {scope: Keys.of(folder).add(f"k{place}", scope) for place, scope in enumerate(SCOPES)}
    with desk(folder, held["update"]) as served:
        yield served, held, folder


def _bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


@pytest.mark.parametrize(
    ("scope", "updates", "ingests"),
    [("update", 204, 403), ("graph:http://e/g/", 204, 403), ("ingest", 403, 404), ("admin", 204, 404)],
)
def test_a_scope_opens_what_it_names(
    mapped: tuple[Desk, dict[str, str], Path], scope: str, updates: int, ingests: int
) -> None:
    served, held, _ = mapped
    answer = served.update(TEXT, held[scope])
    assert answer.status_code == updates
    put = httpx.put(
        f"{served.url}/graph-store?graph=http://e/g/2",
        content=b"<a:a> <a:b> 1 .",
        headers=_bearer(held[scope]) | {"Content-Type": "text/turtle"},
    )
    assert put.status_code in ({403} if updates == 403 else {201, 204})
    started = httpx.post(f"{served.url}/api/v1/ingest/unknown", headers=_bearer(held[scope]))
    assert started.status_code == ingests
    assert httpx.get(f"{served.url}/api/v1/edits", headers=_bearer(held[scope])).status_code == 200
    for refused, needed in ((answer, "update, graph:<prefix> or admin"), (put, "graph:"), (started, "ingest or admin")):
        if refused.status_code == 403:
            assert refused.headers["content-type"] == "application/problem+json"
            assert needed in refused.json()["detail"]
            assert scope in refused.json()["detail"]


def test_a_key_is_read_from_the_header_alone(mapped: tuple[Desk, dict[str, str], Path]) -> None:
    served, held, _ = mapped
    key, count = held["admin"], "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s <http://e/elsewhere> ?o } }"
    text = "INSERT DATA { GRAPH <http://e/g/1> { <http://e/s> <http://e/elsewhere> 1 } }"
    ways: list[dict[str, Any]] = [
        *({"params": {name: key}} for name in ("key", "access_token", "api_key", "token")),
        *({"headers": {"Cookie": f"{name}={key}"}} for name in ("key", "access_token", "Authorization")),
        {"headers": {"X-Api-Key": key}},
        {"headers": {"Authorization": key}},
        {"headers": {"Authorization": f"Basic {key}"}},
        {"headers": {"Authorization": "Bearer"}},
        {"headers": {"Authorization": f"Bearer {key}x"}},
        {"headers": {"Authorization": "Bearer \xff".encode("latin-1")}},
    ]
    for way in ways:
        headers = {"Content-Type": UPDATE} | way.get("headers", {})
        answer = httpx.post(f"{served.url}/sparql", content=text, headers=headers, params=way.get("params"))
        assert answer.status_code in {400, 401}, way
        listed = httpx.get(f"{served.url}/api/v1/edits", headers=way.get("headers"), params=way.get("params"))
        assert listed.status_code in {400, 401}, way
    assert served.rows(count) == [["0"]]
    for scheme in ("bearer", "BEARER"):
        fits = httpx.get(f"{served.url}/api/v1/edits", headers={"Authorization": f"{scheme} {key}"})
        assert fits.status_code == 200


def test_a_key_ends_after_its_last_day_and_compares_every_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys, today = Keys.of(tmp_path), datetime.now(UTC).date()
    first, second = keys.add("first", "update", today), keys.add("second", "ingest", today - timedelta(1))
    assert keys.find(first) is not None
    assert keys.find(second) is None
    compared, real = [], hmac.compare_digest

    def watched(a: str, b: str) -> bool:
        compared.append(a)
        return real(a, b)

    monkeypatch.setattr(hmac, "compare_digest", watched)
    keys.find(first)
    assert len(compared) == 2  # also after the one that fits
    raw = keys.path.read_text("utf-8")
    assert first not in raw
    assert first.removeprefix("ctk_") not in raw
    assert len({key.salt for key in keys.all()}) == 2


def test_scopes_are_checked_when_a_key_is_made(tmp_path: Path) -> None:
    for scope in ("", "read", "graph:", "graph:relative", "ingest:sweden", "Admin"):
        with pytest.raises(KeyFileError, match="there is no scope"):
            Keys.of(tmp_path).add("x", scope)
    Keys.of(tmp_path).add("x", "ingest")
    needs: tuple[Need, ...] = ("update", "ingest", "admin")
    key = Keys.of(tmp_path).all()[0]
    told = {scope: [need for need in needs if replace(key, scope=scope).may(need)] for scope in SCOPES}
    assert told == {
        "update": ["update"],
        "graph:http://e/g/": ["update"],
        "ingest": ["ingest"],
        "admin": ["update", "ingest", "admin"],
    }


def test_an_ingest_is_started_and_followed_over_http(mapped: tuple[Desk, dict[str, str], Path]) -> None:
    served, held, folder = mapped
    key = _bearer(held["ingest"])
    before = DataFolder(folder).current_number()
    started = httpx.post(f"{served.url}/api/v1/ingest/sweden", headers=key)
    assert (started.status_code, started.json()["state"], started.headers["cache-control"]) == (
        202,
        "running",
        "no-store",
    )
    address = started.url.join(started.headers["location"])
    again = httpx.post(f"{served.url}/api/v1/ingest/sweden", headers=key)
    assert (again.status_code, again.url.join(again.headers["location"])) == (409, address)
    assert httpx.get(address, headers=_bearer(held["update"])).status_code == 403
    until = time.monotonic() + 60
    while (told := httpx.get(address, headers=key).json())["state"] == "running":
        assert time.monotonic() < until
        time.sleep(0.2)
    assert (told["state"], told["source"], told["seconds"] > 0) == ("done", "sweden", True)
    assert told["last"] == f"Nothing new; generation {before} is published."  # the map was built of it just before
    assert httpx.get(f"{served.url}/api/v1/ingest/none", headers=key).status_code == 404
    wrong = httpx.post(f"{served.url}/api/v1/ingest/sweeden", headers=key)
    assert (wrong.status_code, wrong.json()["near"]) == (404, ["sweden"])
    assert httpx.post(f"{served.url}/api/v1/ingest/sweden?input=x", headers=key).status_code == 400


def test_an_ingest_that_fails_says_why_without_paths(mapped: tuple[Desk, dict[str, str], Path]) -> None:
    served, held, folder = mapped
    with DataFolder(folder).lock():
        started = httpx.post(f"{served.url}/api/v1/ingest/sweden", headers=_bearer(held["admin"]))
        until = time.monotonic() + 60
        while True:
            told = httpx.get(started.url.join(started.headers["location"]), headers=_bearer(held["admin"])).json()
            if told["state"] != "running":
                break
            assert time.monotonic() < until
            time.sleep(0.2)
    assert (told["state"], "another process is building in the data folder" in told["last"]) == ("failed", True), told
    assert str(folder) not in told["last"]


def test_paths_are_shortened() -> None:
    assert (
        without_paths("cannot read /a/b c/d.csv: 1/2 of it", Path("/var/data")) == "cannot read …/b c/d.csv: 1/2 of it"
    )
    assert (
        without_paths("the data folder /var/data/x is full", Path("/var/data"))
        == "the data folder the data folder/x is full"
    )
