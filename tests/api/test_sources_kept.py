"""`cleantech sources rejects|withdrawn|remove` on a small source of one's own."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.api.running import run


@pytest.fixture
def own(tmp_path: Path) -> tuple[Path, Path]:
    """Own tables in the map, beside the demo; a row is wrong, and another went."""
    folder, data = tmp_path / "own", tmp_path / "var"
    assert run("sources", "new", "tabular", str(folder)).returncode == 0
    assert run("ingest", "sweden", "--data", str(data)).returncode == 0
    assert run("ingest", "tabular", "--input", str(folder), "--data", str(data)).returncode == 0
    return folder, data


def test_what_went_is_told_and_a_source_can_be_taken_out(own: tuple[Path, Path]) -> None:
    folder, data = own
    where = ("--data", str(data))
    none = run("sources", "withdrawn", "example-cluster", *where)
    assert none.stdout == "example-cluster has withdrawn nothing.\n"
    path = folder / "partnerships.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:-1]), "utf-8")
    assert run("ingest", "tabular", "--input", str(folder), *where).returncode == 0
    gone = json.loads(run("sources", "withdrawn", "example-cluster", "--format", "json", *where).stdout)
    assert len(gone) >= 1
    assert {row["kind"] for row in gone} == {"Partnership"}
    table = run("sources", "withdrawn", "example-cluster", "--format", "csv", *where).stdout
    assert [row["key"] for row in csv.DictReader(io.StringIO(table))] == [row["key"] for row in gone]

    asked = run("sources", "remove", "example-cluster", *where)
    assert asked.returncode != 0
    taken = run("sources", "remove", "example-cluster", "--yes", *where)
    assert "example-cluster is out of the map" in taken.stdout, taken.stderr
    assert not (data / "nodes" / "example-cluster").exists()
    question = run(
        "query", "--text", 'ASK { GRAPH ?g { ?s ?p ?o } FILTER(CONTAINS(STR(?g), "example-cluster")) }', *where
    )
    assert question.stdout == "no\n"
    again = run("sources", "remove", "example-cluster", "--yes", *where)
    assert "nothing was ingested from 'example-cluster'; there is: sweden" in again.stderr


def test_rejected_rows_are_listed_with_their_reasons(demo_data: Path) -> None:
    told = run("sources", "rejects", "sweden", "--data", str(demo_data))
    assert (told.returncode, told.stdout) == (0, "sweden rejected nothing.\n")
    assert run("sources", "rejects", "nowhere", "--data", str(demo_data)).returncode == 1


def test_the_last_source_is_not_taken_out(tmp_path: Path, demo_data: Path) -> None:
    del tmp_path
    told = run("sources", "remove", "sweden", "--yes", "--data", str(demo_data))
    assert "the map would be empty" in told.stderr
