"""Who is who over CORDIS, ROR, SweCRIS and the demo, against the labelled pairs, beside three simple ways to join records."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

from graph.identities import Identities
from ingest.registry import names
from tests.benchmarks import shared
from tests.benchmarks.resolution.baselines import Said, baselines
from tests.benchmarks.resolution.pairs import read
from tests.benchmarks.resolution.queue import ORDERS, places
from tests.benchmarks.resolution.report import markdown
from tests.benchmarks.resolution.scoring import Joins, score
from tests.benchmarks.rig import Rig
from tests.benchmarks.row import Row, SkippedError
from tests.benchmarks.watch import watched

OURS = "this program"
_SOURCES = ("cordis", "ror", "swecris", "sweden")


def measure(rig: Rig) -> Iterator[Row]:
    shared.require()
    if lacking := set(_SOURCES) - set(names()):
        raise SkippedError(f"this version has no source {', '.join(sorted(lacking))}")
    folder = rig.folder / "resolution"
    folder.mkdir()
    run = watched([sys.executable, "-m", "tests.benchmarks.resolution.build", str(folder)], rig.log)
    records, seconds = run.words.split()[-2:]
    yield Row("resolution: records", float(records) / 1000, "thousand")
    yield Row("resolution: joining them and finding what is alike", float(seconds), "s")
    yield Row("resolution: peak memory, all sources at once", run.peak_mb, "MB")
    yield from scored(rig, folder)


def scored(rig: Rig, folder: Path) -> Iterator[Row]:
    """What was resolved in the folder against the pairs."""
    identities = Identities.load(folder / "identities")
    raw = json.loads((folder / "said.json").read_text("utf-8"))
    said = {key: Said(set(own), {(one, other) for one, other in codes}) for key, (own, codes) in raw.items()}
    known = identities.id_of.keys()
    labelled = read()
    pairs = [pair for pair in labelled if pair.one in known and pair.other in known]
    ways: Mapping[str, Joins] = {OURS: joined(identities), **baselines(said, pairs)}
    halves = {"": pairs, ", test": [pair for pair in pairs if pair.half == "test"]}
    queue = {f"{order}{half}": places(identities, held, order) for order in ORDERS for half, held in halves.items()}
    lost = sorted({key for pair in labelled for key in (pair.one, pair.other)} - known)
    rig.texts["resolution"] = markdown(pairs, ways, queue)
    rig.details["resolution"] = {
        "scores": {
            name: {half.strip(", ") or "all": asdict(score(held, way)) for half, held in halves.items()}
            for name, way in ways.items()
        },
        "queue": {name: asdict(held) for name, held in queue.items()},
        "labelled keys without a record": lost,
        "pairs left out": len(labelled) - len(pairs),
    }
    for half, held in halves.items():
        found = score(held, ways[OURS])
        for name, value in (("precision", found.precision), ("recall", found.recall), ("F1", found.f1)):
            yield Row(f"resolution: {name}{half}", value or 0.0, "")
    for name, one in queue.items():
        if one.median is not None:
            yield Row(f"resolution: median place in the queue by {name}", one.median, "", len(one.ranks))
    yield Row(
        "resolution: pairs left out, for a source has no record of the key", float(len(labelled) - len(pairs)), ""
    )


def joined(identities: Identities) -> Joins:
    """Records are joined when both have one id."""
    called = identities.id_of
    return lambda pair: called[pair.one] == called[pair.other]
