"""One small question over /sparql: all that is said about one organisation."""

from __future__ import annotations

import time
from collections.abc import Iterator

import httpx

from tests.benchmarks.rig import Rig
from tests.benchmarks.row import Row

_REPEATS = 40  # for each run; one alone is too short to tell


def measure(rig: Rig) -> Iterator[Row]:
    with rig.server() as (address, _), httpx.Client(base_url=address) as client:
        thing = client.get("/api/v1/entity/kth").raise_for_status().json()["iri"]
        query = {"query": f"SELECT ?property ?value WHERE {{ <{thing}> ?property ?value }}"}
        yield Row.of("point query over /sparql", [_ask(client, query) for _ in range(rig.runs * _REPEATS)], "ms")


def _ask(client: httpx.Client, query: dict[str, str]) -> float:
    """Milliseconds from the question to the whole answer."""
    began = time.perf_counter()
    answer = client.get("/sparql", params=query, headers={"Accept": "application/sparql-results+json"})
    taken = (time.perf_counter() - began) * 1000
    if not answer.raise_for_status().json()["results"]["bindings"]:
        raise ValueError("the point query found nothing")
    return taken
