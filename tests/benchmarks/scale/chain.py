"""The real sources into one data folder, one after the other, each run of the command line watched."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ingest.registry import names
from tests.benchmarks import shared
from tests.benchmarks.rig import Rig
from tests.benchmarks.row import SkippedError
from tests.benchmarks.watch import Watched, watched

INPUTS: Final[Mapping[str, Sequence[Path]]] = {
    "cordis": [shared.CORDIS],
    "ror": shared.ROR,
}


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
    return Chain(rig.folder / "real", rig.log)
