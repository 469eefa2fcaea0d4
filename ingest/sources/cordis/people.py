"""Natural persons among the organisations of CORDIS: told by the number of a row, and left out with their participations."""

from __future__ import annotations

import re
from datetime import date

from ingest.sources.cordis.gather import Gathered
from ingest.sources.tabular.personal import personal_cell

_SPANISH = re.compile(r"[0-9XYZKLM][0-9]{7}[A-Z]")
_DIGIT = "[0-9LMNPQRSTUV]"  # the Italian code has letters for digits where two persons would have one code
_ITALIAN = re.compile(rf"(?:IT)?[A-Z]{{6}}{_DIGIT}{{2}}[A-EHLMPRST]{_DIGIT}{{2}}[A-Z]{_DIGIT}{{3}}[A-Z]")
_SWEDISH = re.compile(r"[0-9]{10}(?:[0-9]{2})?")
_DIALLED = re.compile(r"[+(]?[0-9][0-9\s()./+-]{6,}")
_LOOKED_AT = 500  # letters


def withhold(found: Gathered) -> None:
    """Leave out each organisation with a number that may be a natural person's, under any of its rows."""
    personal = {
        key
        for key, one in found.organisations.items()
        if any(facts[0] and is_personal(facts[0], facts[5].strip().upper()) for facts in one.seen)
    }
    if not personal:
        return
    parts = [part for part in found.parts if part[3] not in personal]
    count = len(found.parts) - len(parts)
    found.parts = parts
    found.organisations = {key: one for key, one in found.organisations.items() if key not in personal}
    text = f"organisations that may be natural persons: left out, with their {count} participations"
    found.warnings[text] += len(personal)


def is_personal(cell: str, country: str) -> bool:
    """Whether a VAT number of an organisation in this country may be the number of a Swede, a Spaniard or an Italian."""
    said = re.sub(r"[^A-Z0-9]", "", cell[:_LOOKED_AT].upper())
    if _ITALIAN.fullmatch(said):
        return True
    for code, form in (("ES", _SPANISH), ("SE", _SWEDISH)):
        number = said[2:] if said.startswith(code) else said if country == code else ""
        if form.fullmatch(number):
            return code == "ES" or int(number[2]) < 2 or (len(number) == 12 and _is_born(number))
    return False


def _is_born(number: str) -> bool:
    """Whether twelve digits begin with a day of the last or this century; in a coordination number the day has 60 more."""
    day = int(number[6:8])
    try:
        born = date(int(number[:4]), int(number[4:6]), day - 60 if day > 60 else day)
    except ValueError:
        return False
    return 1900 <= born.year < 2100


def is_contact(name: str) -> bool:
    """Whether a name or short name is an e-mail address, a personal number or a telephone number."""
    return _DIALLED.fullmatch(name[:_LOOKED_AT]) is not None or personal_cell(name[:_LOOKED_AT]) is not None
