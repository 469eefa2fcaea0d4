"""CSV as Excel and others write it: encoding and separator are found, or given, and never guessed between two readings."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator

from ingest.problem import InputError, Problem
from ingest.sources.tabular.grid import MOST_COLUMNS, MOST_LETTERS, MOST_ROWS, Grid, tidy

ENCODINGS = {"utf-8": "utf-8-sig", "utf-16": "utf-16", "cp1252": "cp1252", "iso-8859-1": "iso-8859-1"}
DELIMITERS = (";", ",", "\t", "|")


def read_comma(file: str, raw: bytes, *, encoding: str = "", delimiter: str = "", header: int = 1) -> Grid:
    """The table; InputError when it cannot be read as text, or when its separator is not clear."""
    words, warnings = _decoded(file, raw, encoding)
    lines = words.splitlines()
    if lines and lines[0].lower().startswith("sep=") and len(lines[0]) == 5:  # Excel's own note
        delimiter, header = delimiter or lines[0][4], header + (header == 1)
    if len(lines) < header or not lines[header - 1].strip():
        advice = "write the header line and rows" if header == 1 else "mend `header` in tabular.toml"
        raise InputError([Problem(file, header, None, None, "there is no header line here", advice)])
    separator = delimiter or _delimiter(file, header, lines[header - 1])
    found = [(line, cells) for line, cells in _rows(file, words, separator) if line >= header]
    names = tuple(tidy(cell) for cell in found[0][1])
    while len(names) > 1 and not names[-1]:
        names = names[:-1]
    rows, problems = [], []
    for line, cells in found[1:]:
        if not any(map(tidy, cells)):
            continue
        extra = [cell for cell in cells[len(names) :] if tidy(cell)]
        if len(cells) < len(names) or extra:
            message = f"the row has {len(cells)} cells, the header has {len(names)}"
            problems.append(Problem(file, line, None, None, message, f"mend the separators {separator!r} and quotes"))
        else:
            rows.append((line, [tidy(cell) for cell in cells[: len(names)]]))
    if len(rows) > MOST_ROWS or len(names) > MOST_COLUMNS:
        message = f"{len(rows)} rows and {len(names)} columns are more than {MOST_ROWS} and {MOST_COLUMNS}"
        raise InputError([Problem(file, None, None, None, message, "split the table")])
    return Grid(file, header, names, rows, problems, warnings)


def _decoded(file: str, raw: bytes, encoding: str) -> tuple[str, list[str]]:
    warnings = []
    if raw[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        message, advice = "this is an Excel file with another ending", "name it .xlsx, or save it as CSV"
        raise InputError([Problem(file, None, None, None, message, advice)])
    if not encoding:
        encoding = "utf-16" if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8"
        try:
            raw.decode(ENCODINGS[encoding])
        except UnicodeDecodeError:
            encoding = "cp1252"
            warnings = [
                f'{file} is not UTF-8 and was read as Windows-1252; say encoding = "cp1252", or save it as UTF-8'
            ]
    try:
        words = raw.decode(ENCODINGS[encoding])
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"byte 0x{raw[error.start]:02x} at offset {error.start} is not {encoding}"
        advice = 'save the file as "CSV UTF-8", or mend `encoding`'
        raise InputError([Problem(file, line, None, None, message, advice)]) from error
    if "\0" in words:
        line = words.count("\n", 0, words.index("\0")) + 1
        raise InputError([Problem(file, line, None, None, "the file holds a NUL", "save it as plain text")])
    return words, warnings


def _delimiter(file: str, header: int, line: str) -> str:
    outside = "".join(part for place, part in enumerate(line.split('"')) if place % 2 == 0)
    counts = Counter(letter for letter in outside if letter in DELIMITERS)
    ranked = counts.most_common(2)
    if not ranked:  # one column alone
        return ";"
    if len(ranked) == 2 and ranked[0][1] == ranked[1][1]:
        message = f"the header may be parted by {ranked[0][0]!r} or {ranked[1][0]!r}"
        raise InputError([Problem(file, header, None, None, message, "set `delimiter` for this table")])
    return ranked[0][0]


def _rows(file: str, words: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """(number of the first line, cells) of each row."""
    held = io.StringIO(words, newline="")
    limit = csv.field_size_limit(MOST_LETTERS)
    reader = csv.reader(held, delimiter=delimiter, strict=True)
    first = 1
    try:
        for cells in reader:
            if cells:
                yield first, cells
            first = reader.line_num + 1
    except csv.Error as error:
        message = f"the quotation marks of the row that begins here are not balanced, or a cell is too long ({error})"
        advice = 'double each " inside a cell and close the cell with one'
        raise InputError([Problem(file, first, None, None, message, advice)]) from error
    finally:
        csv.field_size_limit(limit)
