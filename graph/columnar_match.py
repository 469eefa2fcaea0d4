"""Triple patterns on the columns: what they cost, and the solutions with one more of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import numpy as np

from graph.columnar_index import NOTHING, Columns, Direction, Predicate
from graph.columnar_paths import reached
from graph.columnar_syntax import Const, Node, Triple, Var
from graph.columnar_table import LeaveError, Table, guard, joined, repeated
from graph.columnar_terms import Ids, Mask, Terms

_PAIRS = 1 << 26  # cells of a matrix of marks


class Matcher:
    """Patterns on one graph, for one query."""

    def __init__(self, columns: Columns, terms: Terms) -> None:
        self._columns = columns
        self._terms = terms
        self._growth: dict[tuple[int, tuple[bool, bool]], float] = {}

    def match_all(self, table: Table, patterns: Iterable[Triple]) -> Table:
        """The solutions that agree with all patterns, the narrowest of these first."""
        left = list(patterns)
        while left:
            bound = set(table.columns)
            best = self.narrowest(left, bound)
            left.remove(best)
            table = self.match(table, best)
        return table

    def narrowest(self, patterns: Collection[Triple], bound: Collection[str]) -> Triple:
        """The pattern to take next; those that share nothing with what is bound come last."""

        def order(one: Triple) -> float:
            growth = self.growth(one, bound)
            apart = bound and not any(isinstance(end, Var) and end.name in bound for end in (one.subject, one.object))
            return growth * 1e6 if apart and growth > 1 else growth

        return min(patterns, key=order) if len(patterns) > 1 else next(iter(patterns))

    def growth(self, pattern: Triple, bound: Collection[str]) -> float:
        """About how many solutions come of one."""
        one, other = pattern.subject, pattern.object
        known = (isinstance(one, Const) or one.name in bound, isinstance(other, Const) or other.name in bound)
        place = (id(pattern), known)
        if place not in self._growth:
            self._growth[place] = self._guess(pattern, known)
        return self._growth[place]

    def _guess(self, pattern: Triple, known: tuple[bool, bool]) -> float:
        held = self._predicate(pattern)
        ends = (pattern.subject, pattern.object)
        if pattern.closure:
            return 1.0 if all(known) else 50.0 if any(known) else np.inf
        if known == (True, True):
            return 0.5
        if known == (False, False):
            return float(len(held))
        side, near = (held.forward, ends[0]) if known[0] else (held.backward, ends[1])
        if not isinstance(near, Const):
            return side.degree
        return float(len(side.of_one(self._terms.number(near.key))))

    def match(self, table: Table, pattern: Triple) -> Table:
        """The solutions that agree with the pattern."""
        if any(
            isinstance(end, Var) and end.name in table.columns and not table.certain(end.name)
            for end in (pattern.subject, pattern.object)
        ):
            raise LeaveError
        if pattern.closure:
            return self._walk(table, pattern)
        held = self._predicate(pattern)
        if self._known(table, pattern.subject) and self._known(table, pattern.object):
            return table.rows(self._holds(table, held, pattern))
        if self._known(table, pattern.subject):
            return self._expand(table, held.forward, pattern.subject, pattern.object)
        if self._known(table, pattern.object):
            return self._expand(table, held.backward, pattern.object, pattern.subject)
        return self._cross(table, held, pattern)

    def _predicate(self, pattern: Triple) -> Predicate:
        return self._columns.predicates.get(pattern.predicate, NOTHING)

    def _known(self, table: Table, end: Node) -> bool:
        return isinstance(end, Const) or end.name in table.columns

    def _ids(self, table: Table, end: Node) -> Ids:
        """The numbers at an end, one for each row."""
        if isinstance(end, Var):
            return table.columns[end.name]
        return np.full(table.count, self._terms.number(end.key), np.int32)

    def _expand(self, table: Table, side: Direction, near: Node, far: Node) -> Table:
        if not isinstance(far, Var):
            raise LeaveError
        if isinstance(near, Const):
            found = side.of_one(self._terms.number(near.key))
            return joined(table, Table(len(found), {far.name: found}), [], len(self._terms))
        starts, counts = side.find(table.columns[near.name])
        if len(counts) and counts.max() <= 1:
            kept = table.rows(counts > 0)
            return kept.with_columns({far.name: side.values[starts[counts > 0]]})
        guard(int(counts.sum(dtype=np.int64)), len(table.columns) + 1)
        rows, places = repeated(starts, counts)
        return table.rows(rows).with_columns({far.name: side.values[places]})

    def _cross(self, table: Table, held: Predicate, pattern: Triple) -> Table:
        subjects, objects = held.forward.all_keys(), held.forward.values
        one, other = pattern.subject, pattern.object
        if not (isinstance(one, Var) and isinstance(other, Var)):
            raise LeaveError
        if one.name == other.name:
            found = Table(len(subjects), {one.name: subjects}).rows(subjects == objects)
        else:
            found = Table(len(subjects), {one.name: subjects, other.name: objects})
        return found if table.count == 1 and not table.columns else joined(table, found, [], len(self._terms))

    def _holds(self, table: Table, held: Predicate, pattern: Triple) -> Mask:
        """Which rows have both ends in the predicate."""
        one, other = pattern.subject, pattern.object
        size = len(self._terms) + 2
        if isinstance(one, Const) or isinstance(other, Const):
            side, near, far = (held.forward, one, other) if isinstance(one, Const) else (held.backward, other, one)
            if not isinstance(near, Const):
                raise LeaveError
            found = side.of_one(self._terms.number(near.key))
            if isinstance(far, Const):
                return np.full(table.count, bool(np.isin(self._terms.number(far.key), found)))
            marks = np.zeros(size, np.bool_)
            marks[found] = True
            return marks[table.columns[far.name]]
        return self._pairs(held, self._ids(table, one), self._ids(table, other))

    def _pairs(self, held: Predicate, subjects: Ids, objects: Ids) -> Mask:
        keys, others = held.forward.keys, held.backward.keys
        if not len(keys):
            return np.zeros(len(subjects), np.bool_)
        if len(keys) * len(others) <= _PAIRS and len(subjects) * 4 > len(keys) + len(held) // 8:
            row, column = self._places(keys), self._places(others)
            marks = np.zeros((len(keys) + 1, len(others) + 1), np.bool_)
            marks[row[held.forward.all_keys()], column[held.forward.values]] = True
            return marks[row[subjects], column[objects]]
        rows, places = repeated(*held.forward.find(subjects))
        found = np.zeros(len(subjects), np.bool_)
        found[rows[held.forward.values[places] == objects[rows]]] = True
        return found

    def _places(self, keys: Ids) -> Ids:
        """For each term where it stands in the keys; behind the last where it does not."""
        places = np.full(len(self._terms) + 1, len(keys), np.int32)
        places[keys] = np.arange(len(keys), dtype=np.int32)
        return places

    def _themselves(self, pattern: Triple, wanted: Ids) -> Mask:
        """Which terms a closure leads back to in no step: those of the graph, as the engine has it."""
        nodes = self._columns.nodes
        if pattern.closure == "+":
            return np.zeros(len(wanted), np.bool_)
        return np.append(nodes, np.zeros(len(self._terms) - len(nodes), np.bool_))[wanted]

    def _walk(self, table: Table, pattern: Triple) -> Table:
        """A closure from an end that is known."""
        held, size = self._predicate(pattern), len(self._terms) + 2
        near, far, side = pattern.subject, pattern.object, held.forward
        if isinstance(far, Const) or (isinstance(near, Var) and not self._known(table, near)):
            near, far, side = far, near, held.backward
        if not self._known(table, near):
            raise LeaveError
        wanted = np.unique(self._ids(table, near))
        starts, ends = reached(side, wanted, self._themselves(pattern, wanted), size)
        name = near.name if isinstance(near, Var) else "  near"
        if isinstance(near, Const):
            table = table.with_columns({name: self._ids(table, near)})
        if isinstance(far, Const):
            kept = ends == self._terms.number(far.key)
            found = Table(int(kept.sum()), {name: starts[kept]})
        elif far == near:
            kept = ends == starts
            found = Table(int(kept.sum()), {name: starts[kept]})
        else:
            found = Table(len(starts), {name: starts, far.name: ends})
        shared = [held_name for held_name in found.columns if held_name in table.columns]
        done = joined(table, found, shared, len(self._terms))
        return Table(done.count, {key: column for key, column in done.columns.items() if key != "  near"})
