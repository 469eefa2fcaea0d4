"""Bounds, repetition and kills: what is served never changes by halves."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from graph.errors import LockedError
from graph.generation import DataFolder
from ingest.lastrun import read_last, recover
from ingest.problem import BoundsError, InputError
from ingest.registry import UnknownSourceError
from ingest.run import ingest
from tests.ingest.folder import Tables

KILLED = """
import os, signal, sys
from pathlib import Path
from graph.generation import DataFolder
from ingest.run import ingest

def progress(stage, done, total):
    if stage == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)

ingest(DataFolder(Path(sys.argv[1])), "sweden", Path(sys.argv[3]), progress=progress)
"""


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def served(data: DataFolder) -> int:
    generation = data.current()
    assert generation is not None
    return generation.number


def test_a_second_run_is_an_empty_diff_and_the_same_bytes(tables: Tables, published: DataFolder) -> None:
    tables.serve(published)
    kept = files(tables.data.path / "nodes")
    other = ingest(tables.data, "sweden", tables.path)  # asked for in other words: only the plan may differ
    assert not other.diff
    assert {name for name, raw in files(tables.data.path / "nodes").items() if kept[name] != raw} == {"sweden/run.json"}
    assert served(tables.data) == other.generation == 1
    kept = files(tables.data.path)
    second = ingest(tables.data, "sweden", tables.path)
    assert second.unchanged
    assert not second.diff
    assert files(tables.data.path) == kept
    third = ingest(tables.data, "sweden", tables.path, force=True)
    assert not third.diff
    assert served(tables.data) == third.generation == 2
    assert files(tables.data.path / "nodes") == {
        name.removeprefix("nodes/"): raw for name, raw in kept.items() if name.startswith("nodes/")
    }
    raw = {path.name for path in (tables.data.path / "raw").rglob("*") if path.is_file()}
    last = read_last(tables.data, "sweden")
    assert last is not None
    assert raw == set(last.said.run.inputs.values())
    assert last.said.run.data_date == "2026-11-23"


def test_rows_in_another_order_give_the_same_things(tables: Tables, published: DataFolder) -> None:
    for path in tables.path.glob("*.csv"):
        header, *rows = tables.rows(path.name)
        tables.write(path.name, [header, *reversed(rows)])
    diff = ingest(tables.data, "sweden", tables.path, dry_run=True)
    last = read_last(published, "sweden")
    assert last is not None
    assert set(diff.diff.added) == {node.key for node in last.said.nodes}


def test_a_dry_run_tells_the_diff_and_writes_nothing(tables: Tables, published: DataFolder) -> None:
    before = files(published.path)
    tables.set("organisations.csv", "aira,", "founded", "2021")
    report = ingest(published, "sweden", tables.path, dry_run=True)
    assert report.diff.changed == ("aira",)
    assert not report.diff.added
    assert report.generation is None
    assert files(published.path) == before


def test_rejects_are_kept_beside_the_nodes(tables: Tables) -> None:
    line = tables.set("relations.csv", "abb,partnerOf,fortum", "start", "lately")
    report = ingest(tables.data, "sweden", tables.path)
    assert report.rejected == 1
    last = read_last(tables.data, "sweden")
    assert last is not None
    assert [(p.file, p.line, p.column, p.value) for p in last.rejects] == [("relations.csv", line, "start", "lately")]


def test_too_many_bad_rows_stop_the_run_and_the_old_generation_stays(tables: Tables, published: DataFolder) -> None:
    tables.serve(published)
    before = files(tables.data.path)
    rows = tables.rows("participations.csv")
    for row in rows[1:60]:
        row[2] = "boss"
    tables.write("participations.csv", rows)
    with pytest.raises(BoundsError, match=r"59 of \d+ rows are rejected, the card allows 1.0%") as caught:
        ingest(tables.data, "sweden", tables.path)
    assert "participations.csv:2: column role: unknown role 'boss'" in str(caught.value)
    after = files(tables.data.path)
    assert {name: raw for name, raw in after.items() if not name.startswith("raw")} == {
        name: raw for name, raw in before.items() if not name.startswith("raw")
    }


def test_far_fewer_records_than_last_time_stop_the_run(tables: Tables, published: DataFolder) -> None:
    tables.serve(published)
    tables.write("has_technology.csv", tables.rows("has_technology.csv")[:40])
    with pytest.raises(BoundsError, match="a drop of 20%"):
        ingest(tables.data, "sweden", tables.path)
    assert served(tables.data) == 1


def test_fewer_records_than_the_card_asks_for(tables: Tables) -> None:
    tables.write("participations.csv", tables.rows("participations.csv")[:2])
    with pytest.raises(BoundsError, match="at least 2500"):
        tables.try_out()


@pytest.mark.parametrize("stage", ["extract", "build", "keep", "publish"])
def test_kill_9_leaves_what_is_served_and_the_next_run_succeeds(
    tables: Tables, published: DataFolder, stage: str
) -> None:
    tables.serve(published)
    tables.set("organisations.csv", "aira,", "founded", "2021")
    died = subprocess.run([sys.executable, "-c", KILLED, str(tables.data.path), stage, str(tables.path)], check=False)
    assert died.returncode == -signal.SIGKILL
    assert served(tables.data) == 1
    report = ingest(tables.data, "sweden", tables.path)
    assert served(tables.data) == report.generation == 2
    assert not [path for path in (tables.data.path / "nodes").iterdir() if path.name.startswith(".")]
    assert {path.name for path in tables.data.generations.iterdir()} <= {"1", "2"}


@pytest.mark.parametrize("litter", [".old-sweden", ".new-sweden"])
def test_a_kill_between_two_renames_is_mended(tables: Tables, published: DataFolder, litter: str) -> None:
    tables.serve(published)
    folder = tables.data.path / "nodes"
    if litter.startswith(".old"):
        (folder / "sweden").rename(folder / litter)
    else:
        (folder / litter).mkdir()
    with tables.data.lock():
        recover(tables.data)
    assert not tables.try_out().diff
    assert [path.name for path in folder.iterdir()] == ["sweden"]


def test_a_damaged_last_run_is_replaced_with_a_warning(tables: Tables, published: DataFolder) -> None:
    tables.serve(published)
    (tables.data.path / "nodes" / "sweden" / "nodes.jsonl").write_text('{"key": "a", "kind": "Wizard"}\n', "utf-8")
    report = tables.try_out()
    assert "nodes.jsonl is not what the run wrote" in report.warnings[0]
    assert report.diff.added


def test_two_ingests_do_not_meet(tables: Tables) -> None:
    with DataFolder(tables.data.path).lock(), pytest.raises(LockedError, match="another process"):
        ingest(tables.data, "sweden", tables.path)


def test_an_unknown_source_names_the_known_ones(tables: Tables) -> None:
    with pytest.raises(UnknownSourceError, match=r"known are .*sweden"):
        ingest(tables.data, "sverige")


def test_a_folder_without_the_files(tables: Tables, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"organisations.csv: the file is missing; put the seven files"):
        ingest(tables.data, "sweden", tmp_path)
