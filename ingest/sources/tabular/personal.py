"""Columns and cells that look like data of persons: they stay outside."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from ingest.identifiers import luhn

_HEADERS = re.compile(
    r"\b(?:e-?post\w*|e-?mail\w*|mejl\w*|mail(?:adress)?|telefon\w*|tele?|tfn|phone\w*|tele?phone\w*|mobil(?:nummer|nr|tel\w*)?|mobile|cell ?phone"
    r"|kontakt\w*|contact\w*|person-?nummer|personnr|pnr|personal (?:number|id)|social security\w*|ssn|samordningsnummer"
    r"|för-?namn|efter-?namn|first ?name|last ?name|sur-?name|given ?name|family ?name|födelse\w*|birth\w*|dob"
    r"|vd|ceo|ordförande|handläggare|representant|representative|hemadress|home address)\b",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<!\w)(?:\+|00)[1-9][0-9]{0,2}[\s\u00a0()-]*(?:0\)?)?(?:[\s\u00a0-]?[0-9]){6,12}(?!\w)")
_LOCAL_PHONE = re.compile(r"0[1-9][0-9]{0,2}\s?-\s?[0-9]{2,3}(?:[\s\u00a0]?[0-9]{2,3}){1,3}")
_NUMBER = re.compile(r"(?<![0-9])((?:19|20)?)([0-9]{2})([0-9]{2})([0-9]{2})([-+]?)([0-9]{4})(?![0-9])")


def personal_header(header: str) -> bool:
    """Whether a column of this name holds, by its name, data of persons (`E-post`, `Contact person`, `Tel.`)."""
    return _HEADERS.search(header.replace("_", " ")) is not None


def personal_cell(cell: str) -> str | None:
    """What of a person the cell holds (`an e-mail address` ...), or None."""
    if _EMAIL.search(cell):
        return "an e-mail address"
    if any(map(_is_personal_number, _NUMBER.finditer(cell))):
        return "a personal number"
    if "://" not in cell and (_PHONE.search(cell) or _LOCAL_PHONE.fullmatch(cell.strip())):
        return "a telephone number"
    return None


def personal_column(cells: Iterable[str]) -> str | None:
    """What of persons a column holds, by the first cell that holds it."""
    return next((found for cell in cells if (found := personal_cell(cell))), None)


def _is_personal_number(found: re.Match[str]) -> bool:
    """Month and day of a calendar (coordination numbers: day + 60) and the check digit; organisations have months >= 20."""
    century, year, month, day, _, last = found.groups()
    day_number = int(day) - 60 if int(day) > 60 else int(day)
    try:
        date(int((century or "20") + year), int(month), day_number)
    except ValueError:
        return False
    return luhn(year + month + day + last)
