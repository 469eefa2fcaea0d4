"""The networks that the explorer is measured on, each built and published by the project itself, once."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from graph.build import build_generation
from graph.generation import DataFolder
from ontology.terms import BASE
from tests.benchmarks.explorer.clustered import Size, clustered
from tests.benchmarks.rig import Rig

SMALL: Final = "2k"
MIDDLE: Final = "10k"
GREAT: Final = "50k"
# `GREAT` has 50,000 organisations for the search; all three have nodes as their name says, or some more.
SIZES: Final = {
    SMALL: Size(organisations=1_200, projects=800, participations=8_000),
    MIDDLE: Size(organisations=6_000, projects=4_000, participations=40_000),
    GREAT: Size(organisations=50_000, projects=5_000, participations=100_000),
}
_BUILT: Final = "2026-11-25T00:00:00Z"


def network(rig: Rig, name: str) -> Path:
    """The data folder of one of `SIZES`, in the folder that is kept when there is one."""
    data = DataFolder((rig.kept or rig.folder) / f"explorer-{name}")
    if data.current() is None:
        data.publish(build_generation(data, [clustered(SIZES[name])], BASE, built=_BUILT))
    return data.path
