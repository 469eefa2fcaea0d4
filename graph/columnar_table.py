"""Solutions as columns of numbers, and what can be done to whole columns at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graph.columnar_terms import Ids, Mask, Numbers

UNBOUND = -1
MOST_CELLS = 10_000_000  # of a table on the way
_SMALL, _DENSE = 1 << 16, 1 << 24  # keys below this are marked in an array, those above are sorted


class LeaveError(Exception):
    """The columns are not certain to give the engine's answer, or would need too much: the engine answers."""


@dataclass(frozen=True, slots=True)
class Table:
    """`count` solutions; each column has as many numbers of terms, UNBOUND where the variable has none."""

    count: int
    columns: Mapping[str, Ids]

    def rows(self, chosen: Numbers | Ids | Mask) -> Table:
        """The chosen rows, by a mask or by their places."""
        count = int(np.count_nonzero(chosen)) if chosen.dtype == np.bool_ else len(chosen)
        if chosen.dtype == np.bool_:
            if count == self.count:
                return self
            chosen = np.flatnonzero(chosen)
        guard(count, len(self.columns))
        return Table(count, {name: column[chosen] for name, column in self.columns.items()})

    def slice(self, start: int, end: int | None) -> Table:
        """Some rows in a row."""
        kept = {name: column[start:end] for name, column in self.columns.items()}
        return Table(len(range(self.count)[start:end]), kept)

    def with_columns(self, more: Mapping[str, Ids]) -> Table:
        """With more columns of as many rows."""
        return Table(self.count, {**self.columns, **more})

    def only(self, names: Sequence[str]) -> Table:
        """Some columns in that order; one that there is none of is unbound all the way."""
        return Table(self.count, {name: self.column(name) for name in names})

    def column(self, name: str) -> Ids:
        """A column, unbound all the way when there is none."""
        held = self.columns.get(name)
        return np.full(self.count, UNBOUND, np.int32) if held is None else held

    def certain(self, name: str) -> bool:
        """Whether the variable is bound in every solution."""
        held = self.columns.get(name)
        return held is not None and (not self.count or bool(held.min() >= 0))


UNIT = Table(1, {})


def guard(rows: float, columns: int = 1) -> None:
    """LeaveError when a table would be too large."""
    if rows * max(columns, 1) > MOST_CELLS:
        raise LeaveError


def concatenate(tables: Sequence[Table]) -> Table:
    """The rows of all; a column that one of them lacks is unbound there."""
    names = list(dict.fromkeys(name for table in tables for name in table.columns))
    count = sum(table.count for table in tables)
    guard(count, len(names))
    return Table(count, {name: np.concatenate([table.column(name) for table in tables]) for name in names})


def repeated(starts: Ids, counts: Ids) -> tuple[Numbers, Numbers]:
    """For ranges of places: the row each place comes from, and the places."""
    guard(int(counts.sum(dtype=np.int64)), 2)
    rows = np.repeat(np.arange(len(counts)), counts)
    ends = np.cumsum(counts, dtype=np.int64)
    within = np.arange(len(rows)) - np.repeat(ends - counts, counts)
    return rows, np.repeat(starts.astype(np.int64), counts) + within


def distinct_ids(ids: Ids, size: int) -> tuple[Ids, Numbers]:
    """The different numbers (all below `size`, UNBOUND among them), sorted, and the place in these of each."""
    if len(ids) * 4 < size:
        found, places = np.unique(ids, return_inverse=True)
        return found, places.astype(np.int64, copy=False)
    marks = np.zeros(size + 1, np.int64)
    marks[ids] = 1  # UNBOUND marks the last
    found = np.flatnonzero(marks[:-1]).astype(np.int32)
    if marks[-1]:
        found = np.concatenate([np.array([UNBOUND], np.int32), found])
    marks[found] = np.arange(len(found))
    return found, marks[ids]


def groups(columns: Sequence[Ids], count: int, size: int) -> tuple[Numbers, Numbers]:
    """The rows that are alike in all columns: the first row of each group, and the group of each row."""
    if not columns:
        return np.zeros(min(count, 1), np.int64), np.zeros(count, np.int64)
    packed, many = pack(columns, size)
    if many <= max(4 * count, _SMALL) and many <= _DENSE:
        first = np.full(many, -1, np.int64)
        first[packed[::-1]] = np.arange(count - 1, -1, -1)
        held = np.flatnonzero(first >= 0)
        places = np.zeros(many, np.int64)
        places[held] = np.arange(len(held))
        return first[held], places[packed]
    _, firsts, inverse = np.unique(packed, return_index=True, return_inverse=True)
    return firsts, inverse


def pack(columns: Sequence[Ids], size: int) -> tuple[Numbers, int]:
    """One number for each row, equal where all columns are; and what all of these are below."""
    packed, many = np.zeros(len(columns[0]), np.int64), 1
    for column in columns:
        found, places = distinct_ids(column, size)
        if many * len(found) >= 1 << 62:
            raise LeaveError
        packed, many = packed * len(found) + places, many * max(len(found), 1)
        if many > _DENSE and len(columns) > 2:
            kept, packed = np.unique(packed, return_inverse=True)
            many = max(len(kept), 1)
    return packed, many


def joined(left: Table, right: Table, shared: Sequence[str], size: int) -> Table:
    """All pairs of rows that agree on the shared columns, which are bound everywhere."""
    if not shared:
        guard(left.count * right.count, len(left.columns) + len(right.columns))
        rows = np.repeat(np.arange(left.count), right.count)
        places = np.tile(np.arange(right.count), left.count)
    else:
        both = [np.concatenate([left.columns[name], right.columns[name]]) for name in shared]
        packed, _ = pack(both, size)
        mine, theirs = packed[: left.count], packed[left.count :]
        order = np.argsort(theirs, kind="stable")
        held = theirs[order]
        starts = np.searchsorted(held, mine, "left")
        rows, places = repeated(
            starts.astype(np.int32), (np.searchsorted(held, mine, "right") - starts).astype(np.int32)
        )
        places = order[places]
    guard(len(rows), len(left.columns) + len(right.columns))
    more = {name: column[places] for name, column in right.columns.items() if name not in shared}
    return Table(len(rows), {name: column[rows] for name, column in left.columns.items()} | more)
