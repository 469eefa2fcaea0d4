"""The bundled demo from its tables to a published generation, in an empty data folder each time."""

from __future__ import annotations

from collections.abc import Iterator

from tests.benchmarks.rig import Rig
from tests.benchmarks.row import Row


def measure(rig: Rig) -> Iterator[Row]:
    used = [rig.run("ingest", "sweden", "--data", str(rig.folder / f"ingest-{turn}")) for turn in range(rig.runs)]
    yield Row.of("ingest of the demo", [one.seconds for one in used], "s")
    yield Row.of("ingest of the demo, peak memory", [one.peak_mb for one in used], "MB")
