"""Strict reading of CSV tables: UTF-8, comma, one header line, every cell parsed. All faults are found, not the first."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ingest.cells import Parser, text
from ingest.contract import Record
from ingest.problem import CellError, InputError, Problem


@dataclass(frozen=True, slots=True)
class Column:
    """A column: how its cells are read, whether they may be empty, and the tables whose key they must be (if any)."""

    name: str
    parse: Parser = text
    required: bool = False
    refers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A file: its columns, the column that names its rows (`key`), pairs of dates in order, columns that go together."""

    file: str
    columns: tuple[Column, ...]
    key: str | None = None
    spans: tuple[tuple[str, str], ...] = ()
    together: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """The good rows of one file, and what was wrong with the others.

    `lost` is the line of each rejected row by its key, as far as one could be read. `repeats` are (line, first line) of
    good rows that say the very same as one before in a table without a key; they are not among `rows`.
    """

    rows: tuple[Record, ...]
    rejected: tuple[Problem, ...]
    lost: Mapping[str, int] = field(default_factory=dict)
    repeats: tuple[tuple[int, int], ...] = ()

    def warnings(self) -> Iterator[str]:
        """A line for each row that repeats another."""
        for line, first in self.repeats:
            yield f"{self.rows[0].table}:{line} repeats line {first}; it was counted once"


def read_table(table: Table, raw: bytes) -> Reading:
    """The rows of `raw`; InputError when the encoding, the quoting or the header is wrong."""
    lines = _lines(table.file, _decoded(table.file, raw))
    if not lines:
        raise InputError([Problem(table.file, None, None, None, "the file is empty", "write the header line and rows")])
    header = lines[0][1]
    _check_header(table, header)
    rows: list[Record] = []
    rejected: list[Problem] = []
    lost: dict[str, int] = {}
    for line, cells in lines[1:]:
        bad = len(rejected)
        if len(cells) != len(header):
            message = f"the row has {len(cells)} cells, the header has {len(header)}"
            rejected.append(Problem(table.file, line, None, None, message, "mend the commas and quotation marks"))
        else:
            values, faults = _parsed(table, line, dict(zip(header, cells, strict=True)))
            rejected += faults
            if not faults:
                rows.append(Record(table.file, line, values))
        if len(rejected) > bad and table.key:
            lost.setdefault(dict(zip(header, cells, strict=False)).get(table.key, ""), line)
    once, repeats = (rows, []) if table.key else _once(rows)
    return Reading(tuple(once), tuple(rejected), lost, tuple(repeats))


def _once(rows: Sequence[Record]) -> tuple[list[Record], list[tuple[int, int]]]:
    """Each row the first time that it comes, and (line, first line) of those that come again."""
    first: dict[tuple[str, ...], Record] = {}
    repeats = []
    for row in rows:
        before = first.setdefault(tuple(row.values.values()), row)
        if before is not row:
            repeats.append((row.line, before.line))
    return list(first.values()), repeats


def _decoded(file: str, raw: bytes) -> str:
    words = raw.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
    skipped = len(raw) - len(raw.removeprefix(b"\xef\xbb\xbf"))
    problems = []
    for match in re.finditer("[\udc80-\udcff\0]", words):
        before = words[: match.start()]
        offset = len(before.encode("utf-8", "surrogateescape")) + skipped
        line = before.count("\n") + 1
        byte = match.group().encode("utf-8", "surrogateescape")[0]
        if byte == 0:
            message, advice = f"NUL at byte {offset}", "save the file as plain UTF-8 text"
        else:
            message, advice = (
                f"byte 0x{byte:02x} at offset {offset} is not UTF-8",
                "save the file in the encoding UTF-8",
            )
        problems.append(Problem(file, line, None, None, message, advice))
    if problems:
        raise InputError(problems)
    return words


def _lines(file: str, words: str) -> list[tuple[int, list[str]]]:
    """(number of the first line, cells) of each row; blank lines are left out."""
    reader = csv.reader(io.StringIO(words, newline=""), strict=True)
    rows: list[tuple[int, list[str]]] = []
    first = 1
    try:
        for cells in reader:
            if cells:
                rows.append((first, cells))
            first = reader.line_num + 1
    except csv.Error as error:
        message = f"the quotation marks of the row that begins here are not balanced ({error})"
        advice = 'double each " inside a cell and close the cell with one'
        raise InputError([Problem(file, first, None, None, message, advice)]) from error
    return rows


def _check_header(table: Table, header: Sequence[str]) -> None:
    known = [column.name for column in table.columns]
    faults = [
        (name, f"unknown column {name!r}", f"remove it; known are {', '.join(known)}")
        for name in dict.fromkeys(header)
        if name not in known
    ]
    faults += [(name, f"column {name!r} is missing", "add it; it may be empty") for name in known if name not in header]
    faults += [
        (name, f"column {name!r} stands {header.count(name)} times", "keep one")
        for name in dict.fromkeys(header)
        if header.count(name) > 1
    ]
    if faults:
        raise InputError([Problem(table.file, 1, name, None, message, advice) for name, message, advice in faults])


def _parsed(table: Table, line: int, cells: dict[str, str]) -> tuple[dict[str, str], list[Problem]]:
    values: dict[str, str] = {}
    faults: list[Problem] = []
    for column in table.columns:
        cell = cells.pop(column.name)
        values[column.name] = ""
        try:
            if cell != cell.strip():
                raise CellError(f"{cell!r} begins or ends with a space", "remove the space")
            if cell:
                values[column.name] = column.parse(cell)
            elif column.required:
                raise CellError("the cell is empty", "every row must have a value here")
        except CellError as error:
            faults.append(Problem(table.file, line, column.name, cell, error.message, error.advice))
    if cells:
        raise AssertionError(f"{table.file}:{line}: cells were not read: {cells}")
    return values, faults or list(_row_faults(table, line, values))


def _row_faults(table: Table, line: int, values: dict[str, str]) -> Iterator[Problem]:
    for start, end in table.spans:
        if values[start] and values[end] and _ends_before(values[start], values[end]):
            message = f"{values[end]} is before {start} {values[start]}"
            yield Problem(table.file, line, end, values[end], message, "mend one of the two dates")
    for one, other in table.together:
        if bool(values[one]) != bool(values[other]):
            empty, full = (other, one) if values[one] else (one, other)
            yield Problem(table.file, line, empty, "", f"the cell is empty while {full} is not", "fill in both or none")


def _ends_before(start: str, end: str) -> bool:
    """Whether `end` is over before `start` begins, as far as both are known (2008 does not end before 2008-11)."""
    known = min(len(start), len(end))
    return end[:known] < start[:known]
