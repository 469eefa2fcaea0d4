"""What must hold between rows: keys are unique, references point to a row, and no chain of them goes round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ingest.contract import Record
from ingest.problem import Problem
from ingest.table import Table


def linked(
    tables: Sequence[Table],
    rows: Iterable[Record],
    chains: Mapping[str, str],
    lost: Mapping[str, Mapping[str, int]] | None = None,
) -> tuple[list[Record], list[Problem]]:
    """The rows that hold together, and why the others do not.

    Keys are unique over all tables together. `chains` names, by file, a column that refers to the table's own key and
    must not come round to itself. A row that refers to a rejected one is rejected too; `lost` is, by file and key, the
    line of a row that was rejected before, as `Reading.lost` has it.
    """
    by_file = {table.file: table for table in tables}
    kept, problems = _unique(by_file, list(rows))
    read = _keys(by_file, kept)  # what is in here and not in `keys` below was rejected on the way
    gone = {file: {**(lost or {}).get(file, {}), **read.get(file, {})} for file in by_file}
    for file, column in chains.items():
        kept, found = _uncyclic(by_file[file], column, kept)
        problems += found
    while True:
        keys = _keys(by_file, kept)
        faults = {row: list(_dangling(by_file[row.table], row, keys, gone)) for row in map(_Same, kept)}
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


def _keys(tables: Mapping[str, Table], rows: Iterable[Record]) -> dict[str, dict[str, int]]:
    """The line of each row by file and key."""
    keys: dict[str, dict[str, int]] = {}
    for row in rows:
        column = tables[row.table].key
        if column:
            keys.setdefault(row.table, {})[row.values[column]] = row.line
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


def _dangling(
    table: Table, row: _Same, keys: Mapping[str, Mapping[str, int]], gone: Mapping[str, Mapping[str, int]]
) -> Iterator[Problem]:
    for column in table.columns:
        value = row.values[column.name]
        if not column.refers or not value or any(value in keys.get(file, ()) for file in column.refers):
            continue
        rejected = next((f"{file}:{gone[file][value]}" for file in column.refers if value in gone.get(file, ())), None)
        if rejected:
            yield row.record.problem(column.name, f"{value!r} was rejected ({rejected})", "mend that row")
        else:
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
