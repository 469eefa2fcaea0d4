"""What the browser fetches for the whole map, as bytes on the wire, and how long the server takes."""

from __future__ import annotations

import time
from collections.abc import Iterator

import httpx

from tests.benchmarks.rig import Rig
from tests.benchmarks.row import Row


def measure(rig: Rig) -> Iterator[Row]:
    with rig.server() as (address, _), httpx.Client(base_url=address) as client:
        for told, coding in (("raw", "identity"), ("gzip", "gzip")):
            answers = [fetched(client, coding) for _ in range(rig.runs)]
            yield Row.of(f"map payload, {told}", [size / 1000 for size, _ in answers], "kB")
            yield Row.of(f"map answer, {told}", [seconds * 1000 for _, seconds in answers], "ms")


def fetched(client: httpx.Client, coding: str, path: str = "/api/v1/map") -> tuple[int, float]:
    """Bytes of the whole map before decoding, and seconds; `path` with its query is the form of it."""
    began = time.perf_counter()
    with client.stream("GET", path, headers={"Accept-Encoding": coding}) as response:
        response.raise_for_status()
        size = sum(len(part) for part in response.iter_raw())
    return size, time.perf_counter() - began
