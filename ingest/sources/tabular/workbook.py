"""Excel workbooks (.xlsx), as values. Nothing in them is run, followed or trusted to be of the size that it claims."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, TypeAlias

from openpyxl import load_workbook
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.utils.cell import get_column_letter, range_boundaries

from ingest.problem import CellError, InputError, Problem
from ingest.sources.tabular.grid import MOST_COLUMNS, MOST_ROWS, Cell, Grid, tidy
from ingest.sources.tabular.near import did_you_mean
from ingest.sources.tabular.numbers import Exact

Part: TypeAlias = Any  # of openpyxl, whose read-only classes have no types to speak of

MOST_UNPACKED, MOST_PARTS, MOST_LINES = 100_000_000, 1_000, MOST_ROWS + 1_000
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z0-9:$]+)\"")
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def read_workbook(file: str, raw: bytes, *, sheet: str = "", header: int = 1) -> Grid:
    """The sheet as a table; InputError when the file is no sound workbook, or the sheet is not clear or hidden."""
    parts = _sound(file, raw)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of decorations that it drops
            values = load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
            formulas = load_workbook(io.BytesIO(raw), read_only=True, data_only=False, keep_links=False)
            name = _sheet(file, sheet, values)
            label = f"{file}!{name}"
            merged = _merged(parts, getattr(values[name], "_worksheet_path", ""))
            return _grid(label, header, _cells(label, values[name], formulas[name]), merged)
    except (InputError, CellError):
        raise
    except Exception as error:  # openpyxl raises whatever a malformed part makes it stumble over
        message = f"the workbook is damaged ({type(error).__name__})"
        advice = "open it in Excel and save it again as .xlsx"
        raise InputError([Problem(file, None, None, None, message, advice)]) from error


def _sound(file: str, raw: bytes) -> zipfile.ZipFile:
    """The archive, once it is known to be small, readable and without entities."""
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        message, advice = "this is an old or password-protected Excel file", "save it as .xlsx without a password"
        raise InputError([Problem(file, None, None, None, message, advice)])
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
        infos = archive.infolist()
        if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_UNPACKED:
            message = f"unpacked it is larger than {MOST_UNPACKED // 1_000_000} MB"
            raise InputError([Problem(file, None, None, None, message, "give a workbook with the tables alone")])
        for info in infos:
            if info.filename.endswith((".xml", ".rels")):
                with archive.open(info) as part:  # reads no more than the size that it claims, and checks the sum
                    if _ENTITIES.search(part.read(4096)):
                        message, advice = f"{info.filename} declares entities", "save the workbook again in Excel"
                        raise InputError([Problem(file, None, None, None, message, advice)])
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        message, advice = "the file is no workbook, or it was cut off", "save it again as .xlsx"
        raise InputError([Problem(file, None, None, None, message, advice)]) from error
    return archive


def _sheet(file: str, wanted: str, book: Part) -> str:
    visible = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
    if wanted in visible:
        return wanted
    if wanted in hidden:
        message, advice = f"the sheet {wanted!r} is hidden", "show it in Excel first, if it is meant to be read"
    elif wanted:
        message = f"there is no sheet {wanted!r}"
        advice = did_you_mean(wanted, visible, f"its sheets are {', '.join(visible) or 'all hidden'}")
    elif len(visible) == 1:
        return str(visible[0])
    elif not visible:
        message, advice = "the workbook has no sheet that is shown", "open it in Excel and save it again as .xlsx"
    else:
        message, advice = f"the workbook has {len(visible)} sheets", f"set `sheet` to one of {', '.join(visible)}"
    raise InputError([Problem(file, None, None, None, message, advice)])


def _cells(label: str, values: Part, formulas: Part) -> Iterator[tuple[int, list[Cell]]]:
    for sheet in (values, formulas):
        sheet.reset_dimensions()  # what the file claims is not to be trusted
    for line, (row, said) in enumerate(zip(values.iter_rows(), formulas.iter_rows(), strict=False), 1):
        cells = [_cell(cell, formula) for cell, formula in zip(row, said, strict=False)]
        if any(cells[MOST_COLUMNS:]) or (line > MOST_LINES and any(cells)):
            message = f"a cell stands beyond line {MOST_LINES} or column {MOST_COLUMNS}"
            raise InputError(
                [Problem(label, line, None, None, message, "give a sheet with the table alone, or split it")]
            )
        yield line, cells


def _cell(cell: Part, formula: Part) -> Cell:
    value = cell.value
    if value is None and isinstance(formula, ReadOnlyCell) and formula.data_type == "f":
        return CellError("the formula has no saved value", "open the workbook in Excel and save it, or write the value")
    if isinstance(cell, ReadOnlyCell) and cell.data_type == "e":
        return CellError(f"the cell holds the error {value}", "mend the formula, or empty the cell")
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime():
            return Exact(value.date().isoformat() if value.time() == time() else value.isoformat(" "))
        case date():
            return Exact(value.isoformat())
        case int() | float():
            return Exact(format(Decimal(format(value, ".15g")), "f"))
        case time() | timedelta():
            return CellError(f"the cell holds the time {value}", "give the cell the format Date, Number or Text")
    return tidy(str(value))


def _merged(parts: zipfile.ZipFile, path: str) -> list[tuple[int, int, str]]:
    """First row, last row and name of each block of merged cells."""
    blocks = []
    for found in _MERGED.finditer(parts.read(path) if path else b""):
        block = found[1].decode("ascii").replace("$", "")
        _, first, _, last = range_boundaries(block)
        blocks.append((first or 1, last or MOST_ROWS, block))
    return blocks


def _grid(
    label: str, header: int, read: Iterator[tuple[int, list[Cell]]], merged: Sequence[tuple[int, int, str]]
) -> Grid:
    lines = {line: cells for line, cells in read if any(cells)}
    if header not in lines:
        message, advice = "there is no header here", "set `header` to the number of the line that holds the names"
        raise InputError([Problem(label, header, None, None, message, advice)])
    names = [tidy(str(cell)) if isinstance(cell, str) else "" for cell in lines[header]]
    while names and not names[-1]:
        names.pop()
    rows: list[tuple[int, Sequence[Cell]]] = []
    problems = []
    for line, cells in lines.items():
        if line <= header:
            continue
        block = next((name for first, last, name in merged if first <= line <= last), None)
        beside = next((place for place, cell in enumerate(cells[len(names) :], len(names) + 1) if cell), None)
        if block:
            message, advice = f"the cells {block} are merged", "unmerge them, and write the value in each row"
            problems.append(Problem(label, line, None, None, message, advice))
        elif beside:
            message = f"the cell {get_column_letter(beside)}{line} stands beside the table"
            problems.append(Problem(label, line, None, None, message, "give its column a name, or empty it"))
        else:
            rows.append((line, [*cells, *[""] * (len(names) - len(cells))][: len(names)]))
    if len(rows) > MOST_ROWS:
        message = f"there are more than {MOST_ROWS} rows"
        raise InputError([Problem(label, None, None, None, message, "split the table")])
    return Grid(label, header, tuple(names), rows, problems)
