"""The real data at full size: CORDIS from its zip to a published generation, again unchanged, ROR beside it, and how it grows."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from graph.generation import DataFolder
from tests.benchmarks.rig import FailedError, Rig
from tests.benchmarks.row import Row, SkippedError
from tests.benchmarks.scale import morph
from tests.benchmarks.scale.chain import INPUTS, Chain, ingested, new_chain
from tests.benchmarks.scale.cut import cut
from tests.benchmarks.scale.report import Aim, markdown
from tests.benchmarks.shared import CORDIS
from tests.benchmarks.watch import Watched, watched

_SHARES = (0.1, 0.3)
_LOADS = 3
_PARTS = ("reading", "mapping", "uniting", "writing")  # of what tests.benchmarks.scale.mapping prints


def measure(rig: Rig) -> Iterator[Row]:
    chain = new_chain(rig)
    rows, aims = _cordis(rig, chain)
    rows += _told("ROR beside CORDIS, both schemas", chain.step("ror"))
    rows += [row for share in _SHARES for row in _told(f"{share:.0%} of CORDIS", _part(rig, share))]
    left = ""
    try:
        compared, aim = _mapping(rig)
        rows += compared
        aims.append(aim)
    except SkippedError as reason:
        left = str(reason)
    rig.details["ingest_scale"] = {"aims": [asdict(aim) | {"met": aim.met} for aim in aims], "not measured": left}
    rig.texts["ingest_scale"] = markdown(rows, aims, left)
    yield from rows
    yield from (Row(f"scale: {aim.what}", aim.found, aim.unit) for aim in aims if aim.unit == "x")


def _cordis(rig: Rig, chain: Chain) -> tuple[list[Row], list[Aim]]:
    """The zip into an empty folder, the same quads into a bare store, the zip again."""
    first = chain.step("cordis")
    generation = DataFolder(chain.data).current()
    if generation is None:
        raise FailedError("the ingest published nothing")
    file = rig.folder / "scale.nq"
    quads = _bulk(rig, "dump", generation.store, file)
    loads = [_bulk(rig, "load", file, rig.folder / f"bare-{turn}") for turn in range(_LOADS)]
    file.unlink()
    again = ingested(chain.data, "cordis", INPUTS["cordis"], rig.log)
    bare = Row.of("scale: bare bulk_load of the same quads", loads, "s")
    rows = [
        *_told("CORDIS, zip to published generation", first),
        Row("scale: quads of it", quads / 1000, "thousand"),
        bare,
        *_told("CORDIS again, unchanged", again),
    ]
    aims = [
        Aim("ingest of CORDIS / bare bulk_load", first.seconds / bare.value, "x", most=3),
        Aim("memory of the ingest of CORDIS", max(first.peak_mb, again.peak_mb), "MB", most=2000),
        Aim("unchanged second run / first run", again.seconds / first.seconds, "x", most=0.3),
    ]
    return rows, aims


def _told(what: str, run: Watched) -> list[Row]:
    return [
        Row(f"scale: {what}", run.seconds, "s"),
        Row(f"scale: {what}, processor time", run.busy, "s"),
        Row(f"scale: {what}, peak memory", run.peak_mb, "MB"),
    ]


def _bulk(rig: Rig, task: str, source: Path, target: Path) -> float:
    command = [sys.executable, "-m", "tests.benchmarks.scale.bulk", task, str(source), str(target)]
    return float(watched(command, rig.log).words)


def _part(rig: Rig, share: float) -> Watched:
    """A part of the projects into an empty folder."""
    name = f"part-{share:g}"
    return ingested(rig.folder / name, "cordis", [cut(CORDIS, share, rig.folder / f"{name}.zip")], rig.log)


def _mapping(rig: Rig) -> tuple[list[Row], Aim]:
    """Our extract and map beside morph-kgc on the same tables, in turn, from the start of the process to its end."""
    python = morph.installed(rig)
    task = morph.prepared(rig, CORDIS)
    parts: list[list[float]] = []
    rates: list[tuple[float, ...]] = []
    counts = (0, 0)
    for turn in range(min(rig.runs, 3)):
        out = rig.folder / f"mapped-{turn}.jsonl"
        mine = watched([sys.executable, "-m", "tests.benchmarks.scale.mapping", str(CORDIS), str(out)], rig.log)
        other = morph.mapped(python, task, rig.log)
        *seconds, count = map(float, mine.words.split()[-len(_PARTS) - 1 :])
        parts.append(seconds)
        counts = (int(count), other.triples)
        rates.append(
            tuple(
                number / time / 1000
                for number, run in ((count, mine), (other.triples, other.usage))
                for time in (run.seconds, run.busy)
            )
        )
    ours, ours_busy, theirs, theirs_busy = (list(each) for each in zip(*rates, strict=True))
    rows = [
        Row("scale: map phase, triples", counts[0] / 1000, "thousand"),
        Row("scale: morph-kgc, triples", counts[1] / 1000, "thousand"),
        Row.of("scale: map phase, thousand triples a second", ours, "k/s"),
        Row.of("scale: morph-kgc, thousand triples a second", theirs, "k/s"),
        Row.of("scale: map phase, thousand triples a second of processor time", ours_busy, "k/s"),
        Row.of("scale: morph-kgc, thousand triples a second of processor time", theirs_busy, "k/s"),
    ]
    rows += [
        Row.of(f"scale: map phase, {name}", list(each), "s")
        for name, each in zip(_PARTS, zip(*parts, strict=True), strict=True)
    ]
    return rows, Aim("map phase / morph-kgc, triples a second", rows[2].value / rows[3].value, "x", least=2)
