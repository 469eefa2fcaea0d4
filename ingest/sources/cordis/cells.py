"""What the cells of CORDIS hold. Each parser gives the settled form, or raises CellError."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from ingest import cells
from ingest.identifiers import organisation_number, web_address
from ingest.problem import CellError

_GRANT = re.compile(r"[1-9][0-9]{3,9}|rcn-[1-9][0-9]{2,8}")
_PIC = re.compile(r"[0-9]{9}")
_EUROPEAN = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_DECIMAL_COMMA = re.compile(r"([0-9]+),([0-9]+)")
_VAT = re.compile(r"[A-Z]{2}[A-Z0-9]{2,13}")
_SWISS = re.compile(r"CHE([0-9]{9})(MWST|TVA|IVA|VAT)?")
_PERSONAL = re.compile(r"ES[0-9XYZ][0-9]{7}[A-Z]")  # a Spanish number of a natural person
_TRUTHS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False, "": None}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")

COUNTRY = {"UK": "GB", "EL": "GR"}


def line_of_text(cell: str) -> str:
    """Any text on one line: runs of white space and control characters become one space."""
    if cell.isascii():
        if cell.isprintable():
            return " ".join(cell.split())
    else:
        cell = unicodedata.normalize("NFC", cell)
    return " ".join(_CONTROL.sub(" ", cell).split())


@lru_cache(maxsize=100_000)
def project_id(cell: str) -> str:
    """The grant agreement number, or `rcn-` and the record number of CORDIS where none is known."""
    if not _GRANT.fullmatch(cell):
        raise CellError(f"{cell[:50]!r} is no grant agreement number", "write its digits, or rcn- and a record number")
    return cell


@lru_cache(maxsize=100_000)
def money(cell: str) -> str:
    """A sum in euro with a decimal point; CORDIS writes a comma too. Zeros at the end are left out, empty stays empty."""
    cell = cell.strip()
    if not cell:
        return ""
    comma = _DECIMAL_COMMA.fullmatch(cell)
    said = cells.amount(f"{comma[1]}.{comma[2]}" if comma else cell)
    return said.rstrip("0").rstrip(".") if "." in said else said


@lru_cache(maxsize=20_000)
def day(cell: str) -> str:
    """A day as YYYY-MM-DD; CORDIS writes DD/MM/YYYY and a time of day too. Empty stays empty."""
    said = cell.strip()[:10]
    european = _EUROPEAN.fullmatch(said)
    if european:
        said = f"{european[3]}-{european[2]}-{european[1]}"
    return cells.partial_date(said) if said else ""


@lru_cache(maxsize=100)
def truth(cell: str) -> bool | None:
    """`True`, `true`, `1` and their contraries; None for an empty cell."""
    said = cell.strip().lower()
    if said not in _TRUTHS:
        raise CellError(f"{cell[:50]!r} is neither true nor false", "write True or False, or leave it empty")
    return _TRUTHS[said]


def pic(cell: str) -> str:
    """Nine digits, or nothing when it is no PIC."""
    return cell if _PIC.fullmatch(cell) else ""


def vat(cell: str) -> str:
    """A VAT number with the letters of its country; CellError when it is none, or may be that of a natural person."""
    said = re.sub(r"[^A-Z0-9]", "", cell.upper())
    swiss = _SWISS.fullmatch(said)
    if swiss:
        return f"CHE{swiss[1]}"
    if not _VAT.fullmatch(said) or not any(letter.isdigit() for letter in said):
        raise CellError(f"{cell[:50]!r} is no VAT number", "write the two letters of the country and the number")
    if said.startswith("SE"):
        swedish_number(said)
    elif _PERSONAL.fullmatch(said):
        raise CellError("the VAT number may be the personal number of a natural person", "leave it out")
    return said


def swedish_number(number: str) -> str:
    """The organisation number in a Swedish VAT number, which is SE, its ten digits and 01."""
    found = re.fullmatch(r"SE([0-9]{10})[0-9]{2}", number)
    if found is None:
        raise CellError(f"{number!r} is no Swedish VAT number", "write SE, ten digits and 01")
    return organisation_number(found[1])


def home_page(cell: str) -> str:
    """A web address; http:// is put before one that lacks it."""
    said = cell.strip()
    if "@" in said.removeprefix("//").partition("?")[0].split("/@")[0]:
        raise CellError("the web address holds an e-mail address", "write the address of the home page")
    return web_address(said if _SCHEME.match(said) else f"http://{said}")
