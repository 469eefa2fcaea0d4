"""The figures as a table, the aims beside them, and both as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import exp, log
from statistics import median
from typing import Final

from tests.benchmarks.sparql.compared import OURS, OXIGRAPH, Comparison
from tests.benchmarks.sparql.comparing import SAME
from tests.benchmarks.sparql.course import Result, Told
from tests.benchmarks.sparql.load import CLIENTS, HOSTILE

_IN_PROCESS: Final = "pyoxigraph in process"
_MOST: Final = 1.3


@dataclass(frozen=True, slots=True)
class Aim:
    """An aim of the issue with what was found."""

    what: str
    found: str
    met: bool


def ratio(result: Result, others: Sequence[str]) -> float | None:
    """Our time by that of the fastest of the others that gave the right answer; None when either is missing."""
    mine = result.told.get(OURS, Told())
    right = [told for name, told in result.told.items() if name in others and told.verdict.startswith(SAME)]
    return max((one for told in right if (one := _quotient(mine, told)) is not None), default=None)


def _quotient(mine: Told, other: Told) -> float | None:
    """Of the medians of those turns (that is, parameters) that both answered in time."""
    if mine.ms is None or other.ms is None:
        return None
    turns = (mine.measured.keys() & other.measured.keys()) or (mine.times.keys() & other.times.keys())
    if not turns:
        return None
    return median(mine.times[turn] for turn in turns) / median(other.times[turn] for turn in turns)


def geometric(comparison: Comparison, other: str) -> float | None:
    """The geometric mean of our ratios to one peer, over the questions that both answered."""
    held = [one for result in comparison.results if (one := ratio(result, [other])) is not None]
    return exp(sum(map(log, held)) / len(held)) if held else None


def peers(comparison: Comparison) -> list[str]:
    """Whoever is not ours, over HTTP first."""
    told = comparison.results[0].told if comparison.results else {}
    return [name for name in told if not name.startswith(OURS)]


def aims(comparison: Comparison) -> list[Aim]:
    """Each aim that could be measured, met or missed."""
    held: list[Aim] = []
    others = peers(comparison)
    over_http = [name for name in others if name != _IN_PROCESS]
    if (mean := geometric(comparison, OXIGRAPH)) is not None:
        held.append(Aim(f"geometric mean at most 0.5x {OXIGRAPH}", f"{mean:.2f}x", mean <= 0.5))
    held += (
        Aim(f"geometric mean below {name}", f"{mean:.2f}x", mean < 1)
        for name in others
        if name != OXIGRAPH and (mean := geometric(comparison, name)) is not None
    )
    for told, group in (("peer over HTTP", over_http), ("peer, in process too", others)):
        above = {
            result.question.name: one for result in comparison.results if (one := ratio(result, group) or 0) > _MOST
        }
        found = ", ".join(f"{name} {one:.2f}x" for name, one in sorted(above.items(), key=lambda each: -each[1]))
        held.append(Aim(f"no question above {_MOST}x the best {told}", found or "none", not above))
    if OURS in comparison.rates and OXIGRAPH in comparison.rates:
        gain = comparison.rates[OURS].rate / max(comparison.rates[OXIGRAPH].rate, 0.001)
        held.append(Aim(f"{CLIENTS} clients: at least 1.5x the requests of {OXIGRAPH}", f"{gain:.2f}x", gain >= 1.5))
    if OURS in comparison.points:
        point = comparison.points[OURS]
        held.append(Aim("point query within 2 ms at the median", f"{point:.2f} ms", point <= 2))
    if comparison.health is not None:
        middle, worst, many = comparison.health
        found = f"worst {worst:.0f} ms, median {middle:.1f} ms of {many}"
        held.append(Aim(f"/health below 100 ms while {HOSTILE} hostile queries run", found, worst < 100))
    return held


def markdown(comparison: Comparison) -> str:
    """All of it as Markdown tables."""
    return "\n".join([*_times(comparison), "", *_notes(comparison), "", *_load(comparison), "", *_aims(comparison), ""])


def _times(comparison: Comparison) -> Iterator[str]:
    names = list(comparison.results[0].told) if comparison.results else []
    names.sort(key=lambda name: not name.startswith(OURS))
    others = peers(comparison)
    over_http = [name for name in others if name != _IN_PROCESS]
    columns = ["question", "rows", *(f"{name}, ms" for name in names), f"ours / {OXIGRAPH}", "ours / best", "over HTTP"]
    yield "| " + " | ".join(columns) + " |"
    yield "|---" + "|--:" * (len(columns) - 1) + "|"
    for result in comparison.results:
        ratios = (_times_as(ratio(result, group)) for group in ([OXIGRAPH], others, over_http))
        times = (_cell(result.told[name]) for name in names)
        yield f"| {result.question.name} | {result.rows:,} | " + " | ".join([*times, *ratios]) + " |"
    means = (_times_as(geometric(comparison, name)) if name in others else "" for name in names)
    yield "| **ours / peer, geometric mean** | | " + " | ".join([*means, "", "", ""]) + " |"


def _cell(told: Told) -> str:
    if told.ms is None:
        return told.trouble.partition(":")[0] or "no answer"
    marks = ("" if told.verdict == SAME else " *") + (" †" if told.seldom else "")
    return f"{told.ms:,.{0 if told.ms >= 100 else 1 if told.ms >= 10 else 2}f}{marks}"


def _times_as(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _notes(comparison: Comparison) -> Iterator[str]:
    yield "\\* another answer than that of the first peer; it counts in no ratio. † so slow that it was asked once, about the"
    yield "greatest hub; ratios are taken over the turns that both answered.\n"
    for result in comparison.results:
        for name, told in result.told.items():
            if told.verdict != SAME:
                yield f"- `{result.question.name}`: {name} answers differently: {told.verdict}."
            elif told.trouble and told.trouble != "not tried":
                yield f"- `{result.question.name}`: {name}: {told.trouble}."
    for name, reason in comparison.skipped.items():
        yield f"- {name} was not there: {reason}."


def _load(comparison: Comparison) -> Iterator[str]:
    yield f"| {CLIENTS} clients on the mix | answers a second | median, ms | worst, ms | not 200 | point query, ms |"
    yield "|---|--:|--:|--:|--:|--:|"
    for name, rate in comparison.rates.items():
        figures = f"{rate.rate:,.1f} | {rate.median:,.1f} | {rate.worst:,.0f} | {rate.refused}"
        yield f"| {name} | {figures} | {comparison.points[name]:.2f} |"


def _aims(comparison: Comparison) -> Iterator[str]:
    yield "| aim | found | |"
    yield "|---|---|---|"
    for aim in aims(comparison):
        yield f"| {aim.what} | {aim.found} | {'met' if aim.met else '**missed**'} |"


def as_json(comparison: Comparison) -> Mapping[str, object]:
    """The same for programs; times in ms."""
    return {
        "questions": [
            {
                "name": result.question.name,
                "what": result.question.what,
                "rows": result.rows,
                "peers": {name: asdict(told) | {"ms": told.ms} for name, told in result.told.items()},
            }
            for result in comparison.results
        ],
        "geometric_means": {name: geometric(comparison, name) for name in peers(comparison)},
        "load": {name: asdict(rate) for name, rate in comparison.rates.items()},
        "point_ms": dict(comparison.points),
        "health_ms": comparison.health,
        "skipped": dict(comparison.skipped),
        "aims": [asdict(aim) for aim in aims(comparison)],
    }
