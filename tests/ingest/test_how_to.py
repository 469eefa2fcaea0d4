"""The page about adding a source shows what `sources new source` writes, and works as it is written."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from graph.generation import DataFolder
from graph.node import PartialDate
from ingest import skeleton
from ingest.card import read_card
from ingest.contract import Extraction, Source
from ingest.lastrun import read_last
from ingest.problem import BoundsError, IngestError
from ingest.run import run
from ingest.skeleton import new_source

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "add-a-source.md"
SKELETONS = Path(skeleton.__file__).with_name("skeletons")


def block(language: str) -> str:
    found = re.findall(rf"```{language}\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert len(found) == 1
    return str(found[0])


@pytest.fixture
def trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Source:
    card = tmp_path / "trial" / "source.toml"
    card.parent.mkdir()
    card.write_text(block("toml"), "utf-8")
    module = ModuleType("trial_map")
    module.__file__ = str(card.parent / "map.py")
    monkeypatch.setitem(sys.modules, "trial_map", module)
    exec(compile(block("python"), str(PAGE), "exec"), module.__dict__)  # noqa: S102 - the code of our own page
    source: Source = module.open_source(read_card(card), ())
    return source


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "testbeds.csv"
    path.write_bytes((SKELETONS / "testbeds.csv").read_bytes())
    return path


def test_the_page_shows_what_the_command_writes() -> None:
    assert block("toml") == (SKELETONS / "source.toml").read_text("utf-8")
    assert block("python") == (SKELETONS / "map.py.txt").read_text("utf-8")


def test_the_page_tells_all_that_extract_is_given() -> None:
    page = PAGE.read_text("utf-8")
    for name in Extraction.__dataclass_fields__:
        assert f"`task.{name}" in page


def test_the_source_of_the_page_is_published(trial: Source, rows: Path, tmp_path: Path) -> None:
    data = DataFolder(tmp_path / "var")
    report = run(trial, data, rows.parent)
    assert (report.records, report.rejected, report.generation) == (2, 0, 1)
    last = read_last(data, "trial")
    assert last is not None
    nodes = {node.key: node for node in last.said.nodes}
    assert nodes["trial:loop"].values["founded"] == [PartialDate("2019-05")]
    assert sum(node.kind == "Participation" for node in nodes.values()) == 1


def test_a_circle_in_it_breaches_the_bounds(trial: Source, rows: Path, tmp_path: Path) -> None:
    rows.write_text(rows.read_text("utf-8").replace("2016,,", "2016,loop,"), "utf-8")
    with pytest.raises(BoundsError, match="arena -> loop -> arena goes round"):
        run(trial, DataFolder(tmp_path / "var"), tmp_path)


def test_a_source_is_written_into_a_checkout_alone(tmp_path: Path) -> None:
    with pytest.raises(IngestError, match="this is an installed package"):
        new_source("pilots", tmp_path)
    for name in ("two-words", "class", "9x", ""):
        with pytest.raises(IngestError, match=r"not a slug|cannot be the name of a package"):
            new_source(name, tmp_path)
