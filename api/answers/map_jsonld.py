"""The selection as JSON-LD: things with their names, and the relations among them, at their own addresses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from api.served import Snapshot
from graph.rdf import DCT, XSD, web_address
from graph.selection import Selection
from ontology.terms import CE, SCHEMES
from visualisations.plain import first_day

_CONTEXT = {
    "@vocab": CE,
    "dct": DCT,
    "start": {"@type": f"{XSD}date"},
    "end": {"@type": f"{XSD}date"},
    "value": {"@type": f"{XSD}decimal"},
}
_GRAINS = {4: "year", 7: "month", 10: "day"}  # by the length of the date as the source has it
_TOLD = ("key", "kind", "scheme", "a_property", "b_property", "start", "end", "amount", "currency", "note", "evidence")


def as_jsonld(snapshot: Snapshot, selection: Selection) -> bytes:
    """One JSON-LD document in UTF-8. A collaboration, which rules derive, is a `collaboratesWith` of its first end."""
    graph = [*_things(snapshot, selection), *_relations(snapshot, selection)]
    return json.dumps({"@context": _CONTEXT, "@graph": graph}, ensure_ascii=False, separators=(",", ":")).encode()


def _things(snapshot: Snapshot, selection: Selection) -> Iterator[dict[str, Any]]:
    for row in snapshot.columns.nodes[selection.nodes].iter_rows(named=True):
        told: dict[str, Any] = {"@id": _iri(snapshot, row["key"]), "@type": row["kind"]}
        told["name"] = _words(row["name_en"], row["name_sv"])
        if row["description_en"] or row["description_sv"]:
            told["description"] = _words(row["description_en"], row["description_sv"])
        if row["county"]:
            told["inRegion"] = {"@id": _iri(snapshot, row["county"])}
        if row["homepage"]:
            told["homepage"] = {"@id": web_address(row["homepage"]).value}
        yield told


def _relations(snapshot: Snapshot, selection: Selection) -> Iterator[dict[str, Any]]:
    columns = snapshot.columns
    document = dict(columns.evidence.select("evidence", "document").iter_rows())
    told = columns.relations.select("relation", *_TOLD)
    edges = selection.edges.select("a", "b", "relation", "role").join(told, "relation", "left", maintain_order="left")
    for row in edges.iter_rows(named=True):
        a, b = (_iri(snapshot, columns.key_of[row[end]]) for end in "ab")
        if row["key"] is None:
            yield {"@id": a, "collaboratesWith": {"@id": b}}
            continue
        iri = _iri(snapshot, row["key"])
        held: dict[str, Any] = {"@id": iri, "@type": row["kind"], row["a_property"]: {"@id": a}}
        if row["b_property"]:
            held[row["b_property"]] = {"@id": b}
        sources = dict.fromkeys(document[proof] for proof in row["evidence"] or () if document[proof])
        if sources:
            held["dct:source"] = [{"@id": web_address(one).value} for one in sources]
        yield held | _when(row) | _what(row, iri)


def _when(row: dict[str, Any]) -> dict[str, str]:
    """The days, and how exactly they are known: `2008` is its first day, exact to the year."""
    held: dict[str, str] = {}
    for name in ("start", "end"):
        if row[name]:
            held |= {name: first_day(row[name]), f"{name}Precision": _GRAINS[len(row[name])]}
    return held


def _what(row: dict[str, Any], iri: str) -> dict[str, Any]:
    held: dict[str, Any] = {}
    concept = SCHEMES.get(row["scheme"] or "", {}).get(row["role"] or "")
    if concept is not None:
        held["role"] = {"@id": concept.iri}
    if row["note"]:
        held["note"] = row["note"]
    if row["amount"]:
        money = {"@id": f"{iri}/amount", "@type": "MonetaryAmount", "value": row["amount"]}
        held["amount"] = money | {"currency": row["currency"]}
    return held


def _words(english: str | None, swedish: str | None) -> str | list[dict[str, str]] | None:
    """Both languages; without a language where the two are the same, for nobody says which it is."""
    if english == swedish:
        return english
    texts = (("en", english), ("sv", swedish))
    return [{"@value": text, "@language": lang} for lang, text in texts if text]


def _iri(snapshot: Snapshot, key: str) -> str:
    return snapshot.names.thing(key).value
