"""Group gaps: between which groups of actors fewer ties are seen than chance would give (docs/explanation/gaps.md)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations_with_replacement
from typing import Final, get_args

import numpy as np
import numpy.typing as npt

from graph.gaps.answer import Answer, Note
from graph.gaps.collaboration import Collaboration
from graph.gaps.coverage import absence, coverage
from graph.gaps.grouping import By, Grouping
from graph.gaps.matrix_parts import FEWEST, MOST, Left, Part, distinct, part
from graph.gaps.rows import SILENT, Cell, Group, Status
from graph.gaps.scope import Scope
from graph.gaps.tally import Tally, tallies
from graph.gaps.why import no_ties, nobody

LEAST: Final = 5.0  # expected ties of a cell that says anything
_ORDER: Final[tuple[Status, ...]] = get_args(Status)
_CHANCE: Final = 0.025  # of the cells without a gap whose interval lies below 0


def matrix(
    net: Collaboration, *, by: By = "type", reshuffles: int = 200, seed: int = 0, limit: int | None = 200
) -> Answer[Cell]:
    """Cells of each technology of the scope, most severe first; without one, of every technology and of all together, but not
    of one that says no more than a narrower one.

    `reshuffles` 0 draws no intervals, and then says nothing of any cell. The regions and types of the scope choose the
    groups, and which cells are shown; expectations are always those of the whole technology.
    """
    grouping = Grouping(net, by)
    inside = net.working_on(net.scope.technologies) & grouping.here
    held = coverage(net, inside, about=True)
    left = Left()
    parts = [found for tech in _technologies(net) if (found := part(net, tech, grouping, left)) is not None]
    if not net.scope.technologies:
        parts = distinct(net, parts, left)
    counted = tallies([found.table for found in parts], reshuffles, seed, LEAST)
    cells = [cell for found, tally in zip(parts, counted, strict=True) for cell in _cells(net.scope, found, tally)]
    cells.sort(key=lambda cell: _rank(net, cell))
    return Answer(
        scope=net.scope,
        coverage=held,
        rows=tuple(cells[:limit]),
        total=len(cells),
        notes=(absence(held), *_notes(cells, left, int((inside & grouping.placeless).sum()))),
        empty=None if cells else _empty(net, grouping, inside),
    )


def _technologies(net: Collaboration) -> list[int | None]:
    if not net.scope.technologies:
        return [None, *map(int, net.techs)]
    return [*net.columns.technologies(net.scope.technologies)]


def _cells(scope: Scope, found: Part, tally: Tally) -> Iterator[Cell]:
    for at in combinations_with_replacement(range(len(found.groups)), 2):
        sides = _turned(scope, found.groups[at[0]], found.groups[at[1]])
        if sides is None or not _asked(scope, bool(found.here[at[0]]), bool(found.here[at[1]])):
            continue
        status = _status(found, tally, at)
        silent = status in SILENT
        yield Cell(
            technology=found.technology,
            a=sides[0],
            b=sides[1],
            observed=float(tally.observed[at]),
            expected=float(tally.expected[at]),
            gap=float(tally.gap[at]),
            low=None if silent else float(tally.low[at]),
            high=None if silent else float(tally.high[at]),
            status=status,
            missing_pairs=int(found.never[at]),
        )


def _turned(scope: Scope, a: Group, b: Group) -> tuple[Group, Group] | None:
    """The two groups in the order of the types of the scope; None when they are not of these types."""
    if scope.types is None or (a.type, b.type) == scope.types:
        return a, b
    return (b, a) if (b.type, a.type) == scope.types else None


def _asked(scope: Scope, a_here: bool, b_here: bool) -> bool:
    if not scope.regions:
        return True
    return a_here and b_here if scope.reach == "within" else a_here or b_here


def _status(found: Part, tally: Tally, at: tuple[int, int]) -> Status:
    if min(found.groups[side].heads for side in at) < FEWEST:
        return "too-few-actors"
    if not found.dated or np.isnan(tally.low[at]):
        return "cannot-say"
    if tally.high[at] < 0:
        return "gap"
    return "over-linked" if tally.low[at] > 0 else "as-expected"


def _rank(net: Collaboration, cell: Cell) -> tuple[object, ...]:
    """By status, then how far below the expectation; what is left is in the order of names."""
    key = "" if cell.technology is None else net.columns.key_of[cell.technology]
    sides = [(group.outside, group.region or "", group.type or "") for group in (cell.a, cell.b)]
    return _ORDER.index(cell.status), round(cell.gap, 9), -round(cell.expected, 9), key, sides


def _notes(cells: list[Cell], left: Left, placeless: int) -> Iterator[Note]:
    tested = sum(cell.low is not None for cell in cells)
    if tested:
        yield Note("matrix-chance", {"tested": tested, "chance": round(tested * _CHANCE, 1)})
    elif cells:
        yield Note("matrix-silent", {"least": int(LEAST), "fewest": FEWEST})
    if placeless:
        yield Note("matrix-placeless", {"actors": placeless})
    if left.small:
        yield Note("matrix-small", {"groups": left.small, "fewest": FEWEST})
    if left.many:
        yield Note("matrix-many", {"groups": left.many, "most": MOST})
    if left.same:
        yield Note("matrix-same", things={"technologies": tuple(left.same)})
    if left.undated:
        yield Note("matrix-undated", things={"technologies": tuple(left.undated)})


def _empty(net: Collaboration, grouping: Grouping, inside: npt.NDArray[np.bool_]) -> Note:
    count = int(inside.sum())
    if not count:
        return nobody(net)
    if not np.any(grouping.code[inside] >= 0):
        return Note("matrix-ungrouped", {"actors": count})
    tied = net.occasions_on(net.scope.technologies)
    if not net.incidence[inside][:, np.flatnonzero(tied)].nnz:
        return no_ties(net, inside)
    return Note("matrix-no-cells", {"actors": count, "fewest": FEWEST})
