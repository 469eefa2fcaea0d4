"""What people decided: which records are the same, which are not, and what is withheld.

The files are `decisions/*.jsonl` of the data folder (docs/decisions/0012-who-is-who.md). Neither the order of their lines
nor a line that stands twice matters, so that git may merge them by union.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Self, TypeVar

from graph.generation import DataFolder
from ingest.decision_lines import (
    REVIEW,
    SUPPRESSED,
    Decision,
    Pair,
    Suppression,
    Undo,
    Verdict,
    decision_of,
    read_lines,
    suppression_of,
)

FOLDER = "decisions"
_Said = TypeVar("_Said", Decision, Suppression)


@dataclass(frozen=True)
class Decisions:
    """The decisions that are in force: the newest about each pair and each key that nobody took back.

    `history` is every line of `review.jsonl`, oldest first, `undone` the undo by the id of the line that it takes back.
    """

    standing: Mapping[Pair, Decision] = field(default_factory=dict)
    suppressed: Mapping[str, Suppression] = field(default_factory=dict)
    history: Sequence[Decision | Undo] = ()
    withheld: Sequence[Suppression | Undo] = ()
    undone: Mapping[str, Undo] = field(default_factory=dict)

    @classmethod
    def read(cls, data: DataFolder | Path) -> Self:
        """Read the files of the data folder; none is an empty one. InputError with file and line of all that is wrong."""
        folder = (data.path if isinstance(data, DataFolder) else data) / FOLDER
        return cls.of(read_lines(folder / REVIEW, decision_of), read_lines(folder / SUPPRESSED, suppression_of))

    @classmethod
    def of(cls, review: Iterable[Decision | Undo], suppressed: Iterable[Suppression | Undo] = ()) -> Self:
        """The same from lines."""
        history = sorted(review, key=_age)
        withheld = sorted(suppressed, key=_age)
        undone = {line.undoes: line for line in (*history, *withheld) if isinstance(line, Undo)}
        return cls(
            standing={line.pair: line for line in history if isinstance(line, Decision) and line.id not in undone},
            suppressed={line.key: line for line in withheld if isinstance(line, Suppression) and line.id not in undone},
            history=tuple(history),
            withheld=tuple(withheld),
            undone=undone,
        )

    @cached_property
    def same(self) -> frozenset[Pair]:
        """Pairs of records that are one thing."""
        return self._that_are("same")

    @cached_property
    def different(self) -> frozenset[Pair]:
        """Pairs of records that are never one thing."""
        return self._that_are("different")

    @cached_property
    def unsure(self) -> frozenset[Pair]:
        """Pairs that somebody looked at and left open."""
        return self._that_are("unsure")

    @cached_property
    def lines(self) -> frozenset[str]:
        """The ids of all lines, also of those that do not count any more."""
        return frozenset(line.id for line in (*self.history, *self.withheld))

    def _that_are(self, verdict: Verdict) -> frozenset[Pair]:
        return frozenset(pair for pair, held in self.standing.items() if held.verdict == verdict)


def _age(line: Decision | Suppression | Undo) -> tuple[float, str]:
    return line.at.timestamp(), line.id


def pair_of(one: str, other: str) -> Pair:
    """The keys, sorted."""
    return (one, other) if one < other else (other, one)
