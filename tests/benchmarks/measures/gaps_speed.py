"""How long it takes to score all pairs of the real CORDIS, and of a part of it; the memory; one organisation; plain NetworkX."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

from graph.generation import DataFolder
from tests.benchmarks.gaps.real_map import FOLDER, real_map
from tests.benchmarks.rig import FailedError, Rig
from tests.benchmarks.row import Row
from tests.benchmarks.watch import watched


def measure(rig: Rig) -> Iterator[Row]:
    """One run each, in a process of its own."""
    real_map(rig)
    held = DataFolder((rig.kept or rig.folder) / FOLDER).current()
    if held is None:
        raise FailedError("the ingest published nothing")
    for name, task in (("5,000 organisations, 20,000 projects", "part"), ("all of CORDIS", "whole")):
        command = [sys.executable, "-m", "tests.benchmarks.gaps.speed", str(held.columns), task]
        run = watched(command, rig.log)
        took = json.loads(run.words.splitlines()[-1])
        yield Row(f"gaps: {name}, network and parts", took["build"], "s")
        yield Row(f"gaps: {name}, all pairs scored", took["score"], "s")
        yield Row(f"gaps: {name}, peak memory", run.peak_mb, "MB")
        yield Row(f"gaps: {name}, one organisation against all, at most", took["one"] * 1000, "ms")
        yield Row(
            f"gaps: {name}, pairs a second / NetworkX resource_allocation_index", took["ours"] / took["networkx"], "x"
        )
