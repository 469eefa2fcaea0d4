"""kill -9 at any time: what was acknowledged is there afterwards, and nothing is there by half. `kills` kills more."""

from __future__ import annotations

from pathlib import Path

from tests.writer.kills import run

KILLS = 50


def test_processes_are_killed_at_random_under_load(tmp_path: Path) -> None:
    load, done = run(tmp_path / "data", KILLS, seed=1, seconds=120)
    assert load.book.wrong == []
    assert load.book.unknown == 0
    assert done.total() >= KILLS
    assert set(done) == {"web", "writer", "reader"}
    assert load.book.asked
    assert load.book.added
    assert load.book.gone
    assert len(load.book.written) > 10  # between kills a busy machine acknowledges few
