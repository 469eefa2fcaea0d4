"""A SELECT on columns: group, compute, order, make distinct, cut."""

from __future__ import annotations

import numpy as np

from graph.columnar_aggregate import Aggregates, rounded
from graph.columnar_group import Evaluation
from graph.columnar_match import Matcher
from graph.columnar_syntax import Aggregate, Bind, Call, Expression, Select, Var, aggregates
from graph.columnar_table import LeaveError, Table, groups
from graph.columnar_terms import DATE, DECIMAL, INTEGER, IRI, NO_NUMBER, Ids, Numbers, Terms
from graph.columnar_text import text_kinds


class Selects:
    """The SELECTs of one query."""

    def __init__(self, matcher: Matcher, terms: Terms) -> None:
        self._terms = terms
        self._evaluation = Evaluation(matcher, terms, self.table)

    def table(self, select: Select) -> Table:
        """Its solutions; LeaveError where the engine must answer."""
        table = self._evaluation.group(select.where)
        if select.grouped is None:
            for name, said in select.columns:
                if said is not None:
                    table = table.with_columns({name: self._evaluation.bound(table, Bind(said, name))})
        else:
            table = self._grouped(table, select)
        names = [name for name, _ in select.columns]
        if select.order:
            table = self._ordered(table, select)
        table = table.only(names)
        if select.distinct:
            first, _ = groups([table.columns[name] for name in names], table.count, len(self._terms))
            table = table.rows(np.sort(first))
        if select.limit is not None or select.offset:
            end = None if select.limit is None else select.offset + select.limit
            table = table.slice(select.offset, end)
        return table

    def _grouped(self, table: Table, select: Select) -> Table:
        by = [table.column(name) for name in select.grouped or ()]
        first, of = groups(by, table.count, len(self._terms))
        count = len(first) if select.grouped else 1
        made = Aggregates(self._terms, table, of, count)
        found = Table(count, {name: column[first] for name, column in zip(select.grouped or (), by, strict=True)})
        wanted = [said for _, said in select.columns if said is not None]
        every = [*wanted, *select.having, *(said for said, _ in select.order)]
        for one in dict.fromkeys(part for said in every for part in aggregates(said)):
            found = found.with_columns({_named(one): made.ids(one)})
        for test in select.having:
            found = found.rows(self._evaluation.conditions.rows(found, _plain(test)))
        for name, said in select.columns:
            if said is not None:
                found = found.with_columns({name: self._computed(found, said)})
        return found

    def _computed(self, table: Table, said: Expression) -> Ids:
        match said:
            case Aggregate():
                return table.column(_named(said))
            case Call("ROUND", (Aggregate() as inner,)):
                return rounded(self._terms, table.column(_named(inner)))
        raise LeaveError

    def _ordered(self, table: Table, select: Select) -> Table:
        keys = []
        for said, down in reversed(select.order):
            plain = _plain(said)
            if not isinstance(plain, Var):
                raise LeaveError
            values = self._sortable(table.column(plain.name))
            keys.append(-values if down else values)
        if table.count < 2:
            return table
        if select.limit is not None and not select.distinct:
            return table.rows(self._first(keys, select.offset + select.limit))
        return table.rows(np.lexsort(keys))

    def _first(self, keys: list[Numbers], wanted: int) -> Numbers:
        """The rows that come first, in order: only those that may be among the wanted are sorted."""
        leading = keys[-1]
        if wanted * 4 > len(leading) or not wanted:
            return np.lexsort(keys)
        border = np.partition(leading, wanted - 1)[wanted - 1]
        rows = np.flatnonzero(leading <= border)
        return rows[np.lexsort([key[rows] for key in keys])]

    def _sortable(self, ids: Ids) -> Numbers:
        """Numbers in the order of the terms, where all are of one kind."""
        if len(ids) and ids.min() < 0:
            raise LeaveError
        kinds = self._terms.kinds(ids)
        if kinds <= {INTEGER, DECIMAL}:
            numbers = self._terms.numbers(ids)
            if (numbers == NO_NUMBER).any():
                raise LeaveError
            return numbers
        if len(kinds) == 1 and kinds <= {IRI, DATE} | text_kinds(self._terms.base):
            return self._terms.ranks(ids)  # type: ignore[return-value]  # floats sort as well
        raise LeaveError


def _named(one: Aggregate) -> str:
    """The column of an aggregate, which no query can name."""
    return f" {one.function} {one.distinct} {one.argument}"


def _plain(said: Expression) -> Expression:
    """With the columns of aggregates instead of these."""
    match said:
        case Aggregate():
            return Var(_named(said))
        case Call():
            return Call(said.name, tuple(_plain(part) for part in said.args))
    return said
