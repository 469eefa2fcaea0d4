"""`python -m tests.benchmarks.resolution.build FOLDER`: the real sources, mapped and resolved as a build does it, without a store.

Leaves `identities/` and `said.json` (names and identifiers by labelled key) in the folder; prints records and seconds.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from ingest.decisions import Decisions
from ingest.resolve import resolved
from tests.benchmarks import mapped, shared
from tests.benchmarks.resolution.baselines import said_of
from tests.benchmarks.resolution.pairs import read

INPUTS: Final[Mapping[str, Sequence[Path]]] = {
    "cordis": [shared.CORDIS],
    "ror": shared.ROR,
    "swecris": [shared.SWECRIS],
    "sweden": [],
}


def build(folder: Path) -> tuple[int, float]:
    """How many records were resolved, and the seconds of the resolution alone."""
    said = [mapped.said(name, tuple(inputs)) for name, inputs in INPUTS.items()]
    began = time.perf_counter()
    result = resolved(said, Decisions(), {})
    seconds = time.perf_counter() - began
    result.identities.save(folder / "identities")
    keys = {key for pair in read() for key in (pair.one, pair.other)}
    held = {key: [sorted(one.names), sorted(one.codes)] for key, one in said_of(said, keys).items()}
    (folder / "said.json").write_text(json.dumps(held, ensure_ascii=False), "utf-8")
    return len(result.identities.id_of), seconds


if __name__ == "__main__":
    gc.disable()  # as an ingest does
    print(*build(Path(sys.argv[1])))
