"""Where the organisations are: the town if it is known, else the country."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.contract import Record
from ingest.gazetteer import LONGEST_NAME
from ingest.places import Town, countries, towns
from ingest.sources.cordis.cells import COUNTRY, line_of_text
from ingest.sources.cordis.damage import mended
from ingest.sources.cordis.gather import Gathered
from ingest.sources.cordis.organisation import Organisation

PLACES, PLACE = "geonames", "place"


class Whereabouts:
    """Looks up the towns of all organisations at once."""

    def __init__(self, found: Gathered) -> None:
        self._countries, self._found = countries(), found
        asked = {one.key: place for one in found.organisations.values() if (place := self._asked(one))[1]}
        self._towns = towns(frozenset(place for place in asked.values() if place[0]))
        self._places: dict[str, str] = {}
        self._used: dict[str, Town] = {}
        for key, place in asked.items():
            town = self._towns.get(place)
            self._places[key] = town.key if town else f"place/{place[1].lower()}"
            if town:
                self._used[town.key] = town
            elif place[0]:
                text = "towns are unknown to GeoNames; of these organisations only the country is kept"
                found.warnings.note(text, found.organisations[key].place("town"))
        self._codes = {place[1] for place in asked.values()}
        for one in found.organisations.values():
            code = one.value("country")
            if code and COUNTRY.get(code, code) not in self._countries:
                text = f"organisations are in {code[:10]!r}, which is no country; they are kept without it"
                found.warnings.note(text, one.place("country"))

    def _asked(self, one: Organisation) -> tuple[str, str]:
        """(town, ISO 3166-1 code of the country)."""
        city, _, country = one.value("town").partition("\t")
        code = country or one.value("country")
        code = COUNTRY.get(code, code)
        town = mended(line_of_text(city))
        if len(town) > LONGEST_NAME:
            text = f"towns have names of more than {LONGEST_NAME} letters; only the country is kept"
            self._found.warnings.note(text, one.place("town"))
            town = ""
        return (town, code) if code in self._countries else ("", "")

    def of(self, one: Organisation) -> str:
        """The key of the place, or nothing."""
        return self._places.get(one.key, "")

    def records(self) -> Iterator[Record]:
        """A record for each country, Swedish county and town that is named."""
        for line, code in enumerate(sorted(self._codes), 1):
            name, geonames = self._countries[code]
            yield Record(
                PLACES, line, {"level": "country", "code": code, "name": name, "geonames": str(geonames)}, {"of": PLACE}
            )
        counties = {town.county for town in self._used.values() if town.county}
        for line, code in enumerate(sorted(counties), 1):
            yield Record(PLACES, line, {"level": "county", "code": code}, {"of": PLACE})
        for line, key in enumerate(sorted(self._used), 1):
            town = self._used[key]
            fields = {name: str(getattr(town, name)) for name in town.__slots__}
            yield Record(PLACES, line, {"level": "town", **fields}, {"of": PLACE})
