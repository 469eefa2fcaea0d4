"""One cell, by the form of its field: from what somebody wrote to the settled form, or CellError."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from ingest.cells import text
from ingest.currencies import CURRENCIES
from ingest.identifiers import organisation_number, ror, web_address, wikidata
from ingest.keys import slugged
from ingest.problem import CellError
from ingest.sources.tabular import words
from ingest.sources.tabular.fields import Field, Form
from ingest.sources.tabular.mapping import ColumnMap
from ingest.sources.tabular.numbers import Mark, day, decimal, share, whole
from ingest.sources.tabular.personal import personal_cell

_WORDS: frozenset[Form] = frozenset({"acronym", "address", "key", "plain", "reference", "text", "town"})
_SOLE_TRADER = ("it may be the personal number of a sole trader", "leave the cell empty; data of persons stay outside")


class PersonalError(CellError):
    """The cell holds data of a person; it must not be repeated anywhere."""


def parsed(column: ColumnMap, cell: str, mark: Mark | None) -> str:
    """The settled form of one value; `mark` is the decimal mark of the column."""
    field, settings = column.field, column.settings
    if field.form in _WORDS and (found := personal_cell(cell)):
        raise PersonalError(f"the cell holds {found}", "take it out; data of persons stay outside")
    if field.form == "amount":
        return decimal(cell, mark, settings.get("unit", 1))
    if field.form == "share":
        return share(cell, mark)
    if field.form == "date":
        return day(cell, settings.get("dates", ""))
    return _BY_WORD[field.form](field, str(cell))


def one_line(cell: str) -> str:
    """The words with one space between them; line breaks and no-break spaces count as spaces."""
    return text(" ".join(cell.split()))


def _name(_field: Field, cell: str) -> str:
    name = one_line(cell)
    if len(name) < 2:
        raise CellError(f"{name!r} is too short for a name", "write at least two letters")
    return name


def _text(field: Field, cell: str) -> str:
    return _name(field, cell) if field.name == "name" else one_line(cell)


def _acronym(_field: Field, cell: str) -> str:
    if len(cell) > 20:
        raise CellError(f"{cell[:50]!r} is no acronym", "write at most 20 letters, or map the column to altName")
    return one_line(cell)


def _key(_field: Field, cell: str) -> str:
    if not slugged(cell):
        raise CellError(f"{cell!r} holds no letter or digit", "write a key of letters and digits")
    return one_line(cell)


def _orgnr(_field: Field, cell: str) -> str:
    number = re.sub(
        r"^16(?=[2-9]?[0-9]{5}-?[0-9]{4}$)", "", cell.replace(" ", "")
    )  # 16: organisations in old registers
    digits = re.sub(r"[^0-9]", "", number)
    if len(digits) == 12 or (len(digits) == 10 and int(digits[2]) < 2):
        raise PersonalError(*_SOLE_TRADER)
    return organisation_number(number)


def _vat(_field: Field, cell: str) -> str:
    number = re.sub(r"[ .-]", "", cell).upper()
    if not re.fullmatch(r"[A-Z]{2}[A-Z0-9]{2,13}", number):
        raise CellError(
            f"{cell[:50]!r} is no VAT number", "begin with the two letters of the country, as SE556016068001"
        )
    if number.startswith("SE"):
        if not re.fullmatch(r"SE[0-9]{10}01", number):
            raise CellError(f"{cell[:50]!r} is no Swedish VAT number", "write SE, the organisation number and 01")
        _orgnr(_field, number[2:12])
    return number


def _lei(_field: Field, cell: str) -> str:
    code = cell.upper()
    if not re.fullmatch(r"[A-Z0-9]{18}[0-9]{2}", code) or int("".join(str(int(c, 36)) for c in code)) % 97 != 1:
        raise CellError(f"{cell[:50]!r} is no LEI", "write its twenty characters; the last two are check digits")
    return code


def _pic(_field: Field, cell: str) -> str:
    if not re.fullmatch(r"[0-9]{9}", cell):
        raise CellError(f"{cell[:50]!r} is no PIC", "write the nine digits of the EU funding portal")
    return cell


def _currency(_field: Field, cell: str) -> str:
    if cell.upper() not in CURRENCIES:
        raise CellError(
            f"unknown currency {cell[:20]!r}", "write three letters such as SEK, or translate it in `values`"
        )
    return cell.upper()


_BY_WORD: Mapping[Form, Callable[[Field, str], str]] = {
    "acronym": _acronym,
    "address": lambda _, cell: web_address(cell),
    "class": lambda field, cell: words.kind(field.of, cell),
    "concept": lambda field, cell: words.concept(field.of, cell),
    "country": lambda _, cell: words.country(cell),
    "currency": _currency,
    "key": _key,
    "lei": _lei,
    "orgnr": _orgnr,
    "pic": _pic,
    "plain": lambda _, cell: one_line(cell),
    "reference": lambda _, cell: one_line(cell),
    "ror": lambda _, cell: ror(re.sub(r"^(https?://)?ror\.org/", "", cell)),
    "text": _text,
    "town": lambda _, cell: one_line(cell),
    "vat": _vat,
    "whole": lambda _, cell: whole(cell),
    "wikidata": lambda _, cell: wikidata(re.sub(r"^https?://www\.wikidata\.org/(wiki|entity)/", "", cell)),
}
