"""Edits are listed and taken back: over HTTP, by the command line beside a running server, and without one."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.keys import Keys
from graph.generation import DataFolder
from ingest.run import ingest
from tests.api.running import run
from tests.api.writing import Desk, bare, desk

ALL = "SELECT ?o { { ?s <http://e/p> ?o } UNION { GRAPH ?g { ?s <http://e/p> ?o } } } ORDER BY ?o"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def held(folder: Path) -> Iterator[Desk]:
    with desk(folder, bare(folder)) as one:
        yield one


def _insert(held: Desk, value: int, key: str | None = None) -> int:
    answer = held.update(f"INSERT DATA {{ <http://e/s> <http://e/p> {value} }}", key)
    assert answer.status_code == 204, answer.text
    return int(answer.headers["x-edit"])


def _insert_in(held: Desk, graph: str, key: str) -> int:
    return held.update(f"INSERT DATA {{ GRAPH <{graph}> {{ <a:a> <a:b> {time.time_ns()} }} }}", key).status_code


def _values(held: Desk) -> list[str]:
    return [row[0] for row in held.rows(ALL)]


def _listed(folder: Path) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = json.loads(run("edits", "list", "--format", "json", "--data", str(folder)).stdout)[
        "edits"
    ]
    return told


def _http(held: Desk, method: str, path: str, key: str) -> httpx.Response:
    return httpx.request(method, f"{held.url}/api/v1/edits{path}", headers={"Authorization": f"Bearer {key}"})


def test_the_command_asks_the_server_that_runs(held: Desk, folder: Path) -> None:
    for value in (1, 2, 3):
        _insert(held, value)
    shown = run("edits", "drop", "2", "--dry-run", "--data", str(folder))
    assert shown.stdout == '- <http://e/s> <http://e/p> "2"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
    assert _values(held) == ["1", "2", "3"]
    done = run("edits", "drop", "2", "--data", str(folder))
    assert done.stdout == "Taken back: 2: 0 quads added, 1 removed. This is edit 4.\n"
    assert _values(held) == ["1", "3"]
    assert "taken back already, by edit 4" in run("edits", "drop", "2", "--data", str(folder)).stderr
    assert run("edits", "drop", "4", "--data", str(folder)).returncode == 0
    assert _values(held) == ["1", "2", "3"]
    assert run("edits", "drop", "--last", "--data", str(folder)).returncode == 0
    assert run("edits", "drop", "--last", "--data", str(folder)).returncode == 0
    assert _values(held) == ["1"]
    assert [one["undone_by"] for one in _listed(folder)] == [None, 7, 6, 5, None, None, None]
    assert "no: 7" in run("edits", "list", "--data", str(folder)).stdout
    assert run("edits", "drop", "--data", str(folder)).returncode == 1
    assert "There is no edit 99" in run("edits", "drop", "1", "99", "--data", str(folder)).stderr


def test_the_command_takes_back_without_a_server(folder: Path) -> None:
    key = bare(folder)
    other = Keys.of(folder).add("other", "update")
    with desk(folder, key) as held:
        assert (folder / "server.json").stat().st_mode & 0o777 == 0o600
        _insert(held, 1)
        _insert(held, 2, other)
        _insert(held, 3)
        _insert(held, 4, other)
    assert not (folder / "server.json").exists()
    done = run("edits", "drop", "--key", "other", "--data", str(folder))
    assert "Taken back: 2, 4: 0 quads added, 2 removed" in done.stdout, done.stderr
    with desk(folder, key) as held:
        assert _values(held) == ["1", "3"]
        held.running.process.kill()
        held.running.process.wait()
    assert (folder / "server.json").exists()  # of a process that is dead
    assert "+ " not in run("edits", "drop", "--all", "--dry-run", "--data", str(folder)).stdout
    assert "Taken back: 1, 3" in run("edits", "drop", "--all", "--data", str(folder)).stdout
    with desk(folder, key) as held:
        assert _values(held) == []
        assert "no edit stands" in run("edits", "drop", "--last", "--data", str(folder)).stderr
        assert run("edits", "drop", "6", "--data", str(folder)).returncode == 0
        assert _values(held) == ["1", "3"]
        os.kill(held.writers()[0].pid, 9)
        assert run("edits", "drop", "3", "--data", str(folder)).returncode == 0
        assert _values(held) == ["1"]


def test_over_http_a_key_takes_back_its_own_and_an_admin_all(held: Desk, folder: Path) -> None:
    other, admin = Keys.of(folder).add("other", "graph:http://e/"), Keys.of(folder).add("boss", "admin")
    for value in (1, 2, 3):
        _insert(held, value)
    assert _http(held, "GET", "", "wrong").status_code == 401
    page = _http(held, "GET", "?limit=2", other)
    assert (page.status_code, page.headers["cache-control"]) == (200, "no-store")
    assert ([one["number"] for one in page.json()["edits"]], page.json()["total"]) == ([3, 2], 3)
    rest = _http(held, "GET", page.json()["next"].removeprefix("/api/v1/edits"), other).json()
    assert ([one["number"] for one in rest["edits"]], rest["next"]) == ([1], None)
    refused = _http(held, "DELETE", "/1", other)
    assert (refused.status_code, refused.headers["content-type"]) == (403, "application/problem+json")
    assert "this needs admin" in refused.json()["detail"]
    done = _http(held, "DELETE", "/1", held.key)
    assert (done.status_code, done.headers["x-edit"], done.headers["cache-control"]) == (200, "4", "no-store")
    assert done.json() == {"number": 4, "undoes": [1], "added": 0, "removed": 1}
    assert _http(held, "DELETE", "?number=2&number=3", admin).json()["undoes"] == [2, 3]
    assert _http(held, "DELETE", "?all=true", held.key).status_code == 403
    state = {one["number"]: (one["state"], one["undoable"]) for one in _http(held, "GET", "", other).json()["edits"]}
    assert state == {5: ("stands", True), 4: ("stands", True), **dict.fromkeys((1, 2, 3), ("undone", None))}
    unread = _http(held, "DELETE", "?number=1&number=abc", admin).json()
    assert (unread["parameter"], unread["value"]) == ("number", "abc")
    for path, status in (
        *(("/1", 409), ("/99", 404), ("/0", 400), ("/x", 400), ("", 400), ("?number=1&all=true", 400)),
        *(("?numbre=1", 400), ("/2?all=true", 400)),
    ):
        answer = _http(held, "DELETE", path, admin)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), path
    assert _values(held) == []


def test_a_key_made_anew_inherits_nothing(held: Desk, folder: Path) -> None:
    keys = Keys.of(folder)
    secrets = []
    for scope in ("update", "graph:http://e/a/", "update"):
        secrets.append(keys.add("sam", scope))
        assert _insert_in(held, "http://e/a/b", secrets[-1]) == 204
        keys.revoke("sam")
    first, second = keys.add("sam", "graph:http://e/b/"), keys.add("boss", "admin")
    for number in (1, 2, 3):
        refused = _http(held, "DELETE", f"/{number}", first)
        assert (refused.status_code, "this needs admin" in refused.text) == (403, True)
    assert _http(held, "DELETE", "/1", second).status_code == 200


def test_an_undo_stays_in_the_scope_of_its_key(held: Desk, folder: Path) -> None:
    """Also when somebody narrows the scope of a key in the file."""
    keys = Keys.of(folder)
    wide = keys.add("wide", "update")
    assert (_insert_in(held, "http://e/a/b", wide), _insert_in(held, "http://e/c", wide)) == (204, 204)
    keys.path.write_text(
        keys.path.read_text("utf-8").replace('"wide",\n  "scope": "update"', '"wide",\n  "scope": "graph:http://e/a/"')
    )
    assert next(key for key in keys.all() if key.name == "wide").prefix == "http://e/a/"
    refused = _http(held, "DELETE", "?number=1&number=2", wide)
    assert (refused.status_code, refused.json()["detail"]) == (403, "The key may write graphs below http://e/a/ only.")
    assert _http(held, "DELETE", "/1", wide).status_code == 200


def test_an_edit_of_before_that_names_no_author_is_for_an_admin(held: Desk, folder: Path) -> None:
    _insert(held, 1)
    journal = next(folder.glob("generations/*/edits/journal.jsonl"))
    entry = json.loads(journal.read_text("utf-8"))
    del entry["author"]
    journal.write_text(json.dumps(entry) + "\n", "utf-8")
    assert _http(held, "DELETE", "/1", held.key).status_code == 403
    assert _http(held, "DELETE", "/1", Keys.of(folder).add("boss", "admin")).status_code == 200


def test_what_was_edited_can_be_taken_back_after_an_ingest(tmp_path: Path) -> None:
    ingest(DataFolder(tmp_path), "sweden")
    with desk(tmp_path, Keys.of(tmp_path).add("tester", "update")) as held:
        for value in ("1", "_:b . _:b <http://e/q> 2"):
            data = f"INSERT DATA {{ GRAPH <http://e/mine> {{ <http://e/s> <http://e/p> {value} }} }}"
            assert held.update(data).status_code == 204
    ingest(DataFolder(tmp_path), "sweden", force=True)
    assert "2 removed" in run("edits", "drop", "2", "--data", str(tmp_path)).stdout
    assert [one["undone_by"] for one in _listed(tmp_path)] == [None, 3, None]
    ingest(DataFolder(tmp_path), "sweden", force=True)
    assert "2 quads added" in run("edits", "drop", "3", "--data", str(tmp_path)).stdout
    assert "0 quads added, 3 removed" in run("edits", "drop", "--all", "--data", str(tmp_path)).stdout
    assert run("edits", "list", "--data", str(tmp_path)).stderr.startswith("0 quads added, 0 removed")


def test_a_graph_put_over_another_can_be_taken_back(held: Desk, folder: Path) -> None:
    path = "?graph=http://e/g"
    held.store("PUT", path, b"<http://e/s> <http://e/p> 1, [ <http://e/p> 2 ] .")
    held.store("PUT", path, b"<http://e/s> <http://e/p> 3 .")
    assert _values(held) == ["3"]
    held.store("DELETE", path)
    assert run("edits", "drop", "2", "3", "--data", str(folder)).returncode == 0
    assert len(_values(held)) == 3
    assert run("edits", "drop", "1", "--data", str(folder)).returncode == 0
    assert held.store("GET", path).status_code == 404
