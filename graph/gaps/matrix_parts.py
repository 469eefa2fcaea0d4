"""What the matrix of groups counts in one technology: its table, its groups, and the pairs that were never linked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from graph.gaps.collaboration import Collaboration
from graph.gaps.grouping import Grouping, heads_of
from graph.gaps.rows import Group
from graph.gaps.tally import Table
from graph.inside import inside

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

FEWEST: Final = 5  # actors on a side; a corporate group, or a university with its own groups, is one
MOST: Final = 60  # groups of a technology, those with most participations first


@dataclass(frozen=True, eq=False)
class Part:
    """One technology (None = all that the map knows) and its groups. `here`: which lie in the regions of the scope; `never`,
    groups x groups: the pairs across that nothing ever linked; `dated`: anything is, or ties do not age."""

    technology: int | None
    table: Table
    groups: tuple[Group, ...]
    here: Mask
    never: Ints
    dated: bool


@dataclass
class Left:
    """What is not shown: groups that are too small or too many, what cannot be said of whole technologies, and those that say
    the same as a narrower one."""

    small: int = 0
    many: int = 0
    undated: list[int] = field(default_factory=list)
    same: list[int] = field(default_factory=list)


def part(net: Collaboration, tech: int | None, grouping: Grouping, left: Left) -> Part | None:
    """None when nobody worked with anybody on it, or no group is left; adds to `left` what is not shown."""
    slugs = () if tech is None else (net.columns.key_of[tech].removeprefix("tech/"),)
    columns = np.flatnonzero(net.occasions_on(slugs))
    code = np.where(net.working_on(slugs), grouping.code, -1)
    sizes = np.bincount(code[code >= 0], minlength=len(grouping.kinds))
    tops = heads_of(net.owner, code, len(grouping.kinds))
    numbers = _shown(net, code, columns, grouping, left, tops) if len(columns) else columns
    if not len(numbers):
        return None
    place = np.full(len(grouping.kinds) + 1, -1, dtype=np.int64)
    place[numbers] = np.arange(len(numbers))
    local = place[code]
    dated = not net.scope.half_life or bool((net.occasions["start"].to_numpy()[columns] >= 0).any())
    if not dated and tech is not None:
        left.undated.append(tech)
    return Part(
        technology=tech,
        table=_table(net, columns, local, len(numbers)),
        groups=tuple(grouping.group(int(one), int(sizes[one]), int(tops[one])) for one in numbers),
        here=grouping.within_scope[numbers],
        never=_never(net, local, sizes[numbers]),
        dated=dated,
    )


def distinct(net: Collaboration, parts: list[Part], left: Left) -> list[Part]:
    """Without the technologies in which nothing happens but in one narrower one, as its occasions and actors are theirs."""
    of = {found.technology: found for found in parts}

    def same(found: Part) -> bool:
        below = () if found.technology is None else inside(net.columns, found.technology)
        return any(
            (narrow := of.get(node)) is not None
            and len(narrow.table.worth) == len(found.table.worth)
            and narrow.groups == found.groups
            for node in below
        )

    left.same += [found.technology for found in parts if found.technology is not None and same(found)]
    return [found for found in parts if found.technology not in left.same]


def _shown(net: Collaboration, code: Ints, columns: Ints, grouping: Grouping, left: Left, tops: Ints) -> Ints:
    """Numbers of the groups that are shown. Small ones are when the scope asks for their region or type."""
    grouped = code >= 0
    there = (tops > 0) | grouping.asked
    small = (tops < FEWEST) & (grouping.by != "type")
    if net.scope.regions:
        small &= ~grouping.within_scope
    left.small += int((there & small).sum())
    numbers = np.flatnonzero(there & ~small)
    left.many += max(0, len(numbers) - MOST)
    busy = np.asarray(net.incidence[:, columns].sum(axis=1), dtype=np.float64).ravel()
    parts = np.bincount(code[grouped], busy[grouped], len(grouping.kinds))
    return np.sort(numbers[np.argsort(-parts[numbers], kind="stable")][:MOST])


def _table(net: Collaboration, columns: Ints, local: Ints, count: int) -> Table:
    rows, occasions = net.incidence[:, columns].tocoo().coords
    present, actors = np.unique(rows, return_inverse=True)
    return Table(actors.astype(np.int64), occasions.astype(np.int64), net.decay[columns], local[present], count)


def _never(net: Collaboration, local: Ints, sizes: Ints) -> Ints:
    rows = np.flatnonzero(local >= 0)
    one, other = net.ever[rows][:, rows].tocoo().coords
    count = len(sizes)
    met = np.bincount(local[rows][one] * count + local[rows][other], minlength=count * count).reshape(count, count)
    never = np.outer(sizes, sizes) - met
    within = np.arange(count)
    never[within, within] = (sizes * (sizes - 1) - met[within, within]) // 2
    return np.asarray(never)
