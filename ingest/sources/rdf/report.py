"""What did not come through, and why: nothing is lost without a line here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.problem import Problem


@dataclass(slots=True)
class Losses:
    """`faults` reject a thing, by its subject; the counters are told as warnings, the most frequent first."""

    faults: dict[str, list[Problem]] = field(default_factory=dict)
    unmapped: Counter[str] = field(default_factory=Counter)
    classes: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    ignored: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)

    def warnings(self) -> Iterator[str]:
        """One line a kind of loss."""
        for address, times in _ranked(self.classes):
            yield f"{times} things of the class {address} are left out: it has no term here; add it to mapping.toml"
        for what, times in _ranked(self.unmapped):
            yield f"{times} values of {what} are left out: it has no term here; add it to mapping.toml"
        for reason, times in _ranked(self.others):
            yield f"{times} left out: {reason}"
        for reason, times in _ranked(self.dropped):
            yield f"{times} dropped at the door: {reason}"
        for what, times in _ranked(self.ignored):
            yield f"{times} values are not taken in: {what}"


def _ranked(counter: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))
