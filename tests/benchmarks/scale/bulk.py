"""`python -m tests.benchmarks.scale.bulk dump STORE FILE | load FILE STORE`: the bare store, seconds on standard output."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from pyoxigraph import RdfFormat, Store


def dump(store: Path, file: Path) -> float:
    """Write all quads as N-Quads; how many there are."""
    held = Store.read_only(str(store))
    held.dump(str(file), RdfFormat.N_QUADS)
    return float(len(held))


def load(file: Path, store: Path) -> float:
    """Load N-Quads into a new store and flush; the seconds of that alone."""
    began = time.perf_counter()
    made = Store(str(store))
    made.bulk_load(path=str(file), format=RdfFormat.N_QUADS)
    made.flush()
    return time.perf_counter() - began


if __name__ == "__main__":
    task, source, target = sys.argv[1:]
    print({"dump": dump, "load": load}[task](Path(source), Path(target)))
