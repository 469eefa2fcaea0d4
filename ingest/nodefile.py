"""Nodes as JSON lines, one a line in the order of their keys, and back. The same nodes give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from graph.node import Concept, Evidence, Iri, Money, Node, PartialDate, Ref, Text, Value

Json: TypeAlias = Any


def dump_nodes(nodes: Iterable[Node]) -> bytes:
    """UTF-8, one node a line."""
    return b"".join(map(node_line, nodes))


def node_line(node: Node) -> bytes:
    """One line of the file; it begins with `{"key":"…","kind":"…"`."""
    return f"{json.dumps(to_json(node), ensure_ascii=False, separators=(',', ':'))}\n".encode()


def load_nodes(raw: bytes) -> Iterator[Node]:
    """The nodes of `dump_nodes`; ValueError, KeyError or NodeError when the bytes are something else."""
    for line in raw.decode("utf-8").split("\n"):
        if line:
            yield from_json(json.loads(line))


def to_json(node: Node) -> Mapping[str, Json]:
    """The node as plain JSON; empty parts are left out."""
    said: dict[str, Json] = {"key": node.key, "kind": node.kind}
    if node.evidence:
        said["evidence"] = [_evidence(proof) for proof in node.evidence]
    if node.values:
        said["values"] = {name: [_value(value) for value in values] for name, values in node.values.items()}
    if node.proofs:
        said["proofs"] = [
            [name, _value(value), [_evidence(proof) for proof in proofs]]
            for (name, value), proofs in node.proofs.items()
        ]
    return said


def from_json(said: Mapping[str, Json]) -> Node:
    """The node that `to_json` wrote."""
    node = Node(said["key"], said["kind"], [_read_evidence(proof) for proof in said.get("evidence", [])])
    for name, values in said.get("values", {}).items():
        for value in values:
            node.add(name, _read_value(value))
    for name, value, proofs in said.get("proofs", []):
        node.add(name, _read_value(value), evidence=[_read_evidence(proof) for proof in proofs])
    return node


def _value(value: Value) -> Json:
    match value:
        case str() | bool() | int():
            return value
        case Decimal():
            return {"decimal": str(value)}
        case Text():
            return {"text": value.value, "lang": value.lang}
        case Ref():
            return {"ref": value.key}
        case Iri():
            return {"iri": value.value}
        case Concept():
            return {"concept": value.slug, "scheme": value.scheme}
        case PartialDate():
            return {"date": value.text}
        case Money():
            return {"money": str(value.value), "currency": value.currency, "year": value.year, "kind": value.kind}


def _read_value(said: Json) -> Value:
    match said:
        case str() | bool() | int():
            return said
        case {"decimal": number}:
            return Decimal(number)
        case {"text": words, "lang": lang}:
            return Text(words, lang)
        case {"ref": key}:
            return Ref(key)
        case {"iri": address}:
            return Iri(address)
        case {"concept": slug, "scheme": scheme}:
            return Concept(scheme, slug)
        case {"date": text}:
            return PartialDate.parse(text)
        case {"money": number, "currency": currency, "year": year, "kind": kind}:
            return Money(Decimal(number), currency, year, kind)
    raise ValueError(f"{said!r} is no value of a node")


def _evidence(proof: Evidence) -> Mapping[str, Json]:
    said: dict[str, Json] = {"document": proof.document, "record": proof.record}
    said["quote"] = _value(proof.quote) if proof.quote else None
    said["start"], said["end"] = proof.start_offset, proof.end_offset
    said["published"] = proof.published.text if proof.published else None
    said["retrieved"] = proof.retrieved.isoformat() if proof.retrieved else None
    said["method"], said["confidence"] = proof.method, str(proof.confidence)
    return {name: value for name, value in said.items() if value is not None}


def _read_evidence(said: Mapping[str, Json]) -> Evidence:
    quote = said.get("quote")
    return Evidence(
        document=said["document"],
        record=said.get("record"),
        quote=Text(quote["text"], quote["lang"]) if quote else None,
        start_offset=said.get("start"),
        end_offset=said.get("end"),
        published=PartialDate.parse(said["published"]) if "published" in said else None,
        retrieved=date.fromisoformat(said["retrieved"]) if "retrieved" in said else None,
        method=said["method"],
        confidence=Decimal(said["confidence"]),
    )
