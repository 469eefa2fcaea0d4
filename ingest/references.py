"""What must hold between rows: keys are unique, references point to a row, and no chain of them goes round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ingest.contract import Record
from ingest.problem import Problem
from ingest.table import Table


def linked(
    tables: Sequence[Table], rows: Iterable[Record], chains: Mapping[str, str]
) -> tuple[list[Record], list[Problem]]:
    """The rows that hold together, and why the others do not.

    Keys are unique over all tables together. `chains` names, by file, a column that refers to the table's own key and
    must not come round to itself. A row that refers to a rejected one is rejected too.
    """
    by_file = {table.file: table for table in tables}
    kept, problems = _unique(by_file, list(rows))
    for file, column in chains.items():
        kept, found = _uncyclic(by_file[file], column, kept)
        problems += found
    while True:
        keys = _keys(by_file, kept)
        faults = {row: list(_dangling(by_file[row.table], row, keys)) for row in map(_Same, kept)}
        if not any(faults.values()):
            return kept, problems
        problems += [problem for found in faults.values() for problem in found]
        kept = [row.record for row, found in faults.items() if not found]


class _Same:
    """A record by identity, for a record holds a mapping and has no hash."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.table = record.table
        self.values = record.values


def _keys(tables: Mapping[str, Table], rows: Iterable[Record]) -> dict[str, set[str]]:
    keys: dict[str, set[str]] = {}
    for row in rows:
        column = tables[row.table].key
        if column:
            keys.setdefault(row.table, set()).add(row.values[column])
    return keys


def _unique(tables: Mapping[str, Table], rows: list[Record]) -> tuple[list[Record], list[Problem]]:
    first: dict[str, Record] = {}
    kept: list[Record] = []
    problems: list[Problem] = []
    for row in rows:
        column = tables[row.table].key
        before = first.setdefault(row.values[column], row) if column else row
        if before is row:
            kept.append(row)
            continue
        message = f"{row.values[column]!r} is already the name of {before.table}:{before.line}" if column else ""
        problems.append(row.problem(column, message, "give one of the two another name, or make one row of them"))
    return kept, problems


def _dangling(table: Table, row: _Same, keys: Mapping[str, set[str]]) -> Iterator[Problem]:
    for column in table.columns:
        value = row.values[column.name]
        if column.refers and value and not any(value in keys.get(file, ()) for file in column.refers):
            message = f"{value!r} is not in {' or '.join(column.refers)}"
            yield row.record.problem(column.name, message, "add it there, or mend the name here")


def _uncyclic(table: Table, column: str, rows: list[Record]) -> tuple[list[Record], list[Problem]]:
    if table.key is None:
        raise AssertionError(f"{table.file} has no key, so no chain can go through it")
    key = table.key
    above = {row.values[key]: row.values[column] for row in rows if row.table == table.file and row.values[column]}
    problems = []
    kept = []
    for row in rows:
        circle = cycle(above, row.values[key]) if row.table == table.file else ()
        if circle:
            message = f"the chain {' -> '.join(circle)} goes round"
            problems.append(row.problem(column, message, "empty the cell in one of these rows"))
        else:
            kept.append(row)
    return kept, problems


def cycle(above: Mapping[str, str], start: str) -> tuple[str, ...]:
    """The way from `start` upwards back to `start`; empty when it does not come back."""
    way = [start]
    seen = Counter(way)
    while (step := above.get(way[-1])) is not None:
        way.append(step)
        if step == start:
            return tuple(way)
        seen[step] += 1
        if seen[step] > 1:
            return ()
    return ()
