"""The true export, read in place; and going on after a kill."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from graph.node import Money
from ingest import resuming
from ingest.contract import Checkpoint, Extraction, Record
from ingest.problem import Problem
from ingest.registry import load
from tests.ingest.swecris.samples import repeated, row, table, write

REAL = Path(__file__).parents[4] / "shared" / "data" / "swecris" / "swecris_kth_no_people.csv.gz"


def read(path: Path, state: dict[str, str]) -> tuple[list[Record | Checkpoint], list[Problem], list[str]]:
    rejected: list[Problem] = []
    warned: list[str] = []
    task = Extraction((path,), rejected.append, warned.append, Path.read_bytes)
    return list(load("swecris").extract(task, state)), rejected, warned


def test_it_goes_on_from_each_checkpoint_with_the_same_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resuming, "EVERY", 3)
    rows = [row(f"2031-0000{n}_Vindfond") for n in range(9)] + [repeated("2031-00004_RJ")]
    path = write(tmp_path / "a.csv", table(*rows))
    whole, _, _ = read(path, {})
    places = [place for place, one in enumerate(whole) if isinstance(one, Checkpoint)]
    assert len(places) == 5
    for place in places[:-1]:
        at = whole[place]
        assert isinstance(at, Checkpoint)
        assert read(path, dict(at.state))[0] == whole[place + 1 :]
    assert whole[-1] == Checkpoint({"data_date": "2032-05-15"})


@pytest.mark.skipif(not REAL.is_file(), reason="needs ../shared/data/swecris")
def test_the_true_export_counts_each_grant_once() -> None:
    said, rejected, warned = read(REAL, {})
    assert rejected == []
    assert warned[0].startswith("1,372 rows repeat a grant of another funder")
    assert "4.13 billion SEK counted once" in warned[0]
    source = load("swecris")
    nodes = {node.key: node for one in said if isinstance(one, Record) for node in source.map(one)}
    kinds = Counter(node.kind for node in nodes.values())
    assert kinds["Grant"] == kinds["Project"] == 6519 - 1372
    assert all(key in nodes for node in nodes.values() for _, key in node.refs())
    sums = [v.value for node in nodes.values() for v in node.values.get("amount", []) if isinstance(v, Money)]
    assert Decimal(10**10) < sum(sums) < Decimal(10**11)
    assert sum(len(node.evidence) > 1 for node in nodes.values() if node.kind == "Grant") == 1372
    assert nodes["swecris:org/202100-3054"].values["orgNumber"] == ["202100-3054"]
