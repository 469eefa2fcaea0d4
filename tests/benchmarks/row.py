"""What a benchmark gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


class SkippedError(Exception):
    """The benchmark cannot run on this machine; the text says what is missing."""


@dataclass(frozen=True, slots=True)
class Row:
    """One number: the median of `runs`, with the least and the greatest."""

    what: str
    value: float
    unit: str
    runs: int = 1
    least: float | None = None
    greatest: float | None = None

    @classmethod
    def of(cls, what: str, values: Sequence[float], unit: str) -> Row:
        """The median of some runs."""
        return cls(what, median(values), unit, len(values), min(values), max(values))
