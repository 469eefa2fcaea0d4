"""The code of the first load of every page of the explorer, in bytes."""

from __future__ import annotations

from collections.abc import Iterator

from tests.benchmarks.explorer.loads import PAGES, loads
from tests.benchmarks.explorer.report import report
from tests.benchmarks.rig import Rig
from tests.benchmarks.row import Row


def measure(rig: Rig) -> Iterator[Row]:
    """Each page in a fresh browser: some minutes in all."""
    with rig.server() as (address, _):
        told = list(loads(address, PAGES))
    rows = [Row(f"code of {load.page}, gzip", load.packed / 1000, "kB") for load in told]
    rig.texts["explorer_code"] = report(told, rows)
    yield from rows
