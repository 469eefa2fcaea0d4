"""The explorer on networks of 2,000 and 10,000 nodes beside vis-network in the same run, and the code of its first load in bytes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from statistics import median

import httpx

from tests.benchmarks.explorer.browser import Spent
from tests.benchmarks.explorer.drawn import PEERS, Picture, drawn, filtered
from tests.benchmarks.explorer.loads import loads
from tests.benchmarks.explorer.networks import MIDDLE, SMALL, network
from tests.benchmarks.explorer.report import report
from tests.benchmarks.measures.map_payload import fetched
from tests.benchmarks.rig import Rig
from tests.benchmarks.row import Row

# What `/map` asks for without a filter: the picture, then the rest of the names and what the table has beyond it.
PICTURE = "/api/v1/map/packed?top=12000"
REST = f"{PICTURE}&part=rest"


def measure(rig: Rig) -> Iterator[Row]:
    """The server is a real one each time; pictures are drawn in turn, ours and vis-network's."""
    began = os.getloadavg()[0]
    with rig.server() as (address, _):
        told = list(loads(address, ("/", "/map")))
    rows = [Row(f"code of {load.page}, gzip", load.packed / 1000, "kB") for load in told]
    for size in (SMALL, MIDDLE):
        with rig.server(network(rig, size)) as (address, _):
            rows += [*_payload(address, size), *_pictures(rig, address, size)]
    load = f"Load {began:.0f} at the beginning and {os.getloadavg()[0]:.0f} at the end, {os.cpu_count()} cores."
    rig.texts["explorer_speed"] = f"{report(told, rows)}\n{load}\n"
    yield from rows


def _payload(address: str, size: str) -> Iterator[Row]:
    with httpx.Client(base_url=address, timeout=120) as client:
        yield Row(f"map of {size} nodes, gzip", fetched(client, "gzip", PICTURE)[0] / 1000, "kB")
        yield Row(
            f"map of {size} nodes, what comes after the picture, gzip", fetched(client, "gzip", REST)[0] / 1000, "kB"
        )


def _pictures(rig: Rig, address: str, size: str) -> Iterator[Row]:
    found: dict[str, list[Picture]] = {name: [] for name in PEERS}
    for _ in range(rig.runs):
        for name, pictures in found.items():
            pictures.append(drawn(name, address))
    for name, pictures in found.items():
        yield from _spent(f"{name}, {size}: first picture", [one.first for one in pictures], "s")
        yield from _spent(f"{name}, {size}: a frame of a drag", [one.frame for one in pictures], "ms")
        yield Row.of(f"{name}, {size}: memory", [one.memory_mb for one in pictures], "MB")
    ours, vis = (found[name] for name in PEERS)
    yield _ratio(f"{size}: first picture, page", [one.first.page for one in ours], [one.first.page for one in vis])
    yield _ratio(
        f"{size}: first picture, page and GL", [one.first.drawing for one in ours], [one.first.drawing for one in vis]
    )
    yield _ratio(f"{size}: a frame of a drag, page", [one.frame.page for one in ours], [one.frame.page for one in vis])
    yield _ratio(
        f"{size}: a frame of a drag, page and GL",
        [one.frame.drawing for one in ours],
        [one.frame.drawing for one in vis],
    )
    walls, busy = filtered(address, rig.runs)
    yield Row.of(f"filter to picture, {size}", walls, "ms")
    yield from _spent(f"filter to picture, {size}", busy, "ms")


def _spent(what: str, spent: list[Spent], unit: str) -> Iterator[Row]:
    times = 1000 if unit == "ms" else 1
    yield Row.of(f"{what}, page", [one.page * times for one in spent], unit)
    yield Row.of(f"{what}, page and GL", [one.drawing * times for one in spent], unit)


def _ratio(what: str, ours: list[float], vis: list[float]) -> Row:
    return Row(f"explorer / vis-network, {what}", median(ours) / median(vis), "x", len(ours))
