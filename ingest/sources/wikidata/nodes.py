"""From one record to nodes: the organisation, where it is led from, what it works on, who owns it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal

from graph.node import Concept, Evidence, Iri, Node, PartialDate, Ref, Text
from ingest.contract import Record
from ingest.keys import relation_key
from ingest.sources.wikidata.headquarters import place_nodes
from ingest.sources.wikidata.lists import lists

_IDENTIFIERS: Mapping[str, str] = {
    "P6782": "ror",
    "P1278": "lei",
    "P6460": "orgNumber",
    "P5785": "cordisPic",
    "P3608": "vatNumber",
}
_ELSEWHERE = ("P213", "P2427")  # ISNI and GRID have no property of their own in our ontology
_SAYS: Mapping[str, str] = {"P31": "focus", "P452": "focus", "P101": "focus", "P1056": "production"}


def nodes(record: Record) -> Iterator[Node]:
    """All that one record says."""
    item = record.values["item"]
    yield _organisation(record, item)
    yield from _sites(record, item)
    yield from _technologies(record, item)
    yield from _owners(record, item)


def key(item: str) -> str:
    """`wikidata:Q123`."""
    return f"wikidata:{item}"


def evidence(item: str, what: str = "") -> Evidence:
    """The page of the item, and the property on it."""
    return Evidence(f"https://www.wikidata.org/wiki/{item}", f"{item} {what}".strip())


def many(record: Record, what: str) -> list[str]:
    """The values of a property that may have several."""
    found: list[str] = json.loads(record.values[what])
    return found


def _organisation(record: Record, item: str) -> Node:
    cells = record.values
    classes = many(record, "P31")
    kind = next((kind for number, kind in lists().kinds.items() if number in classes), "Organization")
    node = Node(key(item), kind, [evidence(item)])
    names: Mapping[str, str] = json.loads(cells["label"])
    for lang, name in names.items():
        node.add("name", Text(name, lang))
    for alias, lang in json.loads(cells["alias"]):
        if alias not in names.values():
            node.add("altName", Text(alias, lang))
    for lang, words in json.loads(cells["description"]).items():
        node.add("description", Text(words, lang))
    node.add("wikidata", item).add("sameRecord", Iri(f"http://www.wikidata.org/entity/{item}"))
    for what, name in _IDENTIFIERS.items():
        for value in many(record, what):
            node.add(name, value)
    for what in _ELSEWHERE:
        for value in many(record, what):
            node.add("sameRecord", Iri(value))
    for value in many(record, "P856"):
        node.add("homepage", Iri(value))
    for what, name in (("P571", "founded"), ("P576", "dissolved")):
        node.add(name, PartialDate.parse(cells[what]) if cells[what] else None)
    return node.add("employees", int(cells["P1128"]) if cells["P1128"] else None)


def _sites(record: Record, item: str) -> Iterator[Node]:
    for place in json.loads(record.context.get("places", "[]")):
        around = list(place_nodes(place))
        yield from around
        where = around[0].key
        what = "P17" if where == around[-1].key else "P159"
        site = Node(relation_key("Site", key(item), where), "Site", [evidence(item, what)])
        site.add("siteOf", Ref(key(item))).add("place", Ref(where))
        yield site.add("siteKind", Concept("site", "head-office") if what == "P159" else None)


def _technologies(record: Record, item: str) -> Iterator[Node]:
    for what, doing in _SAYS.items():
        for number in many(record, what):
            area = lists().technologies.get(number)
            if area is None:
                continue
            parts = (key(item), area, *(() if doing == "focus" else (doing,)))
            node = Node(relation_key("TechnologyActivity", *parts), "TechnologyActivity", [evidence(item, what)])
            node.add("actor", Ref(key(item))).add("area", Concept("tech", area))
            yield node.add("activityKind", Concept("activity", doing))


def _owners(record: Record, item: str) -> Iterator[Node]:
    for said in json.loads(record.values["owning"]):
        other = key(said["other"])
        owner, owned = (key(item), other) if said["what"] == "P355" else (other, key(item))
        node = Node(relation_key("Ownership", owner, owned), "Ownership", [evidence(item, said["what"])])
        node.add("owner", Ref(owner)).add("owned", Ref(owned))
        if said["what"] != "P127":
            node.add("role", Concept("role", "subsidiary"))
        for name in ("start", "end"):
            node.add(name, PartialDate.parse(said[name]) if said.get(name) else None)
        yield node.add("share", _share(said["share"]))


def _share(text: str) -> Decimal | None:
    """A part of the whole from 0 to 1; anything else is no share."""
    share = Decimal(text) if text.replace(".", "", 1).isdecimal() else None
    return share if share is not None and share <= 1 else None
