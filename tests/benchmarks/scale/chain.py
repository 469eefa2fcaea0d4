"""The real sources into one data folder, one after the other, each run of the command line watched."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from graph.generation import DataFolder
from ingest.registry import names
from tests.benchmarks import shared
from tests.benchmarks.rig import Rig
from tests.benchmarks.row import SkippedError
from tests.benchmarks.watch import Watched, watched

INPUTS: Final[Mapping[str, Sequence[Path]]] = {
    "cordis": [shared.CORDIS],
    "ror": shared.ROR,
    "swecris": [shared.SWECRIS],
    "sweden": [],
}
_CHAINS: Final[dict[Path, Chain]] = {}  # by the folder of the rig: two benchmarks share one


@dataclass
class Chain:
    """A data folder, and what each source took that went into it."""

    data: Path
    log: Path
    runs: dict[str, Watched] = field(default_factory=dict)

    def step(self, source: str) -> Watched:
        """Ingest the real files of a source, once."""
        if source not in self.runs:
            self.runs[source] = ingested(self.data, source, INPUTS[source], self.log)
        return self.runs[source]


def ingested(data: Path, source: str, inputs: Sequence[Path], log: Path) -> Watched:
    """One run of `cleantech ingest`."""
    given = [part for path in inputs for part in ("--input", str(path))]
    program = str(Path(sys.executable).with_name("cleantech"))
    return watched([program, "ingest", source, *given, "--data", str(data)], log)


def new_chain(rig: Rig) -> Chain:
    """Nothing ingested yet; SkippedError without the data or the sources."""
    shared.require()
    if lacking := INPUTS.keys() - set(names()):
        raise SkippedError(f"this version has no source {', '.join(sorted(lacking))}")
    chain = _CHAINS[rig.folder] = Chain(rig.folder / f"real-{len(_CHAINS)}", rig.log)
    return chain


def whole(rig: Rig) -> DataFolder:
    """A data folder with all of them: that of the chain of this run, or of a run before in the folder of `--keep`."""
    if rig.kept is not None and (kept := DataFolder(rig.kept / "real")).current() is not None:
        return kept
    chain = _CHAINS.get(rig.folder) or new_chain(rig)
    if rig.kept is not None and not chain.runs:
        chain.data = rig.kept / "real"
    for source in INPUTS:
        chain.step(source)
    return DataFolder(chain.data)
