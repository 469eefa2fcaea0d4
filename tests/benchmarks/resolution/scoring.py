"""Precision, recall and F1 of a way to join records, against the labelled pairs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from tests.benchmarks.resolution.pairs import Pair

Joins: TypeAlias = Callable[[Pair], bool]


@dataclass(frozen=True, slots=True)
class Score:
    """How many pairs were joined rightly and wrongly, and left apart wrongly and rightly."""

    right: int
    wrong: int
    missed: int
    apart: int

    @property
    def precision(self) -> float | None:
        """The share of joins that are right; None when nothing was joined."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        """The share of pairs of one organisation that were joined; None when there are none."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both; None when there is nothing to find."""
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if self.right + self.missed else None


def score(pairs: Iterable[Pair], joins: Joins) -> Score:
    """Count what `joins` says of each pair."""
    counts = {(same, joined): 0 for same in (True, False) for joined in (True, False)}
    for pair in pairs:
        counts[pair.same, joins(pair)] += 1
    return Score(counts[True, True], counts[False, True], counts[True, False], counts[False, False])
