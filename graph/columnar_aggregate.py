"""Aggregates of whole columns, group by group, in whole numbers: sums of decimals are exact."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from graph.columnar_syntax import Aggregate
from graph.columnar_table import UNBOUND, LeaveError, Table, distinct_ids, groups
from graph.columnar_terms import (
    DATE,
    DECIMAL,
    DECIMALS,
    INTEGER,
    INTEGERS,
    NO_NUMBER,
    SCALE,
    STRING,
    Ids,
    Numbers,
    Terms,
    value,
)

_DIGITS: Final = 18  # behind the point of the engine's decimals
_MOST: Final = 1 << 62


class Aggregates:
    """Aggregates over the rows of `table`; row `n` belongs to group `of[n]` of `count`."""

    def __init__(self, terms: Terms, table: Table, of: Numbers, count: int) -> None:
        self._terms = terms
        self._table = table
        self._of = of
        self._count = count
        self._sorted: dict[str, tuple[Numbers, Numbers]] = {}

    def ids(self, asked: Aggregate) -> Ids:
        """The value for each group."""
        if asked.argument is None:
            return self._integers(np.bincount(self._of, minlength=self._count))
        match asked.function:
            case "COUNT":
                return self._integers(self._counted(asked.argument, asked.distinct))
            case "SUM" | "AVG":
                return self._sum(asked)
            case "MIN" | "MAX":
                return self._extreme(asked.argument, asked.function == "MIN")
        return self._sample(asked.argument)

    def _counted(self, name: str, distinct: bool) -> Numbers:
        of, ids = self._of, self._table.column(name)
        if not self._table.certain(name):
            bound = ids >= 0
            of, ids = of[bound], ids[bound]
        if distinct:
            size = max(len(self._terms), self._count)
            first, _ = groups([of.astype(np.int32), ids], len(ids), size)
            of = of[first]
        return np.bincount(of, minlength=self._count)

    def _sum(self, asked: Aggregate) -> Ids:
        """SUM and AVG over integers and decimals; with one decimal the sum of a group is a decimal."""
        of, ids = self._of, self._table.column(asked.argument or "")
        if len(ids) and ids.min() < 0:
            raise LeaveError
        if asked.distinct:
            first, _ = groups([of.astype(np.int32), ids], len(ids), max(len(self._terms), self._count))
            of, ids = of[first], ids[first]
        kinds = self._terms.kinds(ids)
        numbers = self._terms.numbers(ids) if len(ids) else np.zeros(0, np.int64)
        if not kinds <= {INTEGER, DECIMAL} or (numbers == NO_NUMBER).any():
            raise LeaveError
        if len(numbers) and int(np.abs(numbers).max()) * len(numbers) >= _MOST:
            raise LeaveError
        sums = self._totals(of, numbers)
        counts = np.bincount(of, minlength=self._count)
        if asked.function == "AVG":
            return self._written([_mean(*pair) for pair in zip(sums.tolist(), counts.tolist(), strict=True)])
        whole = np.ones(self._count, np.bool_)
        if DECIMAL in kinds:
            whole[of[self._decimal(ids)]] = False
        return self._written([_total(total, alone) for total, alone in zip(sums.tolist(), whole.tolist(), strict=True)])

    def _decimal(self, ids: Ids) -> Numbers:
        base = self._terms.base
        own = np.array([key.startswith(DECIMALS + b"\0") for key in self._terms.extra], np.bool_)
        return np.flatnonzero(np.concatenate([base.kinds == DECIMAL, own])[ids])

    def _totals(self, of: Numbers, numbers: Numbers) -> Numbers:
        order = np.argsort(of, kind="stable")
        held = of[order]
        first = np.flatnonzero(np.diff(held, prepend=-1))
        sums = np.zeros(self._count, np.int64)
        if len(first):
            sums[held[first]] = np.add.reduceat(numbers[order], first)
        return sums

    def _extreme(self, name: str, least: bool) -> Ids:
        ids = self._table.column(name)
        kinds = self._terms.kinds(ids)
        if (len(ids) and ids.min() < 0) or len(kinds) > 1 or not kinds <= {INTEGER, DECIMAL, DATE, STRING}:
            raise LeaveError
        if not len(ids):
            return np.full(self._count, UNBOUND, np.int32)
        numeric = kinds <= {INTEGER, DECIMAL}
        values = self._terms.numbers(ids) if numeric else self._terms.ranks(ids)
        if numeric and (values == NO_NUMBER).any():
            raise LeaveError
        order = np.lexsort((values, self._of))
        held = self._of[order]
        step = np.diff(held, prepend=-1) if least else np.diff(held, append=self._count + 1)
        found = np.full(self._count, UNBOUND, np.int32)
        ends = np.flatnonzero(step)
        found[held[ends]] = ids[order][ends]
        return found

    def _sample(self, name: str) -> Ids:
        """SAMPLE where there is nothing to choose."""
        ids = self._table.column(name)
        if not len(ids) or ids.min() < 0:
            raise LeaveError
        found = np.full(self._count, UNBOUND, np.int32)
        found[self._of] = ids
        if (found[self._of] != ids).any() or (found < 0).any():
            raise LeaveError
        return found

    def _integers(self, counts: Numbers) -> Ids:
        found, places = np.unique(counts, return_inverse=True)
        numbers = [self._terms.number(INTEGERS + f"\0{count}".encode()) for count in found.tolist()]
        return np.array(numbers, np.int32)[places]

    def _written(self, keys: Sequence[bytes]) -> Ids:
        return np.array([self._terms.number(key) for key in keys], np.int32)


def rounded(terms: Terms, ids: Ids) -> Ids:
    """ROUND: halves go up."""
    if not terms.kinds(ids) <= {INTEGER, DECIMAL} or (len(ids) and ids.min() < 0):
        raise LeaveError
    found, places = distinct_ids(ids, len(terms))
    keys = [_rounded(terms.key(number)) for number in found.tolist()]
    return np.array([terms.number(key) for key in keys], np.int32)[places]


def _rounded(key: bytes) -> bytes:
    if key.startswith(INTEGERS):
        return key
    whole, _, rest = value(key).partition(b".")
    scaled = int(whole + rest.ljust(_DIGITS, b"0"))
    return DECIMALS + f"\0{(scaled + 10**_DIGITS // 2) // 10**_DIGITS}".encode()


def _total(total: int, integer: bool) -> bytes:
    if integer:
        return INTEGERS + f"\0{total // 10**SCALE}".encode()
    return _decimal(total, SCALE)


def _mean(total: int, count: int) -> bytes:
    """As the engine divides: cut off behind 18 digits. The mean of nothing is the integer 0."""
    if not count:
        return INTEGERS + b"\x000"
    quotient = abs(total) * 10 ** (_DIGITS - SCALE) // count
    return _decimal(quotient if total >= 0 else -quotient, _DIGITS)


def _decimal(scaled: int, digits: int) -> bytes:
    whole, rest = divmod(abs(scaled), 10**digits)
    text = f"{'-' if scaled < 0 else ''}{whole}.{rest:0{digits}d}".rstrip("0").rstrip(".")
    return DECIMALS + f"\0{text}".encode()
