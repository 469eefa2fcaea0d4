"""The scores as tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tests.benchmarks.resolution.pairs import KINDS, Pair
from tests.benchmarks.resolution.queue import FIRST, Places
from tests.benchmarks.resolution.scoring import Joins, score


def markdown(pairs: Sequence[Pair], ways: Mapping[str, Joins], queue: Mapping[str, Places]) -> str:
    """Each way on all pairs and on the half for testing, ours by kind of pair, and the queue."""
    test = [pair for pair in pairs if pair.half == "test"]
    lines = [
        "| joined by | pairs | precision | recall | F1 | right | wrong | missed |",
        "|---|---|--:|--:|--:|--:|--:|--:|",
    ]
    for name, joins in ways.items():
        lines += [_line(name, said, held, joins) for said, held in (("all", pairs), ("test", test))]
    ours = next(iter(ways.values()))
    lines += ["", "| kind of pair | same | joined | different | joined wrongly |", "|---|--:|--:|--:|--:|"]
    lines += _kinds(pairs, ours)
    lines += [
        "",
        f"| queue by | pairs looked for | there | median place | {' | '.join(f'first {first:,}' for first in FIRST)} | length |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    lines += [_place(name, held) for name, held in queue.items()]
    return "\n".join([*lines, ""])


def _line(name: str, said: str, pairs: Sequence[Pair], joins: Joins) -> str:
    found = score(pairs, joins)
    figures = " | ".join(_share(value) for value in (found.precision, found.recall, found.f1))
    return f"| {name} | {said}, {len(pairs)} | {figures} | {found.right} | {found.wrong} | {found.missed} |"


def _kinds(pairs: Sequence[Pair], joins: Joins) -> Iterator[str]:
    for kind in sorted(KINDS):
        found = score([pair for pair in pairs if pair.hard == kind], joins)
        same, different = found.right + found.missed, found.wrong + found.apart
        yield f"| {kind} | {same or ''} | {found.right if same else ''} | {different or ''} | {found.wrong if different else ''} |"


def _place(name: str, held: Places) -> str:
    shares = " | ".join(_share(held.share(first)) for first in FIRST)
    median = "" if held.median is None else f"{held.median:,.0f}"
    return f"| {name} | {held.wanted} | {_share(held.share())} | {median} | {shares} | {held.length:,} |"


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
