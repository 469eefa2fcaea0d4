"""The technology areas of a project, inferred from what its record says. The one place where that is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from graph.node import Node, Text
from ingest.contract import Record
from ingest.sources.cordis.proof import concept, evidence, ref
from ingest.technology import infer


def technologies(record: Record) -> Iterator[Node]:
    """A TechnologyActivity for each area that the rules of `ingest.technology` find, with words and confidence."""
    said, context = record.values, record.context
    key = said["id"]
    topics = [
        (code, title) for code, _, title in (line.partition("\t") for line in context["topics"].split("\n")) if code
    ]
    fields = [path for path in context["fields"].split("\n") if path]
    proof = evidence(record, key)
    for area in infer(said.get("title", ""), said.get("objective", ""), topics, fields):
        found = replace(proof, method=area.method, confidence=Decimal(f"{area.confidence:.2f}"))
        if area.quote is not None:
            quote = Text(area.quote.text, "en")
            found = replace(found, quote=quote, start_offset=area.quote.start, end_offset=area.quote.end)
        node = Node(f"cordis:technology/{key}/{area.slug}", "TechnologyActivity", [found])
        node.add("actor", ref(f"cordis:project/{key}")).add("area", concept("tech", area.slug))
        node.add("activityKind", concept("activity", "focus"))
        yield node.add("note", _note(area.quote.field if area.quote else "", area.code))


def _note(place: str, code: str | None) -> str:
    """Where it was found, in words."""
    told = {"title": "from the title", "objective": "from the objective", "topic": "from the title of the topic"}
    return "; ".join(part for part in (told.get(place, ""), f"from {code}" if code else "") if part)
