"""Groups evaluated on columns: what the engine would find, or LeaveError.

A group is evaluated on the solutions that stand before it (`seed`), which is the same as joining both so long as nothing
in the group looks at variables that it does not bind itself. Whatever would is left to the engine.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import numpy as np

from graph.columnar_filter import Conditions
from graph.columnar_match import Matcher
from graph.columnar_scope import all_names, certain, plain
from graph.columnar_syntax import (
    Bind,
    Const,
    Element,
    Exists,
    Filter,
    Group,
    Minus,
    Optional,
    Select,
    SubSelect,
    Triple,
    Union,
    Values,
    Var,
    names_of,
    used,
)
from graph.columnar_table import UNIT, LeaveError, Table, concatenate, joined
from graph.columnar_terms import DATE, INTEGERS, Ids, Mask, Terms, value

_ROW = " row"  # where a seed is numbered, to tell which of its rows went on


class Evaluation:
    """Groups of one query. `select` gives the table of a SELECT in braces."""

    def __init__(self, matcher: Matcher, terms: Terms, select: Callable[[Select], Table]) -> None:
        self._matcher = matcher
        self._terms = terms
        self._select = select
        self._rows = count()
        self.conditions = Conditions(terms)

    def group(self, group: Group, seed: Table = UNIT, *, joins: bool = True) -> Table:
        """The solutions of the group that agree with the seed. Not `joins`: its filters may look at the seed, too."""
        return _Walk(self, group, seed, joins).table

    def element(self, table: Table, one: Element) -> Table:
        """The solutions joined with one element that stands for itself."""
        match one:
            case Union():
                return concatenate([self.group(branch, table) for branch in one.branches])
            case Values():
                return self.join(table, self._values(one))
            case SubSelect():
                return self.join(table, self._select(one.select))
            case Bind():
                return table.with_columns({one.name: self.bound(table, one)})
        raise LeaveError

    def match_all(self, table: Table, patterns: list[Triple]) -> Table:
        """The solutions that agree with the triples."""
        return self._matcher.match_all(table, patterns)

    def join(self, table: Table, other: Table) -> Table:
        """Joined on what both bind; LeaveError when that may be unbound."""
        if not table.columns and table.count == 1:
            return other
        shared = [name for name in other.columns if name in table.columns]
        if not all(table.certain(name) and other.certain(name) for name in shared):
            raise LeaveError
        return joined(table, other, shared, len(self._terms))

    def optional(self, table: Table, group: Group) -> Table:
        """The solutions, with those of the group where there are any."""
        if not all(table.certain(name) for name in group.names() & set(table.columns)):
            raise LeaveError
        row = f"{_ROW}{next(self._rows)}"
        numbered = table.with_columns({row: np.arange(table.count, dtype=np.int32)})
        found = self.group(group, numbered, joins=False)
        missing = np.ones(table.count, np.bool_)
        missing[found.columns[row]] = False
        whole = concatenate([found, numbered.rows(missing)]) if missing.any() else found
        return Table(whole.count, {name: column for name, column in whole.columns.items() if name != row})

    def found(self, table: Table, group: Group, *, minus: bool) -> Mask:
        """Which of the solutions the group has something for that agrees with what both bind."""
        shared = sorted(group.names() & set(table.columns))
        if not all(table.certain(name) for name in shared) or (all_names(group) - set(shared)) & set(table.columns):
            raise LeaveError
        if (minus and not certain(group).issuperset(shared)) or (not minus and not plain(group)):
            raise LeaveError
        row = f"{_ROW}{next(self._rows)}"
        seed = table.only(shared).with_columns({row: np.arange(table.count, dtype=np.int32)})
        found = np.zeros(table.count, np.bool_)
        found[self.group(group, seed).columns[row]] = True
        return found

    def bound(self, table: Table, said: Bind) -> Ids:
        """What BIND gives for each solution."""
        match said.expression:
            case Const():
                return np.full(table.count, self._terms.number(said.expression.key), np.int32)
            case Var():
                return table.column(said.expression.name)
            case _ if getattr(said.expression, "name", "") == "YEAR":
                return self._year(table, said.expression.args[0])  # type: ignore[union-attr]  # a Call by its name
        raise LeaveError

    def _year(self, table: Table, said: object) -> Ids:
        ids = table.column(said.name) if isinstance(said, Var) else np.full(1, -1, np.int32)
        if len(ids) and (ids.min() < 0 or self._terms.kinds(ids) != {DATE}):
            raise LeaveError
        found, places = np.unique(ids, return_inverse=True)
        years = [int(value(self._terms.key(number))[:4]) for number in found.tolist()]
        numbers = [self._terms.number(INTEGERS + f"\0{year}".encode()) for year in years]
        return np.array(numbers, np.int32)[places]

    def _values(self, said: Values) -> Table:
        columns = {
            name: np.array([self._terms.number(row[place]) for row in said.rows], np.int32)
            for place, name in enumerate(said.names)
        }
        return Table(len(said.rows), columns)


class _Walk:
    """The elements of one group in turn."""

    def __init__(self, whole: Evaluation, group: Group, seed: Table, joins: bool) -> None:
        self._whole = whole
        self._outside = set(seed.columns)
        self._own: set[str] = set()  # variables that the group itself binds in every solution
        self._joins = joins
        self.table = seed
        self._filters = [one.test for one in group.elements if isinstance(one, Filter)]
        self._waiting: list[Triple] = []
        for one in group.elements:
            if not isinstance(one, Triple | Filter | Exists):
                self._flush()
                self._take(one)
            elif isinstance(one, Triple):
                self._waiting.append(one)
        self._flush()
        for test in self._filters:
            self._keep(test)
        for one in group.elements:
            if isinstance(one, Exists):
                self._alone(one.group)
                self.table = self.table.rows(whole.found(self.table, one.group, minus=False) != one.negated)

    def _flush(self) -> None:
        """Match the triples that wait, then what filters can be used already."""
        if self._waiting:
            self.table = self._whole.match_all(self.table, self._waiting)
            self._own |= Group(tuple(self._waiting)).names()
            self._waiting = []
        ready = [test for test in self._filters if used(test) <= self._own]
        for test in ready:
            self._filters.remove(test)
            self._keep(test)

    def _keep(self, test: object) -> None:
        names = used(test)  # type: ignore[arg-type]  # an expression
        if self._joins and not all(name in self._own or name not in self._outside for name in names):
            raise LeaveError
        self.table = self.table.rows(self._whole.conditions.rows(self.table, test))  # type: ignore[arg-type]

    def _take(self, one: Element) -> None:
        match one:
            case Optional():
                self._alone(one.group)
                self.table = self._whole.optional(self.table, one.group)
            case Minus():
                self._alone(one.group)
                if not one.group.names() & set(self.table.columns):
                    raise LeaveError  # nothing is taken away; inside of EXISTS the engine does
                self.table = self.table.rows(~self._whole.found(self.table, one.group, minus=True))
            case _:
                if isinstance(one, Bind) and not (used(one.expression) <= self._own and one.name not in self._outside):
                    raise LeaveError
                if isinstance(one, Bind) and one.name in self.table.columns:
                    raise LeaveError
                self.table = self._whole.element(self.table, one)
                fresh = names_of(one) - self._outside
                self._own |= certain(Group((one,))) | {name for name in fresh if self.table.certain(name)}

    def _alone(self, group: Group) -> None:
        """An inner group may share with the outside only what this group binds itself."""
        if (all_names(group) & self._outside) - self._own:
            raise LeaveError
