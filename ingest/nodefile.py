"""Nodes as JSON lines, one a line in the order of their keys, and back. The same nodes give the same bytes."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from graph.node import Concept, Evidence, Iri, Money, Node, PartialDate, Ref, Text, Value

Json: TypeAlias = Any


_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def dump_nodes(nodes: Iterable[Node]) -> bytes:
    """UTF-8, one node a line."""
    raw = io.BytesIO()
    for node in nodes:
        raw.write(node_line(node))
    return raw.getvalue()


def node_line(node: Node) -> bytes:
    """One line of the file; it begins with `{"key":"…","kind":"…"`."""
    return f"{_encoded(to_json(node))}\n".encode()


def load_nodes(raw: bytes) -> Iterator[Node]:
    """The nodes of `dump_nodes`; ValueError, KeyError or NodeError when the bytes are something else."""
    proofs: dict[str, Evidence] = {}
    for line in io.BytesIO(raw):
        if line != b"\n":
            yield _node(json.loads(line.decode("utf-8")), proofs)


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
    return _node(said, {})


def _node(said: Mapping[str, Json], known: dict[str, Evidence]) -> Node:
    """The node; evidence that several nodes have is one object."""
    node = Node(said["key"], said["kind"], [_known(proof, known) for proof in said.get("evidence", [])])
    for name, values in said.get("values", {}).items():
        for value in values:
            node.add(name, _read_value(value))
    for name, value, proofs in said.get("proofs", []):
        node.add(name, _read_value(value), evidence=[_known(proof, known) for proof in proofs])
    return node


def _known(said: Mapping[str, Json], known: dict[str, Evidence]) -> Evidence:
    words = repr(said)
    held = known.get(words)
    if held is None:
        held = known[words] = _read_evidence(said)
    return held


def _value(value: Value) -> Json:
    return _WRITTEN[type(value)](value)


_WRITTEN: Mapping[type, Callable[[Any], Json]] = {
    str: lambda value: value,
    bool: lambda value: value,
    int: lambda value: value,
    Decimal: lambda value: {"decimal": str(value)},
    Text: lambda value: {"text": value.value, "lang": value.lang},
    Ref: lambda value: {"ref": value.key},
    Iri: lambda value: {"iri": value.value},
    Concept: lambda value: {"concept": value.slug, "scheme": value.scheme},
    PartialDate: lambda value: {"date": value.text},
    Money: lambda value: {
        "money": str(value.value),
        "currency": value.currency,
        "year": value.year,
        "kind": value.kind,
    },
}


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
