"""The page about adding a source works as it is written."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from graph.generation import DataFolder
from graph.node import PartialDate
from ingest.card import read_card
from ingest.contract import Source
from ingest.lastrun import read_last
from ingest.problem import BoundsError
from ingest.run import run

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "add-a-source.md"
ROWS = """slug,name,opened,part_of,page
arena,Arenan,2016,,https://example.org/arena
loop,Slingan,2019-05,arena,https://example.org/loop
"""


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
    monkeypatch.setitem(sys.modules, "trial_map", module)
    exec(compile(block("python"), str(PAGE), "exec"), module.__dict__)  # noqa: S102 - the code of our own page
    source: Source = module.open_source(read_card(card), ())
    return source


def test_the_source_of_the_page_is_published(trial: Source, tmp_path: Path) -> None:
    (tmp_path / "testbeds.csv").write_text(ROWS, "utf-8")
    data = DataFolder(tmp_path / "var")
    report = run(trial, data, tmp_path)
    assert (report.records, report.rejected, report.generation) == (2, 0, 1)
    last = read_last(data, "trial")
    assert last is not None
    nodes = {node.key: node for node in last.said.nodes}
    assert nodes["trial:loop"].values["founded"] == [PartialDate("2019-05")]
    assert sum(node.kind == "Participation" for node in nodes.values()) == 1


def test_a_circle_in_it_breaches_the_bounds(trial: Source, tmp_path: Path) -> None:
    (tmp_path / "testbeds.csv").write_text(ROWS.replace("2016,,", "2016,loop,"), "utf-8")
    with pytest.raises(BoundsError, match="arena -> loop -> arena goes round"):
        run(trial, DataFolder(tmp_path / "var"), tmp_path)
