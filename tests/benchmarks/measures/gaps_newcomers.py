"""How often a newcomer finds a true partner: ties of every tenth organisation hidden, on CORDIS and on the demo."""

from __future__ import annotations

from collections.abc import Iterator

from graph.columns import Columns
from graph.gaps.collaboration import collaboration
from graph.gaps.newcomers_hidden import hidden
from graph.generation import DataFolder
from ingest.run import ingest
from tests.benchmarks.gaps.real_map import real_map
from tests.benchmarks.rig import FailedError, Rig
from tests.benchmarks.row import Row


def measure(rig: Rig) -> Iterator[Row]:
    """Share of the hidden with a true partner among the first ten, beside popularity."""
    data = DataFolder(rig.folder / "newcomers-demo")
    ingest(data, "sweden")
    current = data.current()
    if current is None:
        raise FailedError("the ingest published nothing")
    yield from _measured(Columns.load(current.columns), "the demo")
    yield from _measured(real_map(rig), "CORDIS")


def _measured(columns: Columns, name: str) -> Iterator[Row]:
    found = hidden(collaboration(columns))
    for method, share in found.hits.items():
        yield Row(f"newcomers of {name}: a true partner in the first ten, {method}", share, "", found.actors)
