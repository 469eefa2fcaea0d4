"""The data folder: what is served never changes under a build that fails, waits or is killed."""

from __future__ import annotations

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from graph.build import build_generation, rebuild
from graph.columns import Columns
from graph.edits import Edits
from graph.errors import BuildError, DataFolderError, LockedError
from graph.generation import DataFolder, Generation
from graph.node import Node, Ref
from graph.search import Search
from graph.store import EmbeddedStore
from ontology.terms import BASE
from tests.graph.conftest import BUILT
from tests.graph.little import PAGE, little
from tests.graph.sample import source

ROOT = Path(__file__).parents[2]


def assert_serves(data: DataFolder, number: int) -> None:
    current = data.current()
    assert current is not None
    assert current.number == number
    assert Columns.load(current.columns).nodes.height > 0
    assert len(EmbeddedStore.read_only(current.store)) > 1000
    assert Search(current.search).find("åkraft")


def test_nothing_is_there_before_the_first_build(data: DataFolder) -> None:
    assert data.current() is None
    assert not data.path.exists()


def test_a_build_is_not_served_until_it_is_published(data: DataFolder) -> None:
    built = build_generation(data, little(), BASE, built=BUILT)
    assert data.current() is None
    data.publish(built)
    assert_serves(data, 1)


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = (rebuild(DataFolder(tmp_path / name), little(), BASE, built=BUILT) for name in "ab")
    assert one.manifest == two.manifest
    assert EmbeddedStore.read_only(one.store).digest() == EmbeddedStore.read_only(two.store).digest()
    for path in sorted(one.columns.iterdir()):
        assert path.read_bytes() == (two.columns / path.name).read_bytes(), path.name
    assert one.search.read_bytes() == two.search.read_bytes()


def test_the_order_of_sources_does_not_matter(tmp_path: Path) -> None:
    one = rebuild(DataFolder(tmp_path / "a"), little(), BASE, built=BUILT)
    two = rebuild(DataFolder(tmp_path / "b"), reversed(little()), BASE, built=BUILT)
    assert one.manifest.sha256 == two.manifest.sha256


def test_this_generation_and_the_one_before_are_kept(data: DataFolder) -> None:
    for _ in range(4):
        rebuild(data, little(), BASE, built=BUILT)
    assert sorted(path.name for path in data.generations.iterdir()) == ["3", "4"]


def test_a_build_that_fails_leaves_what_is_served(data: DataFolder) -> None:
    rebuild(data, little(), BASE, built=BUILT)
    dangling = Node("rel/x", "Site", [PAGE]).add("siteOf", Ref("nobody"))
    with pytest.raises(BuildError, match=r"bad: rel/x siteOf nobody"):
        rebuild(data, [source("bad", [dangling])], BASE, built=BUILT)
    assert_serves(data, 1)


def test_a_second_builder_is_told_to_wait(data: DataFolder) -> None:
    with data.lock(), pytest.raises(LockedError, match="another process is building"), DataFolder(data.path).lock():
        pass
    with DataFolder(data.path).lock():
        pass


def test_the_lock_holds_across_threads_of_one_folder(data: DataFolder) -> None:
    def build() -> None:
        with data.lock():
            pass

    with data.lock(), ThreadPoolExecutor(1) as pool, pytest.raises(LockedError):
        pool.submit(build).result()
    with data.lock(), data.lock():
        pass


def test_the_lock_holds_across_processes(data: DataFolder) -> None:
    code = "import sys; from graph.generation import DataFolder\nwith DataFolder(sys.argv[1]).lock(): pass"
    with data.lock():
        done = subprocess.run(
            [sys.executable, "-c", code, str(data.path)], cwd=ROOT, capture_output=True, text=True, check=False
        )
    assert "LockedError" in done.stderr


def test_a_file_in_the_place_of_the_folder_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("not a folder")
    with pytest.raises(DataFolderError, match="is not a folder"):
        rebuild(DataFolder(tmp_path / "var"), little(), BASE, built=BUILT)


def test_a_folder_where_nothing_can_be_made_is_one_clear_error() -> None:
    with pytest.raises(DataFolderError, match="cannot be written"):
        rebuild(DataFolder("/proc/cleantech"), little(), BASE, built=BUILT)


@pytest.mark.parametrize("damage", ["manifest.json", "search.sqlite", "current"])
def test_damage_is_one_clear_error_and_the_next_build_mends_it(data: DataFolder, damage: str) -> None:
    generation = rebuild(data, little(), BASE, built=BUILT)
    if damage == "current":
        (data.path / "current").write_text("7\n")
    else:
        (generation.path / damage).unlink()
    with pytest.raises(DataFolderError, match="missing"):
        data.current()
    rebuild(data, little(), BASE, built=BUILT)
    current = data.current()
    assert current is not None
    assert current.number > 1


def test_a_damaged_generation_that_holds_edits_is_not_replaced(data: DataFolder) -> None:
    generation = rebuild(data, little(), BASE, built=BUILT)
    Edits.of(generation.path).live.mkdir(parents=True)
    (generation.path / "manifest.json").unlink()
    with pytest.raises(DataFolderError, match="holds edits"):
        rebuild(data, little(), BASE, built=BUILT)
    assert data.current_number() == generation.number


# The build runs in a process of its own, which kills itself as `kill -9` would, just before the step named.
KILLED = """
import os, signal, sys
from importlib import import_module
from graph.build import rebuild
from graph.generation import DataFolder
from ontology.terms import BASE
from tests.graph.little import little
place, name = sys.argv[2].rsplit(".", 1)
owner = import_module("graph." + place.split(".")[0])
for part in place.split(".")[1:]:
    owner = getattr(owner, part)
setattr(owner, name, lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
rebuild(DataFolder(sys.argv[1]), little(), BASE, built="2026-11-23T12:00:00Z")
"""
STAGES = (
    "build.build_columns",
    "build.build_search",
    "store_load._load",
    "store_load._finish",
    "manifest.Manifest.write",
    "generation.DataFolder.finish_draft",
    "generation.DataFolder.publish",
    "generation.Path.replace",
    "generation.shutil.rmtree",
)


@pytest.mark.parametrize("stage", STAGES)
def test_killed_at_any_stage_the_old_generation_goes_on(data: DataFolder, stage: str) -> None:
    rebuild(data, little(), BASE, built=BUILT)
    rebuild(data, little(), BASE, built=BUILT)
    command = [sys.executable, "-c", KILLED, str(data.path), stage]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    # Clearing old generations comes after the flip: only then is the new one served.
    assert_serves(data, 3 if stage.endswith("rmtree") else 2)
    following = rebuild(data, little(), BASE, built=BUILT)
    assert_serves(data, following.number)
    names = {path.name for path in data.generations.iterdir()}
    assert names == {str(following.number), str(following.number - 1)}


def test_manifest_tells_what_was_built(data: DataFolder) -> None:
    manifest = rebuild(data, little(), BASE, built=BUILT).manifest
    assert manifest.built == BUILT
    assert [summary.name for summary in manifest.sources] == ["one", "two"]
    assert manifest.counts["organisations"] == 3
    assert manifest.counts["efforts"] == 1
    assert manifest.counts["collaborations"] == 1
    assert Generation.open(data.generations / "1").manifest == manifest


def test_the_base_must_be_an_address(data: DataFolder) -> None:
    for base in ("https://example.org/x", "no address/"):
        with pytest.raises(BuildError, match="base"):
            build_generation(data, little(), base, built=BUILT)
