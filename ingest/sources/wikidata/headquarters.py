"""Where organisations are led from: towns of the gazetteer by their GeoNames number, other places as Wikidata has them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal

from graph.node import Evidence, Node, Ref, Text
from ingest.places import Town, countries, country_node, county_node, town_node, towns_by_number
from ingest.problem import CellError
from ingest.sources.wikidata.ask import ENTITY, Row
from ingest.sources.wikidata.values import point


@dataclass(slots=True)
class Seat:
    """A place as the rows of an organisation tell of it."""

    number: str
    geonames: str = ""
    country: str = ""
    position: tuple[str, str] = ("", "")
    labels: dict[str, str] = field(default_factory=dict)


def seats(rows: Iterable[Row]) -> list[Seat]:
    """The head offices that the rows of one organisation name, in the order of their numbers."""
    found: dict[str, Seat] = {}
    for row in rows:
        what = row["what"].value
        if not what.startswith("P159") or not row["value"].value.startswith(f"{ENTITY}Q"):
            continue
        number = row["value"].value.removeprefix(ENTITY)
        seat = found.setdefault(number, Seat(number))
        extra = row.get("extra")
        if extra is None:
            continue
        match what:
            case "P159":
                seat.geonames = extra.value
            case "P159 P17":
                seat.country = extra.value
            case "P159 P625":
                try:
                    seat.position = point(extra.value)
                except CellError:
                    continue  # another globe, or none: the place stays, without a position
            case _:
                seat.labels[extra.lang] = extra.value
    return [found[number] for number in sorted(found)]


def known_towns(wanted: Iterable[Seat]) -> Mapping[str, Town]:
    """The gazetteer's towns, by GeoNames number."""
    numbers = frozenset(int(seat.geonames) for seat in wanted if seat.geonames.isdecimal())
    return {str(number): town for number, town in towns_by_number(numbers).items()} if numbers else {}


def in_words(seat: Seat, town: Town | None, country: str) -> Mapping[str, str] | None:
    """The place for the context of a record; None when not even its country is known."""
    if town is not None:
        return {"town": json.dumps(asdict(town), ensure_ascii=False, sort_keys=True)}
    code = seat.country or country
    if code not in countries():
        return None
    name, number = countries()[code]
    found = {"country": code, "country_name": name, "country_geonames": str(number)}
    if seat.number and seat.labels:
        lat, long = seat.position
        labels = json.dumps(seat.labels, ensure_ascii=False, sort_keys=True)
        found |= {"place": seat.number, "labels": labels, "geonames": seat.geonames, "lat": lat, "long": long}
    return found


def place_nodes(place: Mapping[str, str]) -> Iterator[Node]:
    """What `in_words` wrote, as nodes; the first is the place itself, the others are those around it."""
    if "town" in place:
        town = Town(**json.loads(place["town"]))
        name, number = countries()[town.country]
        yield town_node(town)
        if town.county:
            yield county_node(town.county)
        yield country_node(town.country, name, number)
        return
    around = country_node(place["country"], place["country_name"], int(place["country_geonames"]))
    if "place" in place:
        item = place["place"]
        node = Node(f"wikidata:{item}", "Place", [Evidence(f"https://www.wikidata.org/wiki/{item}", item)])
        for lang, label in json.loads(place["labels"]).items():
            node.add("name", Text(label, lang))
        node.add("countryCode", place["country"]).add("within", Ref(around.key)).add("wikidata", item)
        node.add("geonames", place["geonames"] if place["geonames"].isdecimal() else None)
        for axis in ("lat", "long"):
            node.add(axis, Decimal(place[axis]) if place[axis] else None)
        yield node
    yield around
