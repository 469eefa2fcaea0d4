"""The small language of a question's `check` line: what the planted answer looks like.

Conditions are joined by `;` and must all hold. A value is compared by the last part of its address or by its text.

    rows = 5                       so many rows (also >=)
    values area = wind-power ...   the different values of a column, no more and no fewer
    sum total = 3000000            the sum of a column
    some quote                     at least one row has the column
    row a = x, b = y               at least one row has all these values
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

Row: TypeAlias = Mapping[str, str]


class CheckError(ValueError):
    """A check line is not in the language."""


def failures(check: str, rows: Sequence[Row]) -> list[str]:
    """The conditions that do not hold for an answer; rows map column names to text and leave out unbound columns."""
    return [part.strip() for part in check.split(";") if not _holds(part.strip(), rows)]


def _holds(condition: str, rows: Sequence[Row]) -> bool:
    if found := re.fullmatch(r"rows (=|>=) (\d+)", condition):
        return len(rows) == int(found[2]) if found[1] == "=" else len(rows) >= int(found[2])
    if found := re.fullmatch(r"values (\w+) = (.+)", condition):
        return {_tail(row[found[1]]) for row in rows if found[1] in row} == set(found[2].split())
    if found := re.fullmatch(r"sum (\w+) = (\d+)", condition):
        return sum((Decimal(row[found[1]]) for row in rows if found[1] in row), Decimal(0)) == Decimal(found[2])
    if found := re.fullmatch(r"some (\w+)", condition):
        return any(row.get(found[1]) for row in rows)
    if condition.startswith("row "):
        wanted = dict(pair.split(" = ", 1) for pair in condition.removeprefix("row ").split(", "))
        return any(all(_tail(row.get(name, "")) == value for name, value in wanted.items()) for row in rows)
    raise CheckError(f"{condition!r} is not a condition; see ontology/check.py")


def _tail(value: str) -> str:
    """The last part of an address, or the text itself."""
    return re.split(r"[/#]", value)[-1] if value.startswith("http") else value
