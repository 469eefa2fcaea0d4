"""The explorer on networks of 2,000, 10,000 and 50,000 nodes, beside vis-network, and its code in bytes."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median, quantiles

import httpx

from tests.benchmarks.explorer.answers import keys, milliseconds, names
from tests.benchmarks.explorer.drawn import PEERS, Picture, drawn, filtered
from tests.benchmarks.explorer.loads import Load, loads
from tests.benchmarks.explorer.networks import GREAT, MIDDLE, SMALL, network
from tests.benchmarks.explorer.report import report
from tests.benchmarks.gaps.real_map import FOLDER, real_map
from tests.benchmarks.measures.map_payload import fetched
from tests.benchmarks.rig import Rig
from tests.benchmarks.row import Row, SkippedError


def measure(rig: Rig) -> Iterator[Row]:
    """The server is a real one each time; pictures are drawn in turn, ours and vis-network's."""
    told: list[Load] = []
    with rig.server() as (address, _):
        told += loads(address)
    rows = [Row(f"code of {load.page}, gzip", load.packed / 1000, "kB") for load in told]
    rows += [*_payloads(rig), *_pictures(rig), *_great(rig)]
    try:
        rows += _real(rig)
    except SkippedError as reason:
        rig.details["explorer_speed on CORDIS"] = f"skipped: {reason}"
    rig.texts["explorer_speed"] = report(told, rows, str(rig.details.get("explorer_speed on CORDIS", "")))
    yield from rows


def _payloads(rig: Rig) -> Iterator[Row]:
    for name in (SMALL, MIDDLE):
        with rig.server(network(rig, name)) as (address, _), httpx.Client(base_url=address, timeout=120) as client:
            size, _seconds = fetched(client, "gzip")
            yield Row(f"map of {name} nodes, gzip", size / 1000, "kB")


def _pictures(rig: Rig) -> Iterator[Row]:
    with rig.server(network(rig, MIDDLE)) as (address, _):
        found: dict[str, list[Picture]] = {name: [] for name in PEERS}
        for _ in range(rig.runs):
            for name, pictures in found.items():
                pictures.append(drawn(name, address))
        walls, busy = filtered(address, rig.runs)
    for name, pictures in found.items():
        yield Row.of(f"{name}, 10k: first picture, page", [one.first.page for one in pictures], "s")
        yield Row.of(f"{name}, 10k: first picture, page and GL", [one.first.drawing for one in pictures], "s")
        yield Row.of(f"{name}, 10k: a frame of a drag, page", [one.frame.page * 1000 for one in pictures], "ms")
        yield Row.of(
            f"{name}, 10k: a frame of a drag, page and GL", [one.frame.drawing * 1000 for one in pictures], "ms"
        )
        yield Row.of(f"{name}, 10k: memory", [one.memory_mb for one in pictures], "MB")
    ours, vis = (found[name] for name in PEERS)
    for what, of in (("page", lambda one: one.first.page), ("page and GL", lambda one: one.first.drawing)):
        ratio = median(map(of, ours)) / median(map(of, vis))
        yield Row(f"explorer / vis-network, 10k: first picture, {what}", ratio, "x", rig.runs)
    yield Row.of("filter to picture, 10k", walls, "ms")
    yield Row.of("filter to picture, 10k, page", busy, "ms")


def _great(rig: Rig) -> Iterator[Row]:
    with rig.server(network(rig, GREAT)) as (address, _):
        asked = [("/api/v1/search", {"q": text}) for text in names(address)]
        yield from _times("search, 50k organisations", milliseconds(address, asked))
        with httpx.Client(base_url=address, timeout=120) as client:
            yield Row(f"map of {GREAT} nodes, gzip", fetched(client, "gzip")[0] / 1000, "kB")
        one = drawn("explorer", address)
        yield Row("explorer, 50k: first picture, page", one.first.page, "s")
        yield Row("explorer, 50k: first picture, page and GL", one.first.drawing, "s")
        yield Row("explorer, 50k: a frame of a drag, page", one.frame.page * 1000, "ms")
        yield Row("explorer, 50k: memory", one.memory_mb, "MB")
        yield Row("explorer, 50k: heap of the scripts", one.heap_mb, "MB")


def _real(rig: Rig) -> Iterator[Row]:
    real_map(rig)
    with rig.server((rig.kept or rig.folder) / FOLDER) as (address, _):
        nodes = keys(address)
        for what, path in (("entity", "/api/v1/entity/{}"), ("neighbourhood", "/api/v1/neighbourhood/{}")):
            yield from _times(f"{what}, CORDIS", milliseconds(address, [(path.format(key), {}) for key in nodes]))
        choices = [("/api/v1/facets", {"q": text}) for text in names(address)[:20]]
        yield from _times("facets of words, CORDIS", milliseconds(address, choices))
        kinds = [("/api/v1/facets", {"kind": kind}) for kind in ("Company", "Project", "HigherEducationInstitution")]
        yield from _times("facets of a kind, CORDIS", milliseconds(address, kinds))


def _times(what: str, taken: list[float]) -> Iterator[Row]:
    yield Row.of(f"{what}, median", taken, "ms")
    yield Row(f"{what}, 95 %", quantiles(taken, n=20)[-1], "ms", len(taken))
