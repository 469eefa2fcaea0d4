"""From the start of `cleantech serve` on a ready data folder to the first answer with key figures."""

from __future__ import annotations

from collections.abc import Iterator

from tests.benchmarks.rig import Rig
from tests.benchmarks.row import Row


def measure(rig: Rig) -> Iterator[Row]:
    seconds = []
    for _ in range(rig.runs):
        with rig.server() as (_, taken):
            seconds.append(taken)
    yield Row.of("cold start to the first answer", seconds, "s")
