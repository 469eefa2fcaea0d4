"""Addresses that were given once: 301 to where the thing stands now, 410 for what was withdrawn."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from api.cli import build
from graph.generation import DataFolder
from graph.identities import Identities
from ingest.run import run
from tests.api.running import run as command
from tests.api.running import running
from tests.ingest.resolve.made import org, said
from tests.ingest.resolve.standing_source import Standing

WORKS = org("r:1", "Example Works of Lund", town="lund", wikidata="Q1")
SAME = org("s:1", "Example Works", town="lund", wikidata="Q1")
GONE = org("s:2", "Withdrawn Works", town="lund")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("moved")
    run(Standing(said("r", WORKS)), DataFolder(path))
    run(Standing(said("s", [*SAME, *GONE])), DataFolder(path))
    head = {"at": "2026-11-01T00:00:00+00:00", "by": "me", "reason": "asked"}
    lines = [head | {"id": key, "key": key} for key in ("s:2", "place/withdrawn", "tech/withdrawn-too")]
    (path / "decisions" / "suppressed.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    done = CliRunner().invoke(build(["rebuild"]), ["rebuild", "--data", str(path)])
    assert done.exit_code == 0, done.output
    assert "3 records are 2 things" in done.output
    return path


@pytest.fixture(scope="module")
def moved_server(folder: Path) -> Iterator[str]:
    with running("--data", str(folder), "--no-demo") as server:
        yield server.url


def ids(folder: Path) -> Identities:
    generation = DataFolder(folder).current()
    assert generation is not None
    return Identities.load(generation.identities)


def test_the_key_of_a_record_leads_to_the_thing(moved_server: str, folder: Path) -> None:
    an_id = ids(folder).id_of["s:1"]
    assert ids(folder).id_of["r:1"] == an_id
    for path, place in (
        ("/id/s:1", f"../id/{an_id}"),
        ("/id/r:1.ttl", f"../id/{an_id}.ttl"),
        ("/api/v1/entity/s:1", f"../../../api/v1/entity/{an_id}"),
        ("/org/s:1", f"../{an_id}"),
    ):
        answer = httpx.get(f"{moved_server}{path}")
        assert (answer.status_code, answer.headers["location"]) == (301, place)
    page = httpx.get(f"{moved_server}/{an_id}")
    assert page.status_code == 200
    entity = httpx.get(f"{moved_server}/api/v1/entity/{an_id}").json()
    assert entity["key"] == an_id


def test_what_was_withdrawn_is_gone(moved_server: str, folder: Path) -> None:
    an_id = ids(folder).id_of["s:2"]
    for path in ("/id/s:2", f"/id/{an_id}", f"/api/v1/entity/{an_id}", "/api/v1/neighbourhood/s:2"):
        answer = httpx.get(f"{moved_server}{path}")
        assert answer.status_code == 410
        assert answer.json()["title"] == "Gone"
    for page in (an_id, "place/withdrawn", "tech/withdrawn-too"):
        assert httpx.get(f"{moved_server}/{page}").status_code == 410
    assert httpx.get(f"{moved_server}/id/never-there").status_code == 404


def test_a_decision_about_a_thing_is_one_about_its_record(folder: Path) -> None:
    known = ids(folder).id_of
    several = command("review", "decide", known["s:1"], "s:2", "same", "--data", str(folder))
    assert (several.returncode, "name one of them: r:1, s:1" in several.stderr) == (1, True)
    one = command("review", "decide", known["s:2"], "s:1", "unsure", "--data", str(folder))
    assert (one.returncode, "s:1 and s:2 are left open" in one.stdout) == (0, True), one.stderr
