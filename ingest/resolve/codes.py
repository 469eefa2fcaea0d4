"""Strong identifiers as they are compared: one writing each, with its check digits; what fails them is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from stdnum import get_cc_module, isni, lei

from ingest.identifiers import organisation_number, ror, wikidata
from ingest.problem import CellError

# A thing has one of these at most; two records whose values differ are two things.
ONE_ONLY = frozenset({"orgNumber", "ror", "lei", "wikidata"})

_SWEDISH_VAT = re.compile(r"SE([0-9]{10})01")
_PIC = re.compile(r"[0-9]{9}")
_GRID = re.compile(r"grid\.[0-9]+\.[0-9a-f]{1,2}")
_GRANT = re.compile(r"[0-9A-Z][0-9A-Z/_.\- ]{4,}")


def codes_of(name: str, value: str) -> tuple[tuple[str, str], ...]:
    """(scheme, code) of a value of the property `name`; none when it is no identifier, or its check digits are wrong."""
    read = _READERS.get(name)
    return () if read is None else read(value)


@cache
def _vat(text: str) -> tuple[tuple[str, str], ...]:
    plain = re.sub(r"[^0-9A-Z]", "", text.upper())
    country = {"EL": "gr", "UK": "gb"}.get(plain[:2], plain[:2].lower())
    rules = get_cc_module(country, "vat") if country.isalpha() else None
    if rules is None or not rules.is_valid(plain):
        return ()
    swedish = _SWEDISH_VAT.fullmatch(plain)
    return (("vatNumber", plain), *(_organisation(swedish[1]) if swedish else ()))


def _organisation(text: str) -> tuple[tuple[str, str], ...]:
    try:
        return (("orgNumber", organisation_number(text)),)
    except CellError:
        return ()


def _lei(text: str) -> tuple[tuple[str, str], ...]:
    plain = lei.compact(text)
    return (("lei", plain),) if lei.is_valid(plain) else ()


def _isni(text: str) -> tuple[tuple[str, str], ...]:
    plain = isni.compact(text)
    return (("isni", plain),) if isni.is_valid(plain) else ()


def _grid(text: str) -> tuple[tuple[str, str], ...]:
    return (("grid", text),) if _GRID.fullmatch(text) else ()


def _pic(text: str) -> tuple[tuple[str, str], ...]:
    return (("cordisPic", text),) if _PIC.fullmatch(text) else ()


def _checked(scheme: str, check: Callable[[str], str]) -> Callable[[str], tuple[tuple[str, str], ...]]:
    def read(text: str) -> tuple[tuple[str, str], ...]:
        try:
            return ((scheme, check(text)),)
        except CellError:
            return ()

    return read


def _grant(text: str) -> tuple[tuple[str, str], ...]:
    plain = text.strip().upper()
    return (("grantNumber", plain),) if _GRANT.fullmatch(plain) else ()


_READERS: Mapping[str, Callable[[str], tuple[tuple[str, str], ...]]] = {
    "vatNumber": _vat,
    "orgNumber": _organisation,
    "lei": _lei,
    "cordisPic": _pic,
    "ror": _checked("ror", ror),
    "isni": _isni,
    "grid": _grid,
    "wikidata": _checked("wikidata", wikidata),
    "grantNumber": _grant,
    "identifier": _grant,
}
