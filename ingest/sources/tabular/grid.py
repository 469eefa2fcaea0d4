"""A table as it was read, before anybody says what it means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ingest.problem import CellError, Problem

Cell: TypeAlias = str | CellError  # the error is that of a cell which its own file calls wrong, such as #N/A
MOST_ROWS, MOST_COLUMNS, MOST_LETTERS = 50_000, 200, 20_000
MOST_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Grid:
    """`label` is `members.csv` or `members.xlsx!Sheet`; rows are (line, cells), each as long as the header.

    `problems` tell of rows that are not among them.
    """

    label: str
    line: int
    header: tuple[str, ...]
    rows: Sequence[tuple[int, Sequence[Cell]]]
    problems: Sequence[Problem] = ()
    warnings: Sequence[str] = ()


def tidy(text: str) -> str:
    """The text of a cell without spaces around it; a no-break space is one, too."""
    return text.strip(" \t\u00a0\ufeff")
