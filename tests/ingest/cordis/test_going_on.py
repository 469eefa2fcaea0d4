"""Checkpoints: a run that was killed goes on behind one and gives the same records as a run that was not."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from ingest.contract import Checkpoint, Extraction, Record
from ingest.registry import load
from tests.ingest.cordis.sample import Sample

MANY = 6_000


@pytest.fixture
def many(sample: Sample) -> Path:
    """A folder with 6,000 more participations."""
    file = sample.current / "organization.csv"
    lines = file.read_text("utf-8").splitlines()
    row = lines[1].replace("999900011", "9999{:05}").replace("SUNBARN", "SUN;BARN")
    lines += [row.replace("{:05}", f"{number:05}") for number in range(20_000, 20_000 + MANY)]
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return sample.current


def extracted(given: Path, state: Mapping[str, str], **options: str) -> tuple[list[Record | Checkpoint], list[int]]:
    """What comes of it, and how many records were announced."""
    source = load("cordis", [given])
    announced: list[int] = []
    task = Extraction(
        (given,), lambda _: None, lambda _: None, Path.read_bytes, options=options, expect=announced.append
    )
    return list(source.extract(task, state)), announced


def test_a_run_goes_on_behind_its_last_checkpoint(many: Path) -> None:
    whole, announced = extracted(many, {})
    records = [one for one in whole if isinstance(one, Record)]
    points = [(number, one) for number, one in enumerate(whole) if isinstance(one, Checkpoint)]
    assert announced == [len(records)]
    assert len(points) == 1 + len(records) // 5_000
    for number, point in points[:-1]:
        rest, _ = extracted(many, point.state)
        assert rest == whole[number + 1 :]


def test_the_last_checkpoint_is_that_of_a_whole_run(many: Path) -> None:
    whole, _ = extracted(many, {})
    last = whole[-1]
    assert isinstance(last, Checkpoint)
    assert last.state == {"data_date": "2024-02-03"}
    assert extracted(many, last.state)[0] == whole


def test_another_input_begins_anew(many: Path) -> None:
    whole, _ = extracted(many, {})
    point = next(one for one in whole if isinstance(one, Checkpoint))
    file = many / "topics.csv"
    file.write_bytes(file.read_bytes() + b"\n")
    assert extracted(many, point.state)[0][0] == whole[0]
    assert extracted(many, point.state, programme="horizon")[0][0] == whole[0]
