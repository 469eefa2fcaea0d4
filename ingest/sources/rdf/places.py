"""Sites: the towns and countries that addresses name, as places of the gazetteer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from graph.node import Concept, Node, Ref
from ingest.keys import relation_key
from ingest.places import Town, countries, country_node, county_node, town_node, towns, towns_by_number
from ingest.sources.rdf.told import Told, Wish


def sites(told: Told) -> Iterator[tuple[str, Node]]:
    """(subject, node): a Site for each wish that a place was found for; its places come first, under no subject."""
    wanted = {(wish.town, _code(wish.country)) for wish in told.wishes if wish.town}
    names, numbers = (
        frozenset(pair for pair in wanted if pair[1]),
        frozenset(w.geonames for w in told.wishes if w.geonames),
    )
    known = towns(names) if names else {}  # each look into the gazetteer reads all of it
    numbered = towns_by_number(numbers) if numbers else {}
    given: set[str] = set()
    for wish in told.wishes:
        around = list(_places(wish, told, numbered.get(wish.geonames) or known.get((wish.town, _code(wish.country)))))
        if not around:
            told.losses.others["an address in no town or country that is known"] += 1
            continue
        where = around[0] if isinstance(around[0], str) else around[0].key
        for node in around:
            if isinstance(node, Node) and node.key not in given:
                given.add(node.key)
                yield "", node
        of = told.nodes[wish.of]
        site = Node(relation_key("Site", of.key, where), "Site", [told.proof(wish.of)])
        site.add("siteOf", Ref(of.key)).add("place", Ref(where)).add("address", wish.street)
        yield wish.of, site.add("siteKind", Concept("site", wish.kind) if wish.kind else None)


def _places(wish: Wish, told: Told, town: Town | None) -> Iterator[Node | str]:
    if wish.place:
        yield told.nodes[wish.place].key
        return
    code = town.country if town is not None else _code(wish.country)
    if not code:
        return
    if town is not None:
        yield town_node(town)
        if town.county:
            yield county_node(town.county)
    elif wish.town:
        told.losses.others["a town that no gazetteer knows; its country is kept"] += 1
    name, number = countries()[code]
    yield country_node(code, name, number)


def _code(said: str) -> str:
    """ISO 3166-1 code of a code or a name in English or Swedish; empty when it is neither."""
    return _names().get(said.casefold().strip(), "")


@cache
def _names() -> Mapping[str, str]:
    found: dict[str, str] = {"uk": "GB", "el": "GR"}  # what the EU calls them
    for code, (name, number) in countries().items():
        found[code.casefold()] = found[name.casefold()] = code
        for value in country_node(code, name, number).values["name"]:
            found[str(getattr(value, "value", "")).casefold()] = code
    return found
