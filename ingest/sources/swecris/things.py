"""From a grant to nodes: the project, who coordinates it, and who pays how much."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from graph.node import Concept, Evidence, Node, Ref, Text
from ingest.contract import Record
from ingest.sources.swecris.cells import key_part
from ingest.sources.swecris.parties import key_of
from ingest.sources.swecris.proof import kronor, page, when


def grant(record: Record) -> Iterator[Node]:
    """Evidence are this row and those of other funders that repeat it."""
    said = record.values
    twins: list[Mapping[str, str]] = json.loads(record.context["twins"])
    proofs = [Evidence(page(said["id"]), f"{record.table}:{record.line}")]
    proofs += [Evidence(page(twin["id"]), twin["where"]) for twin in twins]
    part = key_part(said["id"])
    project, coordinator = f"swecris:project/{part}", said["coordinator"]
    yield _project(record, project, proofs, twins)
    if coordinator:
        led = Node(f"swecris:participation/{part}", "Participation", proofs[:])
        led.add("participant", Ref(key_of(coordinator))).add("inEffort", Ref(project))
        yield led.add("role", Concept("role", "coordinator"))
    given = Node(f"swecris:grant/{part}", "Grant", proofs[:])
    given.add("funder", Ref(key_of(said["funder"]))).add("fundedEffort", Ref(project))
    given.add("recipient", Ref(key_of(coordinator)) if coordinator else None)
    given.add("amount", kronor(said["sek"], said["year"])).add("instrument", Concept("instrument", "grant"))
    given.add("start", when(said["paid_from"])).add("end", when(said["paid_to"]))
    yield given.add("grantNumber", said["number"]).add("note", _note(said, twins))


def _project(record: Record, key: str, proofs: list[Evidence], twins: list[Mapping[str, str]]) -> Node:
    said = record.values
    node = Node(key, "Project", proofs[:])
    for lang in ("sv", "en"):
        node.add("name", Text(said[f"title_{lang}"], lang) if len(said[f"title_{lang}"]) > 1 else None)
        node.add("description", Text(said[f"text_{lang}"], lang))
    node.add("start", when(said["start"])).add("end", when(said["end"])).add("grantNumber", said["number"])
    for held in (said, *twins):
        node.add("identifier", held["id"])
    for subject in said["subjects"].split("\n"):
        node.add("subject", subject)
    return node


def _note(said: Mapping[str, str], twins: list[Mapping[str, str]]) -> str:
    """The kind of award, and the sum of a row that repeats this one when it is another."""
    kind = [] if said["award"] in {"", "Unclassified"} else [said["award"]]
    return "; ".join(kind + [f"{twin['funder']} states {twin['sek']} SEK" for twin in twins if twin["differs"]])
