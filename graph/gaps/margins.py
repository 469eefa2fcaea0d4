"""Ties of the research of each region to companies within a technology, seen and expected, as in the matrix of groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from graph.gaps.collaboration import Collaboration, Floats, Ints, Mask
from graph.gaps.reshuffle import reshuffles
from graph.gaps.tally import OUTSIDE, Table, batches, gap_of, tally

__all__ = ["Margins", "intervals", "margins"]

_RESHUFFLES, _SEED = 200, 0


@dataclass(frozen=True, eq=False)
class Margins:
    """One technology (column of `net.techs`). Arrays by region: decayed participations, ties to companies seen and expected.
    `table` has the regions as groups, and the companies as the last one."""

    column: int
    mass: Floats
    observed: Floats
    expected: Floats
    table: Table

    @property
    def gap(self) -> Floats:
        """ln((O+1)/(E+1))."""
        return gap_of(self.observed, self.expected)


def margins(net: Collaboration, column: int, region: Ints, regions: int, companies: Mask) -> Margins:
    """`region`: for each actor the region whose research it is, or -1; `companies`: the other side, none of them in both."""
    columns = np.flatnonzero(net.covers[:, [column]].toarray().ravel())
    rows, occasions = net.incidence[:, columns].tocoo().coords
    present, actors = np.unique(rows, return_inverse=True)
    group = np.where(companies, regions, region)[present]
    table = Table(actors.astype(np.int64), occasions.astype(np.int64), net.decay[columns], group, regions + 1)
    observed, expected = tally(table)
    of_research = group[table.actors]
    held = of_research >= 0
    mass = np.bincount(of_research[held], table.worth[table.occasions][held], regions + 1)[:regions].astype(np.float64)
    return Margins(column, mass, observed[:regions, regions], expected[:regions, regions], table)


def intervals(found: Sequence[tuple[Margins, Ints]]) -> list[tuple[Floats, Floats]]:
    """For each technology the interval of the gap (95 %) of some of its regions, from 200 reshuffles as in the matrix."""
    held: list[tuple[Floats, Floats]] = []
    for batch in batches(found, lambda one: one[0].table):
        chance = _chance([margin.table for margin, _ in batch])
        for (margin, regions), gaps in zip(batch, chance, strict=True):
            low, high = np.percentile(gaps[:, regions], OUTSIDE, axis=0)
            held.append((margin.gap[regions] - high, margin.gap[regions] - low))
    return held


def _chance(tables: Sequence[Table]) -> list[Floats]:
    """For each table the gaps of all its regions on each reshuffle: reshuffles x regions. All tables are counted at once."""
    starts = np.cumsum([0, *(len(table.actors) for table in tables)])[:-1]
    before = np.cumsum([0, *(len(table.worth) for table in tables)])[:-1]
    places = np.cumsum([0, *(table.count for table in tables)])
    people = np.cumsum([0, *(len(table.groups) for table in tables)])[:-1]
    actors = np.concatenate([table.actors + first for table, first in zip(tables, people, strict=True)])
    occasions = np.concatenate([table.occasions + first for table, first in zip(tables, before, strict=True)])
    # One more place at the end for those in no group.
    group = np.concatenate(
        [
            np.where(table.groups < 0, places[-1], table.groups + first)
            for table, first in zip(tables, places, strict=False)
        ]
    )
    company = np.isin(group, places[1:] - 1)
    worth, pull = (np.concatenate([getattr(table, name) for table in tables]) for name in ("worth", "pull"))
    masses = np.repeat([table.mass or 1.0 for table in tables], [table.count for table in tables])
    last = np.repeat(places[1:] - 1, [table.count for table in tables])
    gaps = np.empty((_RESHUFFLES, places[-1]))
    for turn, dealt in enumerate(reshuffles(actors, occasions, starts, _RESHUFFLES, _SEED)):
        partners = np.bincount(occasions, company[dealt], len(worth))
        observed = np.bincount(group[dealt], (pull * partners)[occasions], places[-1] + 1)[:-1]
        mass = np.bincount(group[dealt], worth[occasions], places[-1] + 1)[:-1]
        gaps[turn] = gap_of(np.asarray(observed, dtype=np.float64), mass * mass[last] / masses)
    return [gaps[:, first:end] for first, end in pairwise(places)]
