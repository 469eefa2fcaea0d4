"""The matrix of groups on real CORDIS: stable over two halves, silent where there is nothing, and fast enough to wait for."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import partial

import numpy as np

from graph.columns import Columns
from graph.gaps.collaboration import Collaboration, collaboration
from graph.gaps.grouping import BY
from graph.gaps.matrix import LEAST, matrix
from graph.gaps.scope import scope_of
from graph.gaps.tally import Table, tallies
from graph.generation import DataFolder
from tests.benchmarks.gap_matrix.plain import chance
from tests.benchmarks.gap_matrix.stability import Stable, drawn, false_gaps, shuffled, stability, tables
from tests.benchmarks.rig import FailedError, Rig
from tests.benchmarks.row import Row, SkippedError
from tests.benchmarks.shared import CORDIS

_SEEDS = 3
_PLAIN = 2  # reshuffles of the plain way, which takes long


def measure(rig: Rig) -> Iterator[Row]:
    yield from _made_up(rig)
    columns = _cordis(rig)
    net = collaboration(columns)
    yield from _real(rig, columns, net)
    found = list(stability(columns))
    rig.texts["gaps_matrix"] = _markdown(found)
    rig.details["gaps_matrix"] = {"stability": [asdict(one) for one in found]}
    for one in found:
        if one.correlation is not None and one.least == int(LEAST):
            yield Row(
                f"matrix: gaps of two halves, {_named(one)}, E >= 5, rank correlation", one.correlation, "", one.cells
            )
    yield from _silence(net)


def _cordis(rig: Rig) -> Columns:
    """All of it, in a folder that other benchmarks of the gap finder may find there."""
    if not CORDIS.is_file():
        raise SkippedError("../shared/data/cordis is not on this machine")
    folder = rig.folder / "gaps-cordis"
    if not folder.exists():
        rig.run("ingest", "cordis", "--input", str(CORDIS), "--data", str(folder))
    current = DataFolder(folder).current()
    if current is None:
        raise FailedError("the ingest published nothing")
    return Columns.load(current.columns)


def _made_up(rig: Rig) -> Iterator[Row]:
    """5,000 organisations in 20,000 projects."""
    table = made_up()
    ours = _timed(rig.runs, partial(tallies, [table], 200, 0, LEAST))
    yield from _told("5,000 organisations, 20,000 projects, 24 groups, 200 reshuffles", ours)
    ((_, theirs),) = _timed(1, partial(chance, table, _PLAIN, 0))
    ratio = theirs / _PLAIN * 200 / float(np.median([busy for _, busy in ours]))
    yield Row(f"matrix: the same on NetworkX (from {_PLAIN} reshuffles) / ours, processor time", ratio, "x")


def made_up(actors: int = 5_000, occasions: int = 20_000) -> Table:
    """Sizes and activity with long tails, as on CORDIS."""
    rng = np.random.default_rng(0)
    sizes = np.clip(rng.geometric(0.22, occasions) + 1, 2, 60)
    number = np.repeat(np.arange(occasions), sizes)
    likely = rng.lognormal(0, 1.4, actors)
    who = rng.choice(actors, len(number), p=likely / likely.sum())
    _, first = np.unique(number * actors + who, return_index=True)
    return Table(
        who[first], number[first], 2.0 ** (-rng.integers(0, 8, occasions) / 5), rng.integers(0, 24, actors), 24
    )


def _real(rig: Rig, columns: Columns, net: Collaboration) -> Iterator[Row]:
    for by in BY:
        yield from _told(f"all technologies of CORDIS, by {by}", _timed(rig.runs, partial(matrix, net, by=by)))
    for tech in ("batteries", "energy-generation"):
        one = collaboration(columns, scope_of(columns, technology=[tech]))
        for by in BY:
            yield from _told(f"{tech} of CORDIS, by {by}", _timed(rig.runs, partial(matrix, one, by=by)))


def _silence(net: Collaboration) -> Iterator[Row]:
    """How many cells at E >= 5 look like a gap where there is none."""
    held = tables(net, "type", [int(node) for node in net.techs]) + tables(net, "region-type", [None])
    for what, change in (("shuffled", shuffled), ("groups by lot", drawn)):
        tested = false = 0
        for seed in range(_SEEDS):
            found = false_gaps([change(table, seed) for table in held])
            tested, false = tested + found[0], false + found[1]
        if tested:
            yield Row(f"matrix: false gaps at E >= 5, {what}", false / tested, "", tested)


def _timed(runs: int, work: Callable[[], object]) -> list[tuple[float, float]]:
    """Seconds of wall clock and of processor time; the second stays what it is when other work runs."""
    taken = []
    for _ in range(runs):
        began, busy = time.perf_counter(), time.process_time()
        work()
        taken.append((time.perf_counter() - began, time.process_time() - busy))
    return taken


def _told(what: str, taken: list[tuple[float, float]]) -> Iterator[Row]:
    yield Row.of(f"matrix: {what}", [wall for wall, _ in taken], "s")
    yield Row.of(f"matrix: {what}, processor time", [busy for _, busy in taken], "s")


def _named(one: Stable) -> str:
    return f"{one.by}, {'each technology' if one.technologies else 'all projects'}"


def _markdown(found: list[Stable]) -> str:
    lines = ["| groups | E >= | cells | rank correlation |", "|---|--:|--:|--:|"]
    for one in found:
        told = "" if one.correlation is None else f"{one.correlation:.2f}"
        lines.append(f"| {_named(one)} | {one.least} | {one.cells:,} | {told} |")
    return "\n".join([*lines, ""])
