"""From a table as it was read to rows whose every cell is settled, and why the others are not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ingest.problem import CellError, InputError, Problem
from ingest.sources.tabular.cell import PersonalError, parsed
from ingest.sources.tabular.fields import ROWS, SPANS
from ingest.sources.tabular.grid import Cell, Grid
from ingest.sources.tabular.mapping import ColumnMap, TableMap
from ingest.sources.tabular.near import did_you_mean
from ingest.sources.tabular.numbers import Mark, mark_of
from ingest.sources.tabular.personal import personal_cell, personal_column, personal_header
from ingest.sources.tabular.words import START_UP, folded

MANY = "\n"  # between the values of one field; no cell holds a line break


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `values` by slot (`ColumnMap.slot`), several joined by MANY; `places` is the header of each
    field, and of each field and value (`party` MANY `Ett AB`)."""

    table: TableMap
    label: str
    line: int
    values: Mapping[str, str]
    places: Mapping[str, str]

    def problem(self, name: str, message: str, advice: str, word: str = "") -> Problem:
        """A fault of the row at one of its fields; `word` is the one of several values that is at fault."""
        place = self.places.get(f"{name}{MANY}{word}", self.places.get(name, name))
        return Problem(self.label, self.line, place, word or self.values.get(name), message, advice)

    def many(self, name: str) -> list[str]:
        """The values of a field that may have several."""
        held = self.values.get(name, "")
        return held.split(MANY) if held else []


@dataclass(slots=True)
class Reading:
    """The good rows of a table, the problems of the others, and by what those would have been called (folded -> place)."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    lost: dict[str, str] = field(default_factory=dict)


def read_rows(table: TableMap, grid: Grid) -> Reading:
    """The rows; InputError when the header is not what the mapping says, or holds columns of personal data."""
    faults = [*_header_faults(table, grid), *_personal_faults(table, grid)]
    marks: dict[str, Mark | None] = {}
    for column in table.columns:
        if column.field.form in ("amount", "share") and column.header in grid.header:
            try:
                marks[column.header] = column.settings.get("decimal") or mark_of(_words(grid, column.header))
            except CellError as error:
                faults.append(Problem(grid.label, grid.line, column.header, None, error.message, error.advice))
    if faults:
        raise InputError(faults)
    reading = Reading(problems=list(grid.problems), warnings=[*grid.warnings, *_unmapped(table, grid)])
    for line, cells in grid.rows:
        places = {column.field.name: column.place for column in reversed(table.columns)}
        values, problems = _row(table, grid, line, cells, marks, places)
        row = Row(table, grid.label, line, values, places)
        problems = problems or list(_row_faults(row))
        if problems:
            reading.problems += problems
            for name, value in values.items():
                if name.partition("@")[0] in ("key", "name", "orgNumber"):
                    reading.lost.setdefault(folded(value), f"{grid.label}:{line}")
        else:
            reading.rows.append(row)
    return reading


def _words(grid: Grid, header: str) -> Iterator[str]:
    place = grid.header.index(header)
    return (cell for _, cells in grid.rows if isinstance(cell := cells[place], str) and cell)


def _header_faults(table: TableMap, grid: Grid) -> Iterator[Problem]:
    for name in dict.fromkeys(grid.header):
        if grid.header.count(name) > 1 and name:
            message = f"column {name!r} stands {grid.header.count(name)} times"
            yield Problem(grid.label, grid.line, name, None, message, "give each column a name of its own")
    for place, name in enumerate(grid.header):
        if not name and any(cells[place] for _, cells in grid.rows):
            message, advice = f"column {place + 1} has cells but no name", "write its name in the header, or empty it"
            yield Problem(grid.label, grid.line, None, None, message, advice)
    for column in table.columns:
        if column.header and column.header not in grid.header:
            advice = did_you_mean(column.header, grid.header, f"the columns are {', '.join(grid.header)}")
            message = f"column {column.header!r} of tabular.toml is not in the table"
            yield Problem(grid.label, grid.line, column.header, None, message, advice)


def _personal_faults(table: TableMap, grid: Grid) -> Iterator[Problem]:
    mapped = {column.header for column in table.columns}
    for name in dict.fromkeys(grid.header):
        if not name or name in table.ignore:
            continue
        found = None if name in mapped else personal_column(_words(grid, name))
        if found or personal_header(name):
            message = f"column {name!r} {f'holds {found}' if found else 'looks like data of persons'}"
            advice = f'say ignore = ["{name}"] for the table, and it is left out'
            if name in mapped:
                advice = "do not map it; if it holds no persons, give the column another name"
            yield Problem(grid.label, grid.line, name, None, message, advice)


def _unmapped(table: TableMap, grid: Grid) -> Iterator[str]:
    mapped = {column.header for column in table.columns} | table.ignore
    names = [repr(name) for name in grid.header if name and name not in mapped]
    if names:
        what = "column is" if len(names) == 1 else "columns are"
        yield f"{grid.label}: the {what} not mapped and left out: {', '.join(names)}; map them, or list them in `ignore`"


def _row(
    table: TableMap,
    grid: Grid,
    line: int,
    cells: Sequence[Cell],
    marks: Mapping[str, Mark | None],
    places: dict[str, str],
) -> tuple[dict[str, str], list[Problem]]:
    found: dict[str, list[str]] = {}
    problems: list[Problem] = []
    for column in table.columns:
        cell = cells[grid.header.index(column.header)] if column.header else column.fixed
        try:
            if isinstance(cell, CellError):
                raise cell
            for part in _parts(column, cell):
                value = parsed(column, _translated(table, column, part), marks.get(column.header))
                found.setdefault(column.slot, []).append(value)
                places.setdefault(f"{column.field.name}{MANY}{value}", column.place)
        except CellError as fault:
            error = _discreet(cell, fault)
            shown = None if isinstance(cell, CellError) or isinstance(error, PersonalError) else str(cell)
            advice = error.advice + _several(column, cell)
            problems.append(Problem(grid.label, line, column.place, shown, error.message, advice))
    told = {problem.column for problem in problems}
    for need in ROWS[table.rows]:
        held = any(slot.partition("@")[0] == need.name for slot in found)
        if need.required and not held and places[need.name] not in told:
            message, advice = f"the cell is empty, and a {table.rows} must have its {need.name}", "fill it in"
            problems.append(Problem(grid.label, line, places[need.name], "", message, advice))
    return {slot: MANY.join(dict.fromkeys(values)) for slot, values in found.items()}, problems


def _discreet(cell: Cell, error: CellError) -> CellError:
    """The error, or one that does not repeat the cell, when the cell holds data of a person."""
    found = personal_cell(cell) if isinstance(cell, str) and not isinstance(error, PersonalError) else None
    return PersonalError(f"the cell holds {found}", "take it out; data of persons stay outside") if found else error


def _parts(column: ColumnMap, cell: str) -> list[str]:
    separator = column.settings.get("separator") if column.field.many else None
    return [part for part in (cell.split(separator) if separator else [cell]) if part.strip()]


def _translated(table: TableMap, column: ColumnMap, cell: str) -> str:
    """The cell in our words, where the mapping translates it."""
    theirs = table.values.get(column.field.name)
    said = {folded(word): ours for word, ours in theirs.items()} if theirs else {}
    return said.get(folded(cell), cell if type(cell) is not str else cell.strip())


def _several(column: ColumnMap, cell: Cell) -> str:
    mark = next((mark for mark in (";", "|", ",", "/") if isinstance(cell, str) and mark in cell), None)
    if not column.field.many or not mark or column.settings.get("separator"):
        return ""
    return f'. If the cell holds several, set separator = "{mark}" for the column'


def _row_faults(row: Row) -> Iterator[Problem]:
    for start, end in SPANS:
        one, other = row.values.get(start, ""), row.values.get(end, "")
        known = min(len(one), len(other))
        if other[:known] < one[:known]:
            yield row.problem(end, f"{other} is before {start} {one}", "mend one of the two dates")
    for name in ("amount", "totalCost"):
        if row.values.get(name) and not currency_of(row, name):
            advice = 'set currency = "SEK" for the column or the table, or map a column to currency'
            yield row.problem(name, "the sum has no currency", advice)
    if row.values.get("town") and not row.values.get("country"):
        yield row.problem(
            "town", "the town has no country", 'map a column to country, or set country = "SE" in [table.fixed]'
        )
    if row.table.rows == "funding" and not row.values.get("recipient") and not row.values.get("effort"):
        yield row.problem("recipient", "neither recipient nor effort is given", "say who got the money, or for what")
    if row.values.get("kind") == START_UP and row.values.get("companyStage", "start-up") != "start-up":
        yield row.problem("kind", "a start-up has another stage here", "write Company, or mend the stage")
    if not row.values.get("source") and not row.table.document:
        advice = "fill it in, or give the table a `document`; no fact without evidence"
        yield row.problem("source", "the row has no source", advice)


def currency_of(row: Row, name: str) -> str:
    """The currency of a sum: that of the row, else of the column or table."""
    column = next(column for column in row.table.columns if column.field.name == name)
    return row.values.get("currency") or str(column.settings.get("currency", ""))
