"""How the collaboration of Horizon 2020 looks, as quantiles that were measured on CORDIS (projects begun 2014-2019)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from random import Random
from typing import Final, TypeAlias

Quantiles: TypeAlias = tuple[tuple[float, float], ...]

PROJECTS: Final = 25_620
ORGANISATIONS: Final = 32_012
TOWNS: Final = 6_361

# Participants of a project, and projects of an organisation.
PARTICIPANTS: Final[Quantiles] = (
    (0.0, 1), (0.61, 1), (0.615, 2), (0.75, 6), (0.9, 14), (0.95, 18), (0.99, 31), (0.999, 56), (1.0, 186),
)  # fmt: skip
DEGREES: Final[Quantiles] = (
    (0.0, 1), (0.64, 1), (0.645, 2), (0.75, 2), (0.9, 5), (0.95, 10), (0.99, 46), (0.999, 216), (1.0, 1078),
)  # fmt: skip
YEARS: Final = {2014: 379, 2015: 4706, 2016: 4945, 2017: 4974, 2018: 5069, 2019: 5547}
# The class of the ontology for an activity type of CORDIS: PRC, HES, REC, OTH, PUB.
KINDS: Final = {
    "Company": 58,
    "HigherEducationInstitution": 12,
    "ResearchInstitute": 11,
    "CivilSocietyOrganization": 11,
    "PublicBody": 8,
}
COUNTRIES: Final = {
    "DE": 14102, "GB": 13092, "ES": 11812, "IT": 10680, "FR": 10269, "NL": 7284, "BE": 5479, "GR": 3506, "SE": 3482,
    "AT": 3349, "CH": 3339, "DK": 2706, "PT": 2515, "FI": 2327, "NO": 2051, "IE": 2003, "PL": 1829, "IL": 1526,
    "US": 1294, "CZ": 1158, "RO": 1034, "HU": 1018, "SI": 932, "TR": 778, "CY": 614, "BG": 610, "EE": 555, "HR": 510,
    "SK": 458, "LT": 418,
}  # fmt: skip
FUNDERS: Final = {
    "European Research Council Executive Agency": 22,
    "European Research Executive Agency": 38,
    "European Innovation Council and SMEs Executive Agency": 18,
    "European Climate, Infrastructure and Environment Executive Agency": 14,
    "European Health and Digital Executive Agency": 6,
    "Clean Hydrogen Joint Undertaking": 2,
}


def drawn(quantiles: Quantiles, chance: Random) -> float:
    """A value with this distribution; in between it is taken as straight."""
    at = chance.random()
    place = min(bisect_right(quantiles, (at, float("inf"))), len(quantiles) - 1)
    (low, least), (high, most) = quantiles[place - 1], quantiles[place]
    return least + (most - least) * (at - low) / (high - low)


class Weighted:
    """Draws keys by their weights."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._keys = list(weights)
        self._weights = list(weights.values())

    def draw(self, chance: Random) -> str:
        """One key."""
        return chance.choices(self._keys, self._weights)[0]
