"""Numbers and dates as people write them in tables. Each parser gives the settled form or raises CellError."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal, TypeAlias

from ingest.cells import amount, partial_date
from ingest.problem import CellError

Mark: TypeAlias = Literal[",", "."]

_SPACES = "[ \u00a0\u2007\u2009\u202f]"  # plain, no-break, figure, thin and narrow no-break space
_GROUPED = re.compile(rf"[0-9]{{1,3}}(?:{_SPACES}[0-9]{{3}})+(?=[.,]|$)")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_TOKENS = {"YYYY": r"(?P<year>[0-9]{4})", "MM": r"(?P<month>[0-9]{1,2})", "DD": r"(?P<day>[0-9]{1,2})"}


class Exact(str):
    """A cell that its file holds as a number or a date, here in the settled form: no mark or order is in question."""

    __slots__ = ()


def without_thousands(cell: str) -> str:
    """The number without the spaces between its groups of three; other spaces stay, for `decimal` to complain of."""
    return re.sub(_SPACES, "", cell) if _GROUPED.match(cell) else cell


def mark_of(cells: Iterable[str]) -> Mark | None:
    """The decimal mark that the cells of a column settle; None when none does, CellError when they contradict.

    `12,5` and `1250,00` settle it; `1,250` does not, for the comma may part thousands.
    """
    found: dict[Mark, str] = {}
    for cell in cells:
        number = without_thousands(cell)
        if isinstance(cell, Exact) or not _NUMBER.fullmatch(number):
            continue
        for mark in (",", "."):
            whole, held, rest = number.partition(mark)
            if held and (len(rest) != 3 or len(whole) > 3 or whole == "0" or number != cell):
                found.setdefault(mark, cell)
    if len(found) > 1:
        one, other = found.values()
        raise CellError(f"the column holds {one!r} and {other!r}", "write one decimal mark in the whole column")
    return next(iter(found), None)


def decimal(cell: str, mark: Mark | None, unit: int = 1) -> str:
    """A sum with this decimal mark (None = not known), times `unit`, with a point and without thousands marks."""
    if isinstance(cell, Exact):
        return amount(_times(str(cell), unit))
    number = without_thousands(cell)
    if not _NUMBER.fullmatch(number):
        advice = "write digits only, such as 570000, 570 000 or 1250,50, without letters or a minus sign"
        raise CellError(f"{cell[:50]!r} is not a number", advice)
    used = "," if "," in number else "." if "." in number else None
    if used and mark is None:
        message = f"{cell!r} may mean thousands or decimals"
        raise CellError(message, 'set decimal = "," or decimal = "." for the table or the column')
    if used and used != mark:
        raise CellError(f"{cell!r} has the mark {used!r}, decimals have {mark!r} here", "mend the cell, or set decimal")
    return amount(_times(number.replace(",", "."), unit))


def _times(number: str, unit: int) -> str:
    if unit == 1 or not re.fullmatch(r"[0-9.]+", number):
        return number
    whole = Decimal(number) * unit
    return format(whole.quantize(Decimal(1)) if whole == whole.to_integral_value() else whole, "f")


def whole(cell: str) -> str:
    """A count: digits, with spaces between groups of three if any."""
    number = without_thousands(cell)
    if not re.fullmatch(r"[0-9]{1,9}", number):
        raise CellError(f"{cell[:50]!r} is not a whole number", "write digits only")
    return str(int(number))


def date_form(form: str) -> re.Pattern[str]:
    """The pattern of a form such as DD/MM/YYYY; CellError when it is none."""
    parts = re.split(r"(YYYY|MM|DD)", form)
    if sorted(parts[1::2]) != ["DD", "MM", "YYYY"] or any(not 1 <= len(part) <= 2 for part in parts[2:-1:2]):
        raise CellError(f"{form!r} is no form of dates", "write YYYY-MM-DD, DD/MM/YYYY or the like")
    return re.compile("".join(_TOKENS.get(part) or re.escape(part) for part in parts))


def day(cell: str, form: str = "") -> str:
    """A date as YYYY, YYYY-MM or YYYY-MM-DD; in the given form too, and then no other but a year alone."""
    if isinstance(cell, Exact) and re.fullmatch(r"[0-9]{5}(\.[0-9]+)?", cell):
        message = f"{str(cell)!r} is a day counted from 1900, as Excel keeps it"
        raise CellError(message, "give the cells of the column the format Date, with the year first")
    if not form or isinstance(cell, Exact) or re.fullmatch("[0-9]{4}", cell):
        if re.fullmatch(r"[0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{4}", cell):
            raise CellError(f"{cell!r} may be read in two ways", 'set dates = "DD/MM/YYYY" (or "MM/DD/YYYY")')
        return partial_date(str(cell))
    found = date_form(form).fullmatch(cell)
    if found is None:
        raise CellError(f"{cell[:50]!r} is not a date in the form {form}", f"write it as {form}, or mend `dates`")
    return partial_date(f"{found['year']}-{int(found['month']):02}-{int(found['day']):02}")


def share(cell: str, mark: Mark | None) -> str:
    """A part of the whole, from 0 to 1; `35 %` is 0.35."""
    percent = re.fullmatch(rf"(.+?){_SPACES}?%", cell)
    part = Decimal(decimal(percent[1] if percent else cell, mark)) / (100 if percent else 1)
    if part > 1:
        raise CellError(f"{cell!r} is more than the whole", "write a number from 0 to 1, or one with %")
    return format(part.normalize(), "f")
