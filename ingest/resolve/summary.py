"""What a resolution did, in numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Resolution:
    """How many records became how many things, by which rules, and what is left for people.

    `rules`: joins by rule. `withheld`: nodes that suppressions took out. `over`: candidates beyond those that are kept.
    """

    records: int = 0
    things: int = 0
    joined: int = 0
    rules: Mapping[str, int] = field(default_factory=dict)
    conflicts: int = 0
    candidates: int = 0
    over: int = 0
    withheld: int = 0

    @property
    def lines(self) -> Sequence[str]:
        """For people; only what there is something of."""
        rules = ", ".join(f"{count:,} by {name}" for name, count in sorted(self.rules.items(), key=lambda one: -one[1]))
        said = [f"{self.records:,} records are {self.things:,} things" + (f" ({rules})" if rules else "")]
        if self.conflicts or self.candidates:
            said.append(f"{self.conflicts:,} conflicts and {self.candidates:,} likenesses wait for a review")
        if self.over:
            said.append(f"{self.over:,} lesser likenesses are left out of the queue")
        if self.withheld:
            said.append(f"{self.withheld:,} nodes are withheld")
        return said
