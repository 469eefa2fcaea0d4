"""The SPARQL service beside other stores: the same quads, the same questions, one run."""

from __future__ import annotations

from collections.abc import Iterator

from tests.benchmarks.rig import Rig
from tests.benchmarks.row import Row
from tests.benchmarks.sparql.compared import OURS, OXIGRAPH, compare
from tests.benchmarks.sparql.dataset import build
from tests.benchmarks.sparql.report import as_json, geometric, markdown

_SECONDS = 15.0  # of load on each of the loaded peers, and of attack


def measure(rig: Rig) -> Iterator[Row]:
    folder = rig.kept or rig.folder / "sparql"
    folder.mkdir(parents=True, exist_ok=True)
    work = rig.folder / "peers"
    work.mkdir()
    data = build(folder, rig.scale, rig.source)
    if data.seconds:
        yield Row("sparql: build of the generated data", data.seconds, "s")
    yield Row("sparql: quads", data.count / 1000, "thousand")
    comparison = compare(data, work, rig.runs, min(_SECONDS, rig.runs * 3.0), rig.peers)
    rig.details["sparql"] = as_json(comparison)
    rig.texts["sparql"] = markdown(comparison)
    mean = geometric(comparison, OXIGRAPH)
    if mean is not None:
        yield Row("sparql: ours / oxigraph serve, geometric mean", mean, "x")
    if OURS in comparison.points:
        yield Row("sparql: point query", comparison.points[OURS], "ms", 200)
    for name, rate in comparison.rates.items():
        yield Row(f"sparql: answers a second, {name}", rate.rate, "/s")
    if comparison.health is not None:
        yield Row("sparql: worst /health under attack", comparison.health[1], "ms", comparison.health[2])
