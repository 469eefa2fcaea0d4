"""In which towns and countries things are, from their sites."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.node import Node, Ref, Text
from ingest.resolve.names import fold
from ontology.schema import is_a


@dataclass(frozen=True, slots=True)
class Places:
    """`of_things[key]` is (towns, countries): towns by the keys and folded names of the places, countries by their codes."""

    of_things: Mapping[str, tuple[set[str], set[str]]]

    @classmethod
    def of(cls, nodes: Iterable[Node]) -> Places:
        """Read places and sites; a site in a whole country says nothing about the town."""
        places: dict[str, list[Node]] = {}
        sites: list[tuple[str, str]] = []
        for node in nodes:
            if is_a(node.kind, "Place"):
                places.setdefault(node.key, []).append(node)
            elif node.kind == "Site":
                ends = [
                    [v.key for v in node.values.get(name, ()) if isinstance(v, Ref)] for name in ("siteOf", "place")
                ]
                sites += [(thing, place) for thing in ends[0] for place in ends[1]]
        found: dict[str, tuple[set[str], set[str]]] = {}
        known: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
        for thing, place in sites:
            if place not in known:
                known[place] = _town(place, places), _countries(place, places)
            towns, countries = found.setdefault(thing, (set(), set()))
            towns |= known[place][0]
            countries |= known[place][1]
        return cls(found)


def _town(key: str, places: Mapping[str, list[Node]]) -> frozenset[str]:
    nodes = places.get(key, [])
    if not any("within" in node.values for node in nodes):
        return frozenset()
    names = {
        fold(v.value if isinstance(v, Text) else str(v))
        for node in nodes
        for name in ("name", "altName")
        for v in node.values.get(name, ())
    }
    return frozenset({key} | names)


def _countries(key: str, places: Mapping[str, list[Node]]) -> frozenset[str]:
    seen: set[str] = set()
    ahead = {key}
    codes: set[str] = set()
    while ahead:
        seen |= ahead
        nodes = [node for one in ahead for node in places.get(one, ())]
        codes |= {str(code) for node in nodes for code in node.values.get("countryCode", ())}
        ahead = {v.key for node in nodes for v in node.values.get("within", ()) if isinstance(v, Ref)} - seen
    return frozenset(codes)
