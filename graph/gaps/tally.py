"""Ties between groups, seen and expected, on one two-mode table and on many that chance could have dealt instead.

With s_i = sum of decay over the occasions of actor i (its strength, which is the sum of its w_ij), m_a = sum of s_i in a and
M = sum of all s_i, a cell has

    O = sum of w_ij     over the pairs {i, j} of the cell, i in a and j in b
    E = sum of s_i s_j / M over the same pairs: m_a m_b / M between two groups, (m_a^2 - sum of s_i^2) / 2M within one
    gap = ln((O + 1) / (E + 1))

For a table that was dealt by chance m, E and the gap are counted anew in the same way, so that what the configuration model
gets wrong (nobody is in an occasion twice, decay differs between occasions) is in both and drops out of their difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from graph.gaps.reshuffle import reshuffles

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_AT_ONCE: Final = 20_000  # participations in one list: fewer calls for many small tables, and still inside the cache
_OUTSIDE: Final = (2.5, 97.5)  # per cent of the tables dealt by chance


@dataclass(frozen=True, eq=False)
class Table:
    """Who takes part in what, every actor of every occasion: `actors` and `occasions` are the ends of each participation,
    `worth` the decay of each occasion, `groups` the group of each actor, -1 for none, of `count` groups."""

    actors: Ints
    occasions: Ints
    worth: Floats
    groups: Ints
    count: int

    @cached_property
    def pull(self) -> Floats:
        """What a pair in each occasion adds to O: decay/(n - 1)."""
        sizes = np.bincount(self.occasions, minlength=len(self.worth))
        return np.where(sizes > 1, self.worth / np.maximum(sizes - 1, 1), 0.0)

    @cached_property
    def mass(self) -> float:
        """M."""
        return float(self.worth[self.occasions].sum())


@dataclass(frozen=True, eq=False)
class Tally:
    """Groups x groups, symmetric. low and high are nan where there are no tables to compare with."""

    observed: Floats
    expected: Floats
    gap: Floats
    low: Floats
    high: Floats


def tally(table: Table, actors: Ints | None = None) -> tuple[Floats, Floats]:
    """O and E of every cell, groups x groups; `actors` in place of the table's own."""
    who = table.actors if actors is None else actors
    group = table.groups[who]
    held = group >= 0
    cells = table.occasions[held] * table.count + group[held]
    present = np.bincount(cells, minlength=len(table.worth) * table.count).reshape(-1, table.count).astype(np.float64)
    observed = present.T @ (present * table.pull[:, np.newaxis])
    strength = np.bincount(who, weights=table.worth[table.occasions], minlength=len(table.groups))
    mass = present.T @ table.worth
    itself = np.bincount(table.groups[table.groups >= 0], (strength**2)[table.groups >= 0], minlength=table.count)
    expected = np.outer(mass, mass) / (table.mass or 1.0)
    within = np.arange(table.count)
    observed[within, within] = (observed[within, within] - present.T @ table.pull) / 2
    expected[within, within] = (expected[within, within] - itself / (table.mass or 1.0)) / 2
    return observed, expected


def gap_of(observed: Floats, expected: Floats) -> Floats:
    """ln((O+1)/(E+1)); the ones keep a cell with few ties from looking like much."""
    return np.asarray(np.log((observed + 1) / (expected + 1)))


def tallies(tables: Sequence[Table], count: int, seed: int) -> list[Tally]:
    """For each table what it shows, and the interval of the gap from `count` reshuffles of it."""
    found: list[Tally] = []
    for batch in _batches(tables):
        chance = _chance(batch, count, seed) if count else [np.full((1, t.count, t.count), np.nan) for t in batch]
        for table, gaps in zip(batch, chance, strict=True):
            observed, expected = tally(table)
            gap = gap_of(observed, expected)
            least, most = np.percentile(gaps, _OUTSIDE, axis=0)
            found.append(Tally(observed, expected, gap, gap - most, gap - least))
    return found


def _batches(tables: Sequence[Table]) -> list[list[Table]]:
    batches: list[list[Table]] = []
    room = 0
    for table in tables:
        if len(table.actors) > room:
            batches.append([])
            room = _AT_ONCE
        batches[-1].append(table)
        room -= len(table.actors)
    return batches


def _chance(batch: Sequence[Table], count: int, seed: int) -> list[Floats]:
    """For each table the gaps on its reshuffles: count x groups x groups."""
    starts = np.cumsum([0, *(len(table.actors) for table in batch)])
    before = np.cumsum([0, *(len(table.worth) for table in batch)])
    actors = np.concatenate([table.actors for table in batch])
    occasions = np.concatenate([table.occasions + first for table, first in zip(batch, before, strict=False)])
    gaps = [np.empty((count, table.count, table.count)) for table in batch]
    for turn, dealt in enumerate(reshuffles(actors, occasions, starts[:-1], count, seed)):
        for number, table in enumerate(batch):
            gaps[number][turn] = gap_of(*tally(table, dealt[starts[number] : starts[number + 1]]))
    return gaps
