"""From a record to nodes: the organisation, where it is, what it belonged to, and how it ended."""

from __future__ import annotations

import json
from collections.abc import Iterator

from graph.node import Concept, Evidence, Iri, Node, PartialDate, Ref, Text
from ingest.contract import Record
from ingest.identifiers import web_address
from ingest.keys import relation_key
from ingest.problem import CellError
from ingest.sources.ror.identifiers import add_ids
from ingest.sources.ror.organisation import Organisation, RorError
from ingest.sources.ror.schemas import ADDRESS, read

# The first of these that a record has makes its kind. Hospitals, archives and what ROR calls nonprofit or other have no
# class of their own; "funder" alone is an agency whose task it is, beside another type only a role.
KINDS = (
    ("education", "HigherEducationInstitution"),
    ("company", "Company"),
    ("facility", "ResearchPerformer"),
    ("government", "PublicBody"),
)
LONGEST_ACRONYM = 20


def key_of(ror: str) -> str:
    """`ror:05p3hyp82`."""
    return f"ror:{ror}"


def organisation(record: Record) -> Iterator[Node]:
    """The nodes of a record that is not withdrawn."""
    try:
        said = read(json.loads(record.values["json"]))
    except RorError as error:
        raise record.fault(None, f"{error.field}: {error.message}", error.advice) from error
    proof = _proof(said.ror, f"{record.table}:{record.line}")
    node = Node(key_of(said.ror), kind_of(said.types), [proof])
    _add_names(node, said)
    node.add("ror", said.ror)
    add_ids(node, said)
    for page in said.homepages:
        node.add("homepage", Iri(_address(record, page)))
    for page in said.wikipedia:
        node.add("sameRecord", Iri(_address(record, page)))
    if said.established:
        node.add("founded", PartialDate.parse(f"{said.established:04}"))
    for old in record.context.get("former", "").split():
        node.add("formerKey", key_of(old))
    for parent, by in json.loads(record.context.get("parents", "[]")):
        own = any(ror == said.ror for ror, _ in by)
        node.add("unitOf", Ref(key_of(parent)), evidence=[] if own else [_proof(*one) for one in by])
    yield node
    yield from _sites(node, record, proof)
    yield from _changes(node, said, record, proof)


def kind_of(types: tuple[str, ...]) -> str:
    """The class of a record with these types."""
    if set(types) == {"funder"}:
        return "FundingAgency"
    return next((kind for name, kind in KINDS if name in types), "Organization")


def _add_names(node: Node, said: Organisation) -> None:
    """One name in each language, the shown one first; further ones, aliases and long acronyms are other names."""
    taken: dict[str, str] = {}
    for name, lang in said.names:
        if lang not in taken:
            taken[lang] = name
            node.add("name", Text(name, lang))
    others = [name for name, _ in said.names] + list(said.others)
    others += [short for short in said.acronyms if len(short) > LONGEST_ACRONYM]
    for name in others:
        node.add("altName", name if name not in taken.values() else None)
    for short in said.acronyms:
        node.add("acronym", short if len(short) <= LONGEST_ACRONYM else None)


def _sites(node: Node, record: Record, proof: Evidence) -> Iterator[Node]:
    for place in record.context.get("places", "").split():
        site = Node(relation_key("Site", node.key, place), "Site", [proof])
        yield site.add("siteOf", Ref(node.key)).add("place", Ref(place))


def _changes(node: Node, said: Organisation, record: Record, proof: Evidence) -> Iterator[Node]:
    """Who went on with its work; or that it closed, when nobody did."""
    heirs = json.loads(record.context.get("successors", "[]"))
    for heir, by in heirs:
        key = relation_key("ChangeEvent", "succession", node.key, key_of(heir))
        change = Node(key, "ChangeEvent", [_proof(*one) for one in by]).add(
            "changeKind", Concept("change", "succession")
        )
        yield change.add("before", Ref(node.key)).add("after", Ref(key_of(heir)))
    if said.status == "inactive" and not heirs:
        change = Node(relation_key("ChangeEvent", "closing", node.key), "ChangeEvent", [proof])
        yield change.add("changeKind", Concept("change", "closing")).add("before", Ref(node.key))


def _proof(ror: str, where: str) -> Evidence:
    return Evidence(f"{ADDRESS}{ror}", where)


def _address(record: Record, text: str) -> str:
    try:
        return web_address(text)
    except CellError as error:
        raise record.fault(None, error.message, error.advice) from error
