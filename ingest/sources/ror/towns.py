"""The towns of the records, by GeoNames number: those of the gazetteer, and small ones as ROR has them from GeoNames."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict

from graph.node import Node
from ingest.contract import Record
from ingest.places import Town, countries, country_node, county_node, town_key, town_node, towns_by_number
from ingest.sources.ror.organisation import Location

PLACES = "geonames"


def town_of(spot: Location, known: Mapping[int, Town]) -> Town:
    """The town of the gazetteer, or one made of what ROR says of it, with its number in the key."""
    if spot.geonames in known:
        return known[spot.geonames]
    key = town_key(spot.name, spot.country, spot.geonames, first=False)
    county = _county(spot.subdivision.lower()) if spot.country == "SE" else ""
    return Town(key, spot.name, spot.name, spot.country, county, spot.geonames, spot.lat, spot.long)


def _county(code: str) -> str:
    try:
        county_node(code)
    except KeyError:
        return ""
    return code


def places(towns: Mapping[int, Location]) -> tuple[dict[int, str], list[Record]]:
    """The key of each town, and the records of all places: countries, Swedish counties, towns."""
    known = towns_by_number(frozenset(towns))
    found = {number: town_of(spot, known) for number, spot in sorted(towns.items())}
    rows: list[dict[str, str]] = []
    named = countries()
    for code in sorted({town.country for town in found.values()}):
        name, number = named[code]
        rows.append({"level": "country", "code": code, "name": name, "geonames": str(number)})
    rows += [{"level": "county", "code": code} for code in sorted({town.county for town in found.values()} - {""})]
    rows += [{"level": "town", "json": json.dumps(asdict(town))} for town in found.values()]
    records = [Record(PLACES, line, row) for line, row in enumerate(rows, 1)]
    return {number: town.key for number, town in found.items()}, records


def place(record: Record) -> Iterator[Node]:
    """The node of a record of `places`."""
    match record.values:
        case {"level": "country", "code": code, "name": name, "geonames": number}:
            yield country_node(code, name, int(number))
        case {"level": "county", "code": code}:
            yield county_node(code)
        case values:
            yield town_node(Town(**json.loads(values["json"])))
