"""The explorer on 50,000 organisations: search and picture; and answers on the map of the real CORDIS."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import quantiles

import httpx

from tests.benchmarks.explorer.answers import keys, milliseconds, names
from tests.benchmarks.explorer.drawn import drawn
from tests.benchmarks.explorer.networks import GREAT, network
from tests.benchmarks.explorer.report import report
from tests.benchmarks.gaps.real_map import FOLDER, real_map
from tests.benchmarks.measures.explorer_speed import PICTURE
from tests.benchmarks.measures.map_payload import fetched
from tests.benchmarks.rig import Rig
from tests.benchmarks.row import Row, SkippedError


def measure(rig: Rig) -> Iterator[Row]:
    """CORDIS is left out, with the reason, where its data are not."""
    rows, missing = list(_great(rig)), ""
    try:
        rows += _real(rig)
    except SkippedError as reason:
        rig.details["explorer_great on CORDIS"] = missing = f"skipped: {reason}"
    rig.texts["explorer_great"] = report([], rows, missing)
    yield from rows


def _great(rig: Rig) -> Iterator[Row]:
    with rig.server(network(rig, GREAT)) as (address, _):
        asked = [("/api/v1/search", {"q": text}) for text in names(address)]
        yield from _times("search, 50k organisations", milliseconds(address, asked))
        with httpx.Client(base_url=address, timeout=120) as client:
            yield Row(
                f"map of the 12,000 best of {GREAT} nodes, gzip", fetched(client, "gzip", PICTURE)[0] / 1000, "kB"
            )
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
