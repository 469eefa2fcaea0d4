"""Gaps between groups in two halves of time, and gaps where there are none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import polars as pl
from scipy.stats import spearmanr

from graph.columns import Columns
from graph.gaps.collaboration import Collaboration, collaboration
from graph.gaps.grouping import BY, By, Grouping
from graph.gaps.matrix import LEAST, matrix
from graph.gaps.matrix_parts import Left, part
from graph.gaps.reshuffle import reshuffles
from graph.gaps.rows import Cell
from graph.gaps.tally import Table, tallies

HALVES: Final = ((2014, 2016), (2017, 2019))
BOUNDS: Final = (1, 5, 20)
_FEWEST: Final = 10  # cells of a rank correlation


@dataclass(frozen=True, slots=True)
class Stable:
    """Spearman's rank correlation of the gaps of cells that expect at least so much in both halves; None for few cells."""

    by: By
    technologies: bool  # each technology by itself, else all projects together
    least: int
    cells: int
    correlation: float | None


def stability(columns: Columns) -> Iterator[Stable]:
    """By type, by region and by both."""
    nets = [_half(columns, *years) for years in HALVES]
    for by in BY:
        first, second = (
            {_key(cell): cell for cell in matrix(net, by=by, reshuffles=0, limit=None).rows} for net in nets
        )
        for technologies in (False, True):
            pairs = [
                (cell, second[key])
                for key, cell in first.items()
                if key in second and (cell.technology is not None) == technologies
            ]
            for least in BOUNDS:
                held = [(a.gap, b.gap) for a, b in pairs if min(a.expected, b.expected) >= least]
                found = float(spearmanr(np.array(held)).statistic) if len(held) >= _FEWEST else None
                yield Stable(by, technologies, least, len(held), found)


def _half(columns: Columns, first: int, last: int) -> Collaboration:
    """The network of the projects that began in these years."""
    whole = collaboration(columns).occasions
    things = whole.filter(pl.col("start").is_between(first, last))["thing"].drop_nulls().unique().sort()
    return collaboration(columns, until=last, things=things.to_list())


def _key(cell: Cell) -> tuple[object, ...]:
    return cell.technology, *((group.region, group.type) for group in (cell.a, cell.b))


def tables(net: Collaboration, by: By, technologies: Sequence[int | None]) -> list[Table]:
    """What the matrix counts."""
    grouping = Grouping(net, by)
    found = (part(net, tech, grouping, Left()) for tech in technologies)
    return [one.table for one in found if one is not None]


def shuffled(table: Table, seed: int) -> Table:
    """Everybody as active as before and every project as large, and nothing else left."""
    (dealt,) = reshuffles(table.actors, table.occasions, np.array([0]), 1, seed)
    return replace(table, actors=dealt)


def drawn(table: Table, seed: int) -> Table:
    """The network as it is, and the groups drawn by lot."""
    return replace(table, groups=np.random.default_rng(seed).permutation(table.groups))


def false_gaps(held: Sequence[Table], count: int = 200) -> tuple[int, int]:
    """Cells at E >= 5, and how many of them have the status gap."""
    tested = false = 0
    for found in tallies(held, count, 0, LEAST):
        cells = np.triu_indices(len(found.gap))
        large = found.expected[cells] >= LEAST
        tested += int(large.sum())
        false += int((found.high[cells][large] < 0).sum())
    return tested, false
