"""Orphan research, funding deserts, chains, white space and the venture day: on CORDIS, and on a seeded network.

Without `--keep FOLDER` (a data folder in which CORDIS is ingested) the real data is ingested first, which takes minutes.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Final

from graph.columns import Columns
from graph.gaps.answer import Answer
from graph.gaps.chains import chains
from graph.gaps.collaboration import Collaboration, collaboration
from graph.gaps.deserts import deserts
from graph.gaps.orphans import orphans
from graph.gaps.venture_day import venture_day
from graph.gaps.whitespace import white_space
from graph.generation import DataFolder
from tests.benchmarks.rig import FailedError, Rig
from tests.benchmarks.row import Row, SkippedError
from tests.benchmarks.scale.chain import new_chain
from tests.benchmarks.seeded import seeded

FINDINGS: Final[dict[str, Callable[[Collaboration], Answer[object]]]] = {
    "orphan research": orphans,
    "funding deserts": deserts,
    "chains": chains,
    "white space": white_space,
    "venture day": venture_day,
}
_ORGANISATIONS, _PROJECTS = 5_000, 20_000


def measure(rig: Rig) -> Iterator[Row]:
    """Wall clock and processor time of each, the first call on new columns, the network included once."""
    yield from _times("seeded 5,000/20,000", lambda: seeded(_ORGANISATIONS, _PROJECTS), rig.runs)
    try:
        columns = _cordis(rig)
    except SkippedError as reason:
        yield Row(f"gaps: CORDIS left out, {reason}", 0, "")
        return
    yield from _times("CORDIS", lambda: Columns(**{name: getattr(columns, name) for name in _TABLES}), rig.runs)


_TABLES: Final = ("nodes", "relations", "facts", "evidence", "technology", "links")


def _times(what: str, columns: Callable[[], Columns], runs: int) -> Iterator[Row]:
    wall: dict[str, list[float]] = {}
    busy: dict[str, list[float]] = {}
    for _ in range(runs):
        held = columns()  # new ones, so that no cache of the last run helps
        for name, took, used in _once(held):
            wall.setdefault(name, []).append(took)
            busy.setdefault(name, []).append(used)
    for name, seconds in wall.items():
        yield Row.of(f"gaps: {name}, {what}", seconds, "s")
        yield Row.of(f"gaps: {name}, {what}, processor time", busy[name], "s")


def _once(columns: Columns) -> Iterator[tuple[str, float, float]]:
    began, used = time.perf_counter(), time.process_time()
    net = collaboration(columns)
    yield "network", time.perf_counter() - began, time.process_time() - used
    for name, find in FINDINGS.items():
        before, spent = time.perf_counter(), time.process_time()
        find(net)
        yield name, time.perf_counter() - before, time.process_time() - spent
    yield "all of regions", time.perf_counter() - began, time.process_time() - used


def _cordis(rig: Rig) -> Columns:
    kept = None if rig.kept is None else DataFolder(rig.kept).current()
    if kept is None:
        data = new_chain(rig)
        data.step("cordis")
        kept = DataFolder(data.data).current()
    if kept is None:
        raise FailedError("the ingest published nothing")
    return Columns.load(kept.columns)
