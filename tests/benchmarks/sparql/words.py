"""Names that sound like names, made of syllables and a few trades."""

from __future__ import annotations

from random import Random
from typing import Final

# fmt: off
_SYLLABLES: Final = (
    "al", "ber", "cas", "dor", "el", "fen", "gar", "hol", "is", "jor", "kal", "lin", "mar", "nor", "ol", "per", "ros",
    "sal", "tur", "ul", "ver", "wal", "xan", "yl", "zor", "å", "ö", "é",
)
_TRADES: Final = (
    "Solar", "Wind", "Hydro", "Battery", "Hydrogen", "Grid", "Steel", "Cement", "Water", "Recycling", "Forest",
    "Biogas", "Heat", "Transport", "Charging",
)
_DOING: Final = (
    "Advanced", "Integrated", "Smart", "Circular", "Low-carbon", "Sustainable", "Resilient", "Digital", "Modular",
)
_WHAT: Final = ("systems", "materials", "networks", "processes", "storage", "services", "design", "monitoring")
# fmt: on
_ENDS: Final = {
    "Company": ("AB", "GmbH", "Ltd", "SA", "BV", "SpA"),
    "HigherEducationInstitution": ("University", "Institute of Technology"),
    "ResearchInstitute": ("Research", "Research Centre"),
    "CivilSocietyOrganization": ("Association", "Foundation"),
    "PublicBody": ("Agency", "Council"),
}


def _word(chance: Random, least: int = 2, most: int = 3) -> str:
    return "".join(chance.choices(_SYLLABLES, k=chance.randint(least, most))).capitalize()


def town(chance: Random) -> str:
    """A town."""
    return _word(chance) + chance.choice(("", "berg", "ville", "stad", "ton"))


def organisation(kind: str, number: int, chance: Random) -> str:
    """An organisation; the number keeps it apart from others."""
    return f"{_word(chance)} {chance.choice(_TRADES)} {chance.choice(_ENDS[kind])} {number}"


def project(chance: Random) -> str:
    """The title of a project."""
    trade = chance.choice(_TRADES).lower()
    return f"{chance.choice(_DOING)} {trade} {chance.choice(_WHAT)} for {_word(chance)}"


def acronym(chance: Random) -> str:
    """Four to seven capitals."""
    return "".join(chance.choices("ABCDEFGHIJKLMNOPRSTUVWY", k=chance.randint(4, 7)))
