"""The back-tests that were measured on CORDIS and are published with the program (`python -m tests.benchmarks --only gaps_quality`).

They say how the score did on years that are past; a map of one's own has others (`cleantech gaps backtest`).
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

_HEAD = ("network", "cut", "window", "known", "first")


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """The figures of one method, as in `graph.gaps.backtest`."""

    method: str
    recall_at_10: float
    precision_at_1000: float
    list_coverage: float
    auc: float
    matched_auc: float
    small_recall_at_10: float


@dataclass(frozen=True, slots=True)
class Published:
    """One test: trained on what began before `cut`, judged on `window` years; `network` is `clean-tech` (the projects that
    another project tagged as clean technology) or `five-projects` (all of CORDIS, organisations with five or more)."""

    network: str
    cut: int
    window: int
    known: int
    first: int
    rows: tuple[PublishedRow, ...]


@cache
def published() -> Sequence[Published]:
    """All of them, in the order of the file."""
    with (Path(__file__).parent / "backtests.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    found = []
    for (network, *numbers), group in groupby(lines, key=lambda line: tuple(line[name] for name in _HEAD)):
        cut, window, known, first = map(int, numbers)
        found.append(Published(network, cut, window, known, first, tuple(map(_row, group))))
    return tuple(found)


def _row(line: dict[str, str]) -> PublishedRow:
    figures = {name: float(value) for name, value in line.items() if name not in (*_HEAD, "method")}
    return PublishedRow(line["method"], **figures)
