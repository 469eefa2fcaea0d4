"""Organisations, projects and places, with what hangs on their rows: sites, memberships, parts, technologies."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from graph.node import Concept, Iri, Node, Ref, Text
from ingest.contract import Record
from ingest.keys import relation_key
from ingest.places import Town, country_node, county_node, town_node
from ingest.sources.tabular.fields import PART_ROLES
from ingest.sources.tabular.proof import concept, evidence, money, refs, when
from ingest.sources.tabular.rows import MANY

_IDENTIFIERS = ("orgNumber", "vatNumber", "ror", "lei", "cordisPic", "wikidata")


def places(record: Record) -> Iterator[Node]:
    """The country, the county and the town where the thing is, as far as they are known and no row told of them before."""
    if "country" in record.context:
        yield country_node(*json.loads(record.context["country"]))
    if "town" in record.context:
        town = Town(**json.loads(record.context["town"]))
        if town.county:
            yield county_node(town.county)
        yield town_node(town)


def organisation(record: Record) -> Iterator[Node]:
    """The organisation, where it is, what it is a member of, and what it works on."""
    cells, context = record.values, record.context
    node = _named(record)
    node.add("legalName", cells.get("legalName"))
    for name in _many(record, "formerName"):
        node.add("formerName", name)
    for name in _IDENTIFIERS:
        node.add(name, cells.get(name))
    node.add("founded", when(record, "founded")).add("dissolved", when(record, "dissolved"))
    node.add("employees", int(cells["employees"]) if cells.get("employees") else None)
    node.add("companyStage", Concept("stage", context["stage"]) if "stage" in context else None)
    node.add("sizeClass", concept(record, "sizeClass", "size"))
    for whole in refs(record, "unitOf"):
        node.add("unitOf", Ref(whole))
    yield node
    for effort in refs(record, "memberOf"):
        yield _part(record, context["key"], effort, "member")
    yield from _around(record)


def project(record: Record) -> Iterator[Node]:
    """The project, programme, network or event, where it is, who takes part, and what it is about."""
    node = _named(record).add("wikidata", record.values.get("wikidata"))
    _texts(record, node, "aim")
    node.add("start", when(record, "start")).add("end", when(record, "end")).add(
        "totalCost", money(record, "totalCost")
    )
    for whole in refs(record, "partOf"):
        node.add("partOf", Ref(whole))
    yield node
    for role in PART_ROLES:
        for who in refs(record, role):
            yield _part(record, who, record.context["key"], role)
    yield from _around(record)


def technologies(record: Record, actor: str) -> Iterator[Node]:
    """What the actor works on."""
    for area in _many(record, "technology"):
        node = Node(relation_key("TechnologyActivity", actor, area), "TechnologyActivity", [evidence(record)])
        node.add("actor", Ref(actor)).add("area", Concept("tech", area)).add("note", record.values.get("note"))
        yield node.add("activityKind", concept(record, "activityKind", "activity", "focus"))


def _named(record: Record) -> Node:
    node = Node(record.context["key"], record.context["kind"], [evidence(record)])
    _texts(record, node, "name")
    _texts(record, node, "description")
    for name in ("altName", "acronym"):
        for word in _many(record, name):
            node.add(name, word)
    homepage = record.values.get("homepage")
    return node.add("homepage", Iri(homepage) if homepage else None)


def _texts(record: Record, node: Node, name: str) -> None:
    for slot, value in record.values.items():
        if slot.startswith(f"{name}@"):
            node.add(name, Text(value, slot.partition("@")[2]))


def _many(record: Record, name: str) -> Iterable[str]:
    held = record.values.get(name, "")
    return held.split(MANY) if held else ()


def _part(record: Record, who: str, effort: str, role: str) -> Node:
    """A part in something, without the dates of the row: those are the thing's own."""
    kind = "Membership" if role == "member" else "Participation"
    node = Node(relation_key(kind, role, who, effort), kind, [evidence(record)])
    return node.add("participant", Ref(who)).add("inEffort", Ref(effort)).add("role", Concept("role", role))


def _around(record: Record) -> Iterator[Node]:
    yield from places(record)
    key = record.context["key"]
    if "place" in record.context:
        where = record.context["place"]
        node = Node(relation_key("Site", key, where), "Site", [evidence(record)])
        yield node.add("siteOf", Ref(key)).add("place", Ref(where))
    yield from technologies(record, key)
