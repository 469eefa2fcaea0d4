"""Group gaps: between which groups of actors fewer ties are seen than chance would give (docs/explanation/gaps.md)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, get_args

import numpy as np
import numpy.typing as npt

from graph.gaps.answer import Answer, Note
from graph.gaps.collaboration import Collaboration
from graph.gaps.coverage import absence, coverage
from graph.gaps.grouping import By, Grouping
from graph.gaps.rows import Cell, Status
from graph.gaps.tally import Table, Tally, tallies

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

FEWEST: Final = 5  # actors on a side
LEAST: Final = 5.0  # expected ties of a cell that says anything
_MOST: Final = 60  # groups of a technology, those with most participations first
_ORDER: Final[tuple[Status, ...]] = get_args(Status)
_CHANCE: Final = 0.025


@dataclass(frozen=True, eq=False)
class Part:
    """One technology (None = all). `numbers` are those of its groups in the grouping, `sizes` how many actors each has,
    `never` the pairs across that were never linked."""

    technology: int | None
    table: Table
    numbers: Ints
    sizes: Ints
    never: Ints
    dated: bool


@dataclass
class Left:
    """What is not shown."""

    small: int = 0
    many: int = 0
    undated: list[int] = field(default_factory=list)


def matrix(
    net: Collaboration, *, by: By = "type", reshuffles: int = 200, seed: int = 0, limit: int | None = 200
) -> Answer[Cell]:
    """Cells of each technology of the scope, most severe first; without one, of every technology and of all together.

    `reshuffles` 0 draws no intervals, and then says nothing of any cell. The regions and types of the scope choose the
    groups, and which cells are shown; expectations are always those of the whole technology.
    """
    grouping = Grouping(net, by)
    inside = net.working_on(net.scope.technologies) & grouping.here
    held = coverage(net, inside)
    left = Left()
    parts = [part for tech in _technologies(net) if (part := _part(net, tech, grouping, left)) is not None]
    counted = tallies([part.table for part in parts], reshuffles, seed, LEAST)
    cells = [cell for part, found in zip(parts, counted, strict=True) for cell in _cells(net, part, found, grouping)]
    cells.sort(key=lambda cell: _rank(net, cell))
    return Answer(
        scope=net.scope,
        coverage=held,
        rows=tuple(cells[:limit]),
        total=len(cells),
        notes=(absence(held), *_notes(cells, left)),
        empty=None if cells else _empty(net, grouping, inside, bool(parts)),
    )


def _technologies(net: Collaboration) -> list[int | None]:
    if not net.scope.technologies:
        return [None, *map(int, net.techs)]
    return [net.columns.node_of[f"tech/{slug}"] for slug in net.scope.technologies]


def _part(net: Collaboration, tech: int | None, grouping: Grouping, left: Left) -> Part | None:
    """None when nobody worked with anybody on it, or no group is left."""
    slugs = () if tech is None else (net.columns.key_of[tech].removeprefix("tech/"),)
    columns = np.flatnonzero(net.occasions_on(slugs))
    if not len(columns):
        return None
    code = np.where(net.working_on(slugs), grouping.code, -1)
    numbers, sizes = _groups(net, code, columns, grouping, left)
    if not len(numbers):
        return None
    place = np.full(len(grouping.kinds) + 1, -1, dtype=np.int64)
    place[numbers] = np.arange(len(numbers))
    local = place[code]
    dated = bool((net.occasions["start"].to_numpy()[columns] >= 0).any()) or not net.scope.half_life
    if not dated and tech is not None:
        left.undated.append(tech)
    table = _table(net, columns, local, len(numbers))
    return Part(tech, table, numbers, sizes, _never(net, local, sizes), dated)


def _groups(net: Collaboration, code: Ints, columns: Ints, grouping: Grouping, left: Left) -> tuple[Ints, Ints]:
    """Numbers and sizes of the groups that are shown, and a count of those that are not."""
    sizes = np.bincount(code[code >= 0], minlength=len(grouping.kinds))
    there = (sizes > 0) | _asked(net, grouping)
    small = (sizes < FEWEST) & (grouping.by != "type")
    if net.scope.regions:
        small &= ~grouping.inside_scope()
    left.small += int((there & small).sum())
    busy = np.asarray(net.incidence[:, columns].sum(axis=1)).ravel()
    parts = np.bincount(code[code >= 0], weights=busy[code >= 0], minlength=len(grouping.kinds))
    numbers = np.flatnonzero(there & ~small)
    numbers = np.sort(numbers[np.argsort(-parts[numbers], kind="stable")][:_MOST])
    left.many += int((there & ~small).sum()) - len(numbers)
    return numbers, sizes[numbers]


def _asked(net: Collaboration, grouping: Grouping) -> Mask:
    """Groups that the scope names; they are shown even when nobody is in them."""
    named = net.scope.types is not None and grouping.by == "type"
    return np.array([named and not label[1] for label, _ in grouping.kinds], dtype=bool)


def _table(net: Collaboration, columns: Ints, local: Ints, count: int) -> Table:
    rows, occasions = net.incidence[:, columns].tocoo().coords
    present, actors = np.unique(rows, return_inverse=True)
    return Table(actors.astype(np.int64), occasions.astype(np.int64), net.decay[columns], local[present], count)


def _never(net: Collaboration, local: Ints, sizes: Ints) -> Ints:
    """Groups x groups: pairs of actors never linked by anything."""
    rows = np.flatnonzero(local >= 0)
    one, other = net.ever[rows][:, rows].tocoo().coords
    count = len(sizes)
    met = np.bincount(local[rows][one] * count + local[rows][other], minlength=count * count).reshape(count, count)
    never = np.outer(sizes, sizes) - met
    within = np.arange(count)
    never[within, within] = (sizes * (sizes - 1) - met[within, within]) // 2
    return never


def _cells(net: Collaboration, part: Part, found: Tally, grouping: Grouping) -> Iterable[Cell]:
    here = grouping.inside_scope()[part.numbers]
    count = len(part.numbers)
    groups = [grouping.group(int(number), int(size)) for number, size in zip(part.numbers, part.sizes, strict=True)]
    for a in range(count):
        for b in range(a, count):
            if net.scope.regions and not (here[a] and here[b] if net.scope.reach == "within" else here[a] or here[b]):
                continue
            one, other = _turned(net, grouping, part, a, b)
            if one < 0:
                continue
            status = _status(part, found, a, b)
            silent = status in ("cannot-say", "too-few-actors")
            yield Cell(
                technology=part.technology,
                a=groups[one],
                b=groups[other],
                observed=float(found.observed[a, b]),
                expected=float(found.expected[a, b]),
                gap=float(found.gap[a, b]),
                low=None if silent else float(found.low[a, b]),
                high=None if silent else float(found.high[a, b]),
                status=status,
                missing_pairs=int(part.never[a, b]),
            )


def _turned(net: Collaboration, grouping: Grouping, part: Part, a: int, b: int) -> tuple[int, int]:
    """The two groups in the order of the types of the scope; -1 when they are not of these types."""
    if net.scope.types is None:
        return a, b
    types = grouping.kinds[part.numbers[a]][1], grouping.kinds[part.numbers[b]][1]
    if types == net.scope.types:
        return a, b
    return (b, a) if types[::-1] == net.scope.types else (-1, -1)


def _status(part: Part, found: Tally, a: int, b: int) -> Status:
    if min(part.sizes[a], part.sizes[b]) < FEWEST:
        return "too-few-actors"
    if not part.dated or found.expected[a, b] < LEAST or np.isnan(found.low[a, b]):
        return "cannot-say"
    if found.high[a, b] < 0:
        return "gap"
    return "over-linked" if found.low[a, b] > 0 else "as-expected"


def _rank(net: Collaboration, cell: Cell) -> tuple[object, ...]:
    """By status, then how far below the expectation; what is left is in the order of names."""
    key = "" if cell.technology is None else net.columns.key_of[cell.technology]
    sides = [(group.outside, group.region or "", group.type or "") for group in (cell.a, cell.b)]
    return _ORDER.index(cell.status), round(cell.gap, 9), -round(cell.expected, 9), key, sides


def _notes(cells: list[Cell], left: Left) -> Iterable[Note]:
    tested = sum(cell.low is not None for cell in cells)
    if tested:
        yield Note("matrix-chance", {"tested": tested, "chance": tested * _CHANCE})
    if left.small:
        yield Note("matrix-small", {"groups": left.small, "fewest": FEWEST})
    if left.many:
        yield Note("matrix-many", {"groups": left.many, "most": _MOST})
    if left.undated:
        yield Note("matrix-undated", things={"technologies": tuple(left.undated)})


def _empty(net: Collaboration, grouping: Grouping, inside: Mask, tied: bool) -> Note:
    if not inside.any():
        scope = net.scope
        asked = [*scope.technologies, *scope.regions, *(scope.types or ())]
        return Note("no-actors", {"filters": ", ".join(asked) or "-"})
    if not np.any(grouping.code[inside] >= 0):
        return Note("matrix-ungrouped", {"actors": int(inside.sum())})
    if not tied:
        return Note("no-ties", {"actors": int(inside.sum())})
    return Note("matrix-no-cells", {"actors": int(inside.sum()), "fewest": FEWEST})
