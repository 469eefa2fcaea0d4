"""The demo with candidates for the review, written through the door that a build uses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl

from graph.generation import DataFolder, Generation
from graph.identities import CANDIDATES, Identities
from ingest.run import ingest

# Departments of one university, a group and its grid company, two kinds that exclude each other.
CANDIDATE_ROWS: tuple[tuple[str, str, float, float, list[str]], ...] = (
    ("stockholms-stad", "stockholmshem", 0.93, 60.0, ["name 0.93", "same town"]),
    ("kth", "kth-innovation", 0.91, 40.0, ["name 0.91", "same town"]),
    ("vattenfall", "vattenfall-eldistribution", 0.88, 25.0, ["name 0.88"]),
    ("chalmers-electric-power", "chalmers-energy-technology", 0.97, 12.5, ["name 0.97", "same town"]),
    ("volvo-cars", "volvo-ce", 0.41, 6.0, ["same town"]),
)


def review_folder(
    folder: Path, rows: Iterable[tuple[str, str, float, float, list[str]]] = CANDIDATE_ROWS
) -> Generation:
    """Ingest the demo and put the candidates beside its columns."""
    data = DataFolder(folder)
    ingest(data, "sweden")
    return with_candidates(data, rows)


def with_candidates(data: DataFolder, rows: Iterable[tuple[str, str, float, float, list[str]]]) -> Generation:
    """The current generation with these candidates instead of its own."""
    generation = data.current()
    assert generation is not None
    pairs: list[Mapping[str, object]] = [
        {"a": a, "b": b, "a_key": a, "b_key": b, "score": score, "weight": weight, "reasons": reasons}
        for a, b, score, weight, reasons in rows
    ]
    held = Identities.load(generation.identities)
    replace(held, candidates=pl.DataFrame(pairs, schema=CANDIDATES)).save(generation.identities)
    return generation
