"""Organisations, activities and places."""

from __future__ import annotations

from collections.abc import Iterator

from graph.node import Concept, Iri, Money, Node, Ref, Text
from ingest.contract import Record
from ingest.keys import relation_key
from ingest.places import place_node
from ingest.sources.sweden.names import add_names
from ingest.sources.sweden.proof import evidence, money, relation, role, when
from ontology.schema import is_a


def place(record: Record) -> Iterator[Node]:
    """A country, a county or a town."""
    yield place_node(record.values)


def organisation(record: Record) -> Iterator[Node]:
    """The organisation, where it is, and what it belongs to."""
    cells, context = record.values, record.context
    node = Node(context["key"], context["kind"], [evidence(record)])
    aliases = cells["aliases"].split("|") if cells["aliases"] else []
    add_names(node, cells["name"], cells["country"], sv=cells["name_sv"], en=cells["name_en"], others=aliases)
    node.add("description", Text(cells["description"], "en"))
    node.add("homepage", Iri(cells["website"]) if cells["website"] else None)
    node.add("founded", when(cells["founded"])).add("dissolved", when(cells["ended"]))
    node.add("orgNumber", cells["orgnr"]).add("ror", cells["ror"]).add("wikidata", cells["wikidata"])
    if cells["kind"] == "startup":
        node.add("companyStage", Concept("stage", "start-up"))
    if "whole" in context:
        node.add("unitOf", Ref(context["whole"]), evidence=[evidence(record)])
    yield node
    if cells["parent"] and "whole" not in context:
        yield subsidiary(record, owner=cells["parent"], owned=context["key"])
    yield from _site(record)


def subsidiary(record: Record, *, owner: str, owned: str) -> Node:
    """The ownership that makes one organisation the subsidiary of another."""
    return relation(record, "Ownership", "subsidiary", owner=owner, owned=owned).add("role", role("subsidiary"))


def activity(record: Record) -> Iterator[Node]:
    """The effort and where it is; or the round, the closing, or the organisation that it is another row of."""
    cells, context = record.values, record.context
    if "round" in context:
        yield _round(record)
        return
    if "closed" in context:
        node = relation(record, "ChangeEvent", "closing", cells["slug"], before=context["closed"])
        yield node.add("changeKind", Concept("change", "closing")).add("name", Text(cells["title"], "en"))
        return
    node = Node(context["key"], context["kind"], [evidence(record)])
    if context["key"] == cells["slug"]:
        add_names(node, cells["title"], "", sv=cells["title_sv"], en=cells["title"])
        node.add("description", Text(cells["description"], "en"))
    else:
        node.add("altName", cells["title"]).add("formerKey", cells["slug"])
    organised = is_a(context["kind"], "Organization")
    node.add("founded" if organised else "start", when(cells["start"]))
    node.add("dissolved" if organised else "end", when(cells["end"]))
    node.add("totalCost", _budget(record))
    node.add("partOf", Ref(context["centre"]) if "centre" in context else None)
    yield node
    yield from _site(record)


def _budget(record: Record) -> Money | None:
    return money(record, "budget", record.values["start"])


def _round(record: Record) -> Node:
    """A funding round that the data calls an event: the company is its recipient, the budget its size."""
    cells, context = record.values, record.context
    node = Node(round_key(cells["slug"]), "InvestmentRound", [evidence(record)])
    node.add("recipient", Ref(context["round"])).add("name", Text(cells["title"], "en"))
    node.add("description", Text(cells["description"], "en")).add("amount", _budget(record))
    node.add("roundType", Concept("round", context["round_type"]) if "round_type" in context else None)
    return node.add("start", when(cells["start"])).add("end", when(cells["end"]))


def round_key(*parts: str) -> str:
    """The key of a round: its slug, or the company and the date or page."""
    return relation_key("InvestmentRound", *parts)


def _site(record: Record) -> Iterator[Node]:
    """Where the thing is: the town if it is known, else the country."""
    if "place" not in record.context:
        return
    column = "city_source_url" if record.values["city"] and record.values.get("city_source_url") else "source_url"
    key, where = record.context["key"], record.context["place"]
    node = Node(relation_key("Site", key, where), "Site", [evidence(record, column)])
    yield node.add("siteOf", Ref(key)).add("place", Ref(where))
