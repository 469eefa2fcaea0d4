"""A killed run goes on at its last checkpoint; what vanished from a source is withdrawn and stays explainable."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from graph.errors import DataFolderError
from graph.generation import DataFolder
from graph.identities import Identities
from graph.node import Node
from ingest.lastrun import read_last
from ingest.partial import Harvest, Partial
from ingest.problem import BoundsError
from ingest.resolve import read_ids
from ingest.run import run
from tests.ingest.pages import Pages

NAMES = [f"thing{number:02}" for number in range(35)]


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "pages.txt"
    path.write_text("\n".join(["!bad", *NAMES]), "utf-8")
    return path


def killed(data: DataFolder, lines: Path, at: int) -> None:
    module = [sys.executable, "-m", "tests.ingest.pages", str(data.path), str(lines), str(at)]
    assert subprocess.run(module, cwd=Path(__file__).parents[2], check=False).returncode == -signal.SIGKILL


def kept(data: DataFolder) -> dict[str, bytes]:
    folder = data.path / "nodes" / "pages"
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "run.json"}


def test_a_killed_run_goes_on_at_its_last_checkpoint(lines: Path, tmp_path: Path) -> None:
    killed_data, whole = DataFolder(tmp_path / "killed"), DataFolder(tmp_path / "whole")
    killed(killed_data, lines, 17)
    source = Pages()
    report = run(source, killed_data, lines, checkpoint=0)
    assert source.read == list(range(11, 37))
    assert (report.records, report.rejected, len(report.rejects)) == (35, 1, 1)
    run(Pages(), whole, lines)
    assert kept(killed_data) == kept(whole)
    first, other = read_last(killed_data, "pages"), read_last(whole, "pages")
    assert first is not None
    assert other is not None
    assert first.kept.run.inputs == other.kept.run.inputs
    assert not list((killed_data.path / "nodes").glob(".*"))


def test_it_may_be_killed_again_and_again(lines: Path, tmp_path: Path) -> None:
    data = DataFolder(tmp_path / "var")
    for at in (12, 23, 36):
        killed(data, lines, at)
    source = Pages()
    assert run(source, data, lines, checkpoint=0).records == 35
    assert source.read == list(range(31, 37))


def test_another_input_begins_anew(lines: Path, tmp_path: Path) -> None:
    data = DataFolder(tmp_path / "var")
    killed(data, lines, 17)
    lines.write_text("other", "utf-8")
    source = Pages()
    assert run(source, data, lines).records == 1
    assert source.read == [1]


def test_a_torn_checkpoint_begins_anew(lines: Path, tmp_path: Path) -> None:
    data = DataFolder(tmp_path / "var")
    killed(data, lines, 17)
    [segment] = (data.path / "nodes" / ".part-pages").glob("*.jsonl")
    segment.write_bytes(segment.read_bytes()[:-20])
    source = Pages()
    assert run(source, data, lines).records == 35
    assert source.read[0] == 1


def test_what_vanished_is_withdrawn_and_explained(lines: Path, tmp_path: Path) -> None:
    data = DataFolder(tmp_path / "var")
    run(Pages(), data, lines)
    lines.write_text("\n".join(NAMES[1:]), "utf-8")
    report = run(Pages(), data, lines)
    assert report.diff.removed == ("pages:thing00",)
    folder = data.path / "nodes" / "pages"
    [gone] = [json.loads(line) for line in (folder / "withdrawn.jsonl").read_text("utf-8").splitlines()]
    assert (gone["key"], gone["node"]["values"]["name"]) == ("pages:thing00", [{"text": "thing00", "lang": "en"}])
    assert list(gone["inputs"]) == ["pages.txt"]
    assert nowhere(data) == {"pages:thing00", minted(data, "pages:thing00")}
    lines.write_text("\n".join(NAMES[2:]), "utf-8")
    run(Pages(), data, lines)
    assert [json.loads(line)["key"] for line in (folder / "withdrawn.jsonl").read_text("utf-8").splitlines()] == [
        "pages:thing00",
        "pages:thing01",
    ]
    lines.write_text("\n".join(NAMES), "utf-8")
    assert run(Pages(), data, lines).diff.added == ("pages:thing00", "pages:thing01")
    assert (folder / "withdrawn.jsonl").read_bytes() == b""
    assert nowhere(data) == set()
    assert identities(data).id_of["pages:thing00"] == minted(data, "pages:thing00")


def identities(data: DataFolder) -> Identities:
    generation = data.current()
    assert generation is not None
    return Identities.load(generation.identities)


def nowhere(data: DataFolder) -> set[str]:
    return {old for old, new in identities(data).leads_to.items() if new is None}


def minted(data: DataFolder, key: str) -> str:
    return dict(read_ids(data))[key]


def test_too_much_that_vanishes_is_a_breach(lines: Path, tmp_path: Path) -> None:
    data = DataFolder(tmp_path / "var")
    run(Pages(), data, lines)
    lines.write_text("\n".join(NAMES[20:]), "utf-8")
    with pytest.raises(BoundsError, match="15 good records after 35 last time"):
        run(Pages(), data, lines)
    assert len(run(Pages(), data, lines, accept_drop=True).diff.removed) == 20


def test_a_full_disk_is_one_clear_error(lines: Path, tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    data = DataFolder(tmp_path / "var")
    (data.folder("nodes", ".part-pages") / "0001.jsonl").symlink_to(full)
    (data.path / "nodes" / ".part-pages" / "plan").write_text("none")
    partial = Partial.of(data, "pages", "none", every=0)
    with pytest.raises(DataFolderError, match="the disk is full"):
        partial.checkpoint(Harvest([Node("a", "Company")] * 1000))
    assert lines.exists()
