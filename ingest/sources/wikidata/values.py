"""Values of Wikidata in the form that our nodes take; a wrong one raises CellError."""

from __future__ import annotations

import re

from ingest.cells import partial_date, text
from ingest.identifiers import organisation_number, ror
from ingest.problem import CellError

_TIME = re.compile(r"[+]?(\d{4})-(\d{2})-(\d{2})T")
_GRAIN = {"9": 4, "10": 7, "11": 10, "12": 10, "13": 10, "14": 10}  # year, month, day, hour, minute, second


def time(value: str, grain: str) -> str:
    """`1998-05-01T00:00:00Z` with its precision as a partial date; what is vaguer than a year cannot be one."""
    found = _TIME.match(value)
    if found is None or grain not in _GRAIN:
        raise CellError("a time that is vaguer than a year or out of range", "nothing: it cannot be told")
    return partial_date("-".join(found.groups())[: _GRAIN[grain]])


def dated(value: str) -> str:
    """`1998-05-01T00:00:00Z/10`, a time and its precision in one; empty stays empty."""
    stamp, _, grain = value.partition("/")
    return time(stamp, grain) if value else ""


def point(value: str) -> tuple[str, str]:
    """`Point(18.07 59.33)` as latitude and longitude; only of the Earth."""
    found = re.fullmatch(r"Point\((-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?)\)", value, re.IGNORECASE)
    if found is None or abs(float(found[1])) > 180 or abs(float(found[2])) > 90:
        raise CellError(f"{value!r} is no point on the Earth", "mend it in Wikidata")
    return found[2], found[1]


def lei(value: str) -> str:
    """A LEI with its check digits (ISO 17442: the remainder by 97 is 1)."""
    if not re.fullmatch(r"[A-Z0-9]{18}[0-9]{2}", value):
        raise CellError(f"{value!r} is not a LEI", "mend it in Wikidata")
    if int("".join(str(int(letter, 36)) for letter in value)) % 97 != 1:
        raise CellError(f"the check digits of the LEI {value!r} are wrong", "mend it in Wikidata")
    return value


def pic(value: str) -> str:
    """The participant code of the EU: nine digits."""
    if not re.fullmatch(r"[0-9]{9}", value):
        raise CellError(f"{value!r} is not a PIC", "mend it in Wikidata")
    return value


def vat(value: str) -> str:
    """A VAT number with the letters of its country."""
    plain = re.sub(r"[ .-]", "", value)
    if not re.fullmatch(r"[A-Z]{2}[A-Z0-9]{2,13}", plain):
        raise CellError(f"{value!r} is not a VAT number with its country", "mend it in Wikidata")
    return plain


def isni(value: str) -> str:
    """The address of an ISNI: sixteen characters, with or without spaces."""
    plain = value.replace(" ", "")
    if not re.fullmatch(r"[0-9]{15}[0-9X]", plain):
        raise CellError(f"{value!r} is not an ISNI", "mend it in Wikidata")
    return f"https://isni.org/isni/{plain}"


def grid(value: str) -> str:
    """The address of a GRID id."""
    if not re.fullmatch(r"grid\.[0-9]+\.[0-9a-f]+", value):
        raise CellError(f"{value!r} is not a GRID id", "mend it in Wikidata")
    return f"https://www.grid.ac/institutes/{value}"


def count(value: str) -> str:
    """A number of heads."""
    found = re.fullmatch(r"\+?([0-9]{1,9})(?:\.0+)?", value)
    if found is None:
        raise CellError(f"{value!r} is no number of people", "mend it in Wikidata")
    return str(int(found[1]))


PARSERS = {
    "P6782": ror,
    "P1278": lei,
    "P6460": organisation_number,
    "P5785": pic,
    "P3608": vat,
    "P213": isni,
    "P2427": grid,
    "label": text,
    "alias": text,
    "description": text,
}
