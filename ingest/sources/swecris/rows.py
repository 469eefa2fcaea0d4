"""The rows of an export of Swecris: CSV, plain or as gzip, in either spelling of its header. People are dropped unread."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.archives import safe_gzip
from ingest.problem import InputError, Problem

_PARTY = ("Id", "NameSv", "NameEn", "TypeOfOrganisationSv", "TypeOfOrganisationEn")
COLUMNS = (
    "projectId",
    *("projectTitleSv", "projectTitleEn", "projectAbstractSv", "projectAbstractEn"),
    *("projectStartDate", "projectEndDate"),
    *(f"coordinatingOrganisation{part}" for part in _PARTY),
    *(f"fundingOrganisation{part}" for part in _PARTY),
    *("fundingsSek", "fundingYear", "fundingStartDate", "fundingEndDate"),
    *("typeOfAwardId", "typeOfAwardDescrSv", "typeOfAwardDescrEn"),
    *("updatedDate", "loadedDate", "scbs"),
)
_PEOPLE = re.compile(r"people|person|researcher|contact", re.IGNORECASE)
_MARKS = ("<<<<<<<", "=======", ">>>>>>>")


@dataclass(frozen=True, slots=True)
class Row:
    """The cells by the names in COLUMNS, and the line on which the row begins."""

    file: str
    line: int
    cells: dict[str, str]

    def problem(self, column: str | None, message: str, advice: str) -> Problem:
        """A fault of the row; the value is left out, for it may be a person's."""
        return Problem(self.file, self.line, column, None, message, advice)


def rows(name: str, raw: bytes, people: dict[str, int]) -> Iterator[Row | Problem]:
    """Each row, or what is wrong with it; InputError for the whole file. `people` counts the cells dropped, by column."""
    reader = csv.reader(io.StringIO(words := _words(name, raw), newline=""), delimiter=_delimiter(words), strict=True)
    first = 1
    header: list[str] = []
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            message = f"the quotation marks of the row that begins here are not balanced ({error})"
            raise InputError([Problem(name, first, None, None, message, 'double each " inside a cell')]) from error
        if cells is None:
            break
        line, first = first, reader.line_num + 1
        if not header:
            header = _header(name, cells)
        elif cells:
            yield _row(name, line, header, cells, people)
    if not header:
        raise InputError([Problem(name, None, None, None, "the file is empty", "give an export of Swecris")])


def _row(name: str, line: int, header: Sequence[str], cells: list[str], people: dict[str, int]) -> Row | Problem:
    if cells[0].startswith(_MARKS):
        advice = "resolve the conflict in the file"
        return Problem(name, line, None, None, "is a mark of a merge that was not finished", advice)
    if len(cells) != len(header):
        message = f"the row has {len(cells)} cells, the header has {len(header)}"
        return Problem(name, line, None, None, message, "mend the separators and quotation marks")
    known: dict[str, str] = {}
    for column, cell in zip(header, cells, strict=True):
        if column in COLUMNS:
            known[column] = unicodedata.normalize("NFC", cell).strip()
        elif cell:
            people[column] = people.get(column, 0) + 1
    return Row(name, line, known)


def _words(name: str, raw: bytes) -> str:
    if raw.startswith(b"\x1f\x8b"):
        raw = safe_gzip(name, io.BytesIO(raw), len(raw)).read()
    try:
        words = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"byte 0x{raw[error.start]:02x} at offset {error.start} is not UTF-8"
        raise InputError([Problem(name, line, None, None, message, "save the file in the encoding UTF-8")]) from error
    if "\0" in words:
        line = words.count("\n", 0, words.index("\0")) + 1
        raise InputError([Problem(name, line, None, None, "holds a NUL", "save the file as plain UTF-8 text")])
    return words


def _delimiter(words: str) -> str:
    first = words.partition("\n")[0]
    return max(",;\t", key=first.count)


def _header(name: str, cells: Sequence[str]) -> list[str]:
    """The names as in COLUMNS; the API writes `ProjectId`, too. A column of people is known and never read."""
    spelt = {column.lower(): column for column in COLUMNS}
    header = [spelt.get(cell.strip().lower(), cell.strip()) for cell in cells]
    faults = [
        (
            cell,
            f"unknown column {cell!r}",
            "compare the header with the export of today; a new column must be looked at",
        )
        for cell in header
        if cell not in COLUMNS and not _PEOPLE.search(cell)
    ]
    faults += [
        (column, f"column {column!r} is missing", "export all columns") for column in COLUMNS if column not in header
    ]
    faults += [(cell, f"column {cell!r} stands twice", "keep one") for cell in set(header) if header.count(cell) > 1]
    if faults:
        raise InputError([Problem(name, 1, column, None, message, advice) for column, message, advice in faults])
    return header
