"""Where the pairs that were not joined stand in the queue of the review."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final, Literal

from graph.identities import Identities
from tests.benchmarks.resolution.pairs import Pair

ORDERS: Final[Mapping[Literal["weight", "score"], Sequence[str]]] = {
    "weight": ("weight", "score"),  # what the review shows first: what a merge would change
    "score": ("score", "weight"),
}
FIRST: Final = (100, 1000)


@dataclass(frozen=True, slots=True)
class Places:
    """The places (1 = first) of the pairs that are in the queue, and how many pairs were looked for in how long a queue."""

    ranks: Sequence[int]
    wanted: int
    length: int

    @property
    def median(self) -> float | None:
        """Of those that are there; None when none is."""
        return median(self.ranks) if self.ranks else None

    def share(self, first: int | None = None) -> float | None:
        """Of the wanted pairs, how many are among the `first` (None = anywhere); None when none is wanted."""
        found = [rank for rank in self.ranks if first is None or rank <= first]
        return len(found) / self.wanted if self.wanted else None


def places(identities: Identities, pairs: Iterable[Pair], order: Literal["weight", "score"]) -> Places:
    """Look for each pair of one organisation that is two things in this build."""
    by = ORDERS[order]
    table = identities.candidates.sort(*by, "a_key", "b_key", descending=[True, True, False, False])
    ranks: dict[frozenset[str], int] = {}
    for number, (a, b) in enumerate(table.select("a", "b").iter_rows(), 1):
        ranks.setdefault(frozenset((a, b)), number)
    called = identities.id_of
    wanted = [
        frozenset((called.get(pair.one, pair.one), called.get(pair.other, pair.other))) for pair in pairs if pair.same
    ]
    wanted = [pair for pair in wanted if len(pair) == 2]
    found = sorted(ranks[pair] for pair in wanted if pair in ranks)
    return Places(found, len(wanted), table.height)
