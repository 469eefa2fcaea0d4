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

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt

from graph.gaps.reshuffle import reshuffles

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_Item = TypeVar("_Item")
_AT_ONCE: Final = 20_000  # participations in one list: fewer calls for many small tables, and still inside the cache
_NO_THREADS: Final = 250_000  # multiplications up to which OpenBLAS keeps to one thread
OUTSIDE: Final = (2.5, 97.5)  # per cent of the tables dealt by chance; of 200 the 5th from below and from above


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
    """Groups x groups, symmetric. low and high are nan where nothing was drawn."""

    observed: Floats
    expected: Floats
    gap: Floats
    low: Floats
    high: Floats


def tally(table: Table, actors: Ints | None = None) -> tuple[Floats, Floats]:
    """O and E of every cell, groups x groups; `actors` in place of the table's own."""
    who = table.actors if actors is None else actors
    all_groups = table.groups[who]
    held = all_groups >= 0
    group, occasions = all_groups[held], table.occasions[held]
    cells = np.bincount(occasions * table.count + group, minlength=len(table.worth) * table.count)
    present = cells.reshape(-1, table.count).astype(np.float64)
    observed = _crossed(present, present * table.pull[:, np.newaxis])
    mass = np.bincount(group, table.worth[occasions], table.count)
    strength = np.bincount(who, table.worth[table.occasions], len(table.groups))
    placed = table.groups >= 0
    itself = np.bincount(table.groups[placed], strength[placed] ** 2, table.count)
    expected = np.outer(mass, mass) / (table.mass or 1.0)
    within = np.arange(table.count)
    observed[within, within] = (observed[within, within] - np.bincount(group, table.pull[occasions], table.count)) / 2
    expected[within, within] = (expected[within, within] - itself / (table.mass or 1.0)) / 2
    return observed, expected


def _crossed(one: Floats, other: Floats) -> Floats:
    """one.T @ other in pieces so small that the linear algebra starts no threads: beside other work on the same two
    processors they wait for each other, which took up to seven times as long."""
    count = one.shape[1]
    deep = max(1, _NO_THREADS // max(1, count * count))
    whole = len(one) // deep * deep
    pieces = [each[:whole].reshape(-1, deep, count) for each in (one, other)]
    found = np.matmul(pieces[0].transpose(0, 2, 1), pieces[1]).sum(axis=0) + one[whole:].T @ other[whole:]
    return np.asarray(found)


def gap_of(observed: Floats, expected: Floats) -> Floats:
    """ln((O+1)/(E+1)); the ones keep a cell with few ties from looking like much."""
    return np.asarray(np.log((observed + 1) / (expected + 1)))


def tallies(tables: Sequence[Table], count: int, seed: int, least: float) -> list[Tally]:
    """For each table what it shows, and the interval of the gap from `count` reshuffles of it, where E is `least` or more."""
    seen = [tally(table) for table in tables]
    large = [np.flatnonzero((expected >= least).any(axis=1)) for _, expected in seen]
    drawn = [number for number, groups in enumerate(large) if len(groups) and count]
    found = [_plain(observed, expected) for observed, expected in seen]
    cut = [(number, _only(tables[number], large[number])) for number in drawn]
    for batch in batches(cut, lambda one: one[1]):
        chance = _chance([table for _, table in batch], count, seed)
        for (number, _), gaps in zip(batch, chance, strict=True):
            _narrow(found[number], gaps, large[number], least)
    return found


def _plain(observed: Floats, expected: Floats) -> Tally:
    nothing = np.full_like(expected, np.nan)
    return Tally(observed, expected, gap_of(observed, expected), nothing, nothing.copy())


def _only(table: Table, groups: Ints) -> Table:
    """The table with these groups alone; everybody else stays in it, in no group."""
    place = np.full(table.count + 1, -1, dtype=np.int64)
    place[groups] = np.arange(len(groups))
    return replace(table, groups=place[table.groups], count=len(groups))


def _narrow(found: Tally, gaps: Floats, groups: Ints, least: float) -> None:
    """Write the interval into the cells that have one."""
    low = np.percentile(gaps, OUTSIDE[0], axis=0, method="lower")
    high = np.percentile(gaps, OUTSIDE[1], axis=0, method="higher")
    cells = np.ix_(groups, groups)
    drawn = found.expected[cells] >= least
    found.low[cells] = np.where(drawn, found.gap[cells] - high, np.nan)
    found.high[cells] = np.where(drawn, found.gap[cells] - low, np.nan)


def batches(items: Sequence[_Item], table_of: Callable[[_Item], Table]) -> list[list[_Item]]:
    """In their order, as many together as are counted in one list."""
    found: list[list[_Item]] = []
    room = 0
    for item in items:
        size = len(table_of(item).actors)
        if size > room:
            found.append([])
            room = _AT_ONCE
        found[-1].append(item)
        room -= size
    return found


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
