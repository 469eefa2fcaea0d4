"""Who is who over CORDIS, ROR, SweCRIS and the demo, against the labelled pairs, beside three simple ways to join records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict

from graph.identities import Identities
from ingest.lastrun import other_sources
from tests.benchmarks.resolution.baselines import baselines, said_of
from tests.benchmarks.resolution.pairs import Pair, read
from tests.benchmarks.resolution.queue import ORDERS, places
from tests.benchmarks.resolution.report import markdown
from tests.benchmarks.resolution.scoring import Joins, score
from tests.benchmarks.rig import FailedError, Rig
from tests.benchmarks.row import Row
from tests.benchmarks.scale.chain import whole

OURS = "this program"


def measure(rig: Rig) -> Iterator[Row]:
    data = whole(rig)
    generation = data.current()
    if generation is None:
        raise FailedError("the ingest published nothing")
    identities = Identities.load(generation.identities)
    pairs = read()
    keys = {key for pair in pairs for key in (pair.one, pair.other)}
    lost = keys - identities.id_of.keys()
    said = said_of((last.said for last in other_sources(data, "")), keys)
    ways: Mapping[str, Joins] = {OURS: _joined(identities), **baselines(said, pairs)}
    halves = {"": pairs, ", test": [pair for pair in pairs if pair.half == "test"]}
    queue = {f"{order}{half}": places(identities, held, order) for order in ORDERS for half, held in halves.items()}
    rig.texts["resolution"] = markdown(pairs, ways, queue)
    rig.details["resolution"] = {
        "scores": {
            name: {half or "all": asdict(score(held, way)) for half, held in halves.items()}
            for name, way in ways.items()
        },
        "queue": {name: asdict(held) for name, held in queue.items()},
        "without a record": sorted(lost),
    }
    for half, held in halves.items():
        found = score(held, ways[OURS])
        for name, value in (("precision", found.precision), ("recall", found.recall), ("F1", found.f1)):
            yield Row(f"resolution: {name}{half}", value or 0.0, "")
    if (middle := queue["weight"].median) is not None:
        yield Row("resolution: median place of a true pair in the queue", middle, "", len(queue["weight"].ranks))
    yield Row("resolution: labelled keys without a record", float(len(lost)), "")


def _joined(identities: Identities) -> Joins:
    """Records are joined when both have one id; one that is not there is joined with nothing."""

    def joins(pair: Pair) -> bool:
        one = identities.id_of.get(pair.one)
        return one is not None and one == identities.id_of.get(pair.other)

    return joins
