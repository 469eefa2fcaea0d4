"""Ties of the research of each region to companies within a technology, seen and expected, as in the matrix of groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph.gaps.areas import LEAST_EXPECTED
from graph.gaps.collaboration import Collaboration, Floats, Ints, Mask
from graph.gaps.tally import Table, tallies, tally

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
        found: Floats = np.log((self.observed + 1) / (self.expected + 1))
        return found


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
    """For each technology the interval of the gap (95 %) of some of its regions, from reshuffles; nan where E is below 5."""
    tables = [_only(margin, regions) for margin, regions in found]
    counted = tallies(tables, _RESHUFFLES, _SEED, LEAST_EXPECTED)
    return [(held.low[:-1, -1], held.high[:-1, -1]) for held in counted]


def _only(margin: Margins, regions: Ints) -> Table:
    """Groups for these regions and the companies alone; everybody else stays in the table, in no group."""
    table = margin.table
    place = np.full(table.count + 1, -1, dtype=np.int64)
    place[regions] = np.arange(len(regions))
    place[table.count - 1] = len(regions)
    return Table(table.actors, table.occasions, table.worth, place[table.groups], len(regions) + 1)
