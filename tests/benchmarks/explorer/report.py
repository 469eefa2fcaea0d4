"""The table of the explorer with the aims beside what was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from tests.benchmarks.explorer.loads import Load
from tests.benchmarks.row import Row

AIMS: Final = {
    "code of /map, gzip": 150.0,
    "map of 2k nodes, gzip": 60.0,
    "map of 10k nodes, gzip": 250.0,
    "explorer, 10k: first picture, page": 3.5,
    "explorer, 10k: first picture, page and GL": 3.5,
    "explorer / vis-network, 10k: first picture, page": 0.3,
    "explorer / vis-network, 10k: first picture, page and GL": 0.3,
    "explorer, 10k: a frame of a drag, page": 20.0,
    "search, 50k organisations, median": 50.0,
    "search, 50k organisations, 95 %": 50.0,
    "filter to picture, 10k": 300.0,
}


def report(told: Sequence[Load], rows: Sequence[Row], missing: str = "") -> str:
    """Markdown: each number with its aim, the code of each page, and what could not be measured."""
    return "\n".join(
        [*_numbers(rows), *(["", *_code(told)] if told else []), *([f"\nCORDIS: {missing}"] if missing else []), ""]
    )


def _numbers(rows: Sequence[Row]) -> Iterator[str]:
    yield "| what | median | least | greatest | aim | |"
    yield "|---|--:|--:|--:|--:|---|"
    for row in rows:
        if row.what.startswith("code of ") and row.what not in AIMS:
            continue
        aim = AIMS.get(row.what)
        met = "" if aim is None else "met" if row.value <= aim else "**missed**"
        told = "" if aim is None else f"{_digits(aim)} {row.unit}"
        yield f"| {row.what} | {_digits(row.value)} {row.unit} | {_digits(row.least)} | {_digits(row.greatest)} | {told} | {met} |"


def _code(told: Sequence[Load]) -> Iterator[str]:
    yield "| first load of | files | raw, kB | gzip, kB | as served to gzip, kB | as served to Brotli, kB |"
    yield "|---|--:|--:|--:|--:|--:|"
    for load in told:
        sizes = (load.raw, load.packed, load.gzip, load.brotli)
        yield f"| `{load.page}` | {load.files} | {' | '.join(f'{size / 1000:.1f}' for size in sizes)} |"


def _digits(value: float | None) -> str:
    return "" if value is None else f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
