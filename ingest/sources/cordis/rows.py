"""The rows of a CORDIS table from a stream of CSV with semicolons. A broken record costs that record alone.

Nothing of a record that cannot be read is handed on: who knows what stands in the cell of a contact person.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import IO, TypeAlias

from ingest.problem import InputError, Problem

Reject: TypeAlias = Callable[[Problem], None]
Line: TypeAlias = tuple[int, list[str]]

MOST_BROKEN = 5_000  # records that cannot be read, in one file; then it is no CSV
_CONFLICT = re.compile(r"(<{7}|={7}|>{7})(\s|$)")
_JOINT = re.compile(r'(?<=")\\n(?="|\s*$)')  # a literal \n between two records
_INSIDE = ("the record is inside an unresolved merge", "get the file anew, or keep one side and remove the markers")
_BAD_BYTES = re.compile("[\udc80-\udcff\0]")


class _Lines:
    """The lines of a text stream, which can be put back."""

    def __init__(self, stream: IO[str]) -> None:
        self._numbered = enumerate(stream, 1)
        self._back: deque[tuple[int, str]] = deque()
        self.taken: list[tuple[int, str]] = []  # those of the record that is being read

    def read(self) -> Iterator[str]:
        """Those that were put back, and then all that are left."""
        back, numbered, taken = self._back, self._numbered, self.taken
        while True:
            line = back.popleft() if back else next(numbered, None)
            if line is None:
                return
            taken.append(line)
            yield line[1]

    def again(self, lines: Sequence[tuple[int, str]]) -> None:
        """Read these next."""
        self._back.extendleft(reversed(lines))


class _Merge:
    """Whether a record stands between the markers of a merge conflict: neither side can be believed."""

    def __init__(self) -> None:
        self._open = False

    def holds(self, lines: Sequence[tuple[int, str]]) -> bool:
        """For the lines of each record, one after the other."""
        before = self._open
        for _, line in lines:
            if line.startswith(("<<<<<<<", ">>>>>>>")) and _CONFLICT.match(line):
                self._open = line.startswith("<")
                before = True
        return before


def csv_rows(file: str, stream: IO[str], reject: Reject) -> Iterator[Line]:
    """(first line, cells) of the header and of each record with as many cells; what cannot be read goes to `reject`."""
    lines = _Lines(stream)
    width = broken = 0
    merge = _Merge()
    reader = csv.reader(lines.read(), delimiter=";", strict=True)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            merge.holds(lines.taken[:1])
            problem = _mend(file, lines, error)
            reader = csv.reader(lines.read(), delimiter=";", strict=True)
        else:
            blank = not cells or cells == ["\\n"]
            problem = None if blank else _fault(file, lines, cells, width)
            if not blank and merge.holds(lines.taken):
                problem = problem or Problem(file, lines.taken[0][0], None, None, *_INSIDE)
            if problem is None and not blank:
                width = width or len(cells)
                yield lines.taken[0][0], cells
        lines.taken.clear()
        if problem is not None:
            reject(problem)
            broken += 1
            if broken > MOST_BROKEN:
                advice = "get the file anew; it is not the CSV of CORDIS"
                raise InputError([Problem(file, None, None, None, f"over {MOST_BROKEN} records are broken", advice)])


def _mend(file: str, lines: _Lines, error: csv.Error) -> Problem | None:
    """Go on behind the first line of a record that cannot be read; records joined by a literal \\n are taken apart."""
    (number, first), *rest = lines.taken
    lines.again(rest)
    parts = _JOINT.split(first)
    if len(parts) > 1:
        lines.again([(number, f"{part}\n") for part in parts])
        return None
    if _CONFLICT.match(first):
        return _conflict(file, number)
    if "field limit" in str(error):
        message = f"a cell of the record that begins here is longer than {csv.field_size_limit():,} letters"
        return Problem(
            file, number, None, None, message, "shorten it, or close the quotation mark that is open before it"
        )
    message = f"the quotation marks of the record that begins here are not balanced ({error})"
    return Problem(file, number, None, None, message, 'double each " inside a cell and close it with one')


def _fault(file: str, lines: _Lines, cells: Sequence[str], width: int) -> Problem | None:
    number, first = lines.taken[0] if lines.taken else (0, "")
    if len(cells) == 1 and _CONFLICT.match(first):
        return _conflict(file, number)
    if width and len(cells) != width:
        message = f"the record has {len(cells)} cells, the header has {width}"
        return Problem(file, number, None, None, message, "mend the semicolons and quotation marks")
    for at, line in lines.taken:
        if (not line.isascii() and _BAD_BYTES.search(line)) or "\0" in line:
            return Problem(file, at, None, None, "the record is not UTF-8 text", "save the file as UTF-8")
    return None


def _conflict(file: str, number: int) -> Problem:
    message = "a marker of a merge conflict stands in the file"
    return Problem(file, number, None, None, message, "get the file anew, or keep one side and remove it")
