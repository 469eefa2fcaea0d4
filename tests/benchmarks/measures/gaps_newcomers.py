"""How often a newcomer finds a true partner: ties of every tenth organisation hidden, on CORDIS and on the demo."""

from __future__ import annotations

from collections.abc import Iterator

from graph.build import rebuild
from graph.columns import Columns
from graph.gaps.collaboration import collaboration
from graph.gaps.newcomers_hidden import hidden
from graph.generation import DataFolder
from ingest.run import ingest
from ontology.terms import BASE
from tests.benchmarks import shared
from tests.benchmarks.mapped import said
from tests.benchmarks.rig import Rig
from tests.benchmarks.row import Row

_BUILT = "2026-01-01T00:00:00Z"


def measure(rig: Rig) -> Iterator[Row]:
    """Share of the hidden with a true partner among the first ten, beside popularity."""
    data = DataFolder(rig.folder / "newcomers-demo")
    ingest(data, "sweden")
    yield from _measured(data, "demo")
    shared.require()
    cordis = DataFolder(rig.folder / "newcomers-cordis")
    rebuild(cordis, [said("cordis", (shared.CORDIS,))], BASE, built=_BUILT)
    yield from _measured(cordis, "CORDIS")


def _measured(data: DataFolder, name: str) -> Iterator[Row]:
    current = data.current()
    if current is None:
        return
    found = hidden(collaboration(Columns.load(current.columns)))
    for method, share in found.hits.items():
        yield Row(f"newcomers of {name}: a true partner in the first ten, {method}", share, "", found.actors)
