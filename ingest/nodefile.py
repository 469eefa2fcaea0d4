"""Nodes as JSON lines, one a line in the order of their keys, and back. The same nodes give the same bytes."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from sys import intern
from typing import Any, TypeAlias

from graph.node import Concept, Evidence, Iri, Money, Node, PartialDate, Ref, Text, Value

Json: TypeAlias = Any
_quoted = json.encoder.encode_basestring  # the string as JSON, all letters as they are


def dump_nodes(nodes: Iterable[Node]) -> bytes:
    """UTF-8, one node a line."""
    raw = io.BytesIO()
    for node in nodes:
        raw.write(node_line(node))
    return raw.getvalue()


def node_line(node: Node) -> bytes:
    """One line of the file; it begins with `{"key":"…","kind":"…"`. Empty parts are left out.

    Put together as text: through dictionaries it takes three times as long.
    """
    parts = [f'{{"key":{_quoted(node.key)},"kind":{_quoted(node.kind)}']
    if node.evidence:
        parts.append(f',"evidence":{_listed(map(_evidence, node.evidence))}')
    if node.values:
        held = [f"{_quoted(name)}:{_values(values)}" for name, values in node.values.items()]
        parts.append(f',"values":{{{",".join(held)}}}')
    if node.proofs:
        proofs = [
            f"[{_quoted(name)},{_value(value)},{_listed(map(_evidence, proofs))}]"
            for (name, value), proofs in node.proofs.items()
        ]
        parts.append(f',"proofs":{_listed(proofs)}')
    parts.append("}\n")
    return "".join(parts).encode()


def load_nodes(raw: bytes) -> Iterator[Node]:
    """The nodes of `dump_nodes`; ValueError, KeyError or NodeError when the bytes are something else."""
    proofs: dict[str, Evidence] = {}
    for line in io.BytesIO(raw):
        if line != b"\n":
            yield _node(json.loads(line.decode("utf-8")), proofs)


def to_json(node: Node) -> Mapping[str, Json]:
    """The line as plain JSON."""
    said: Mapping[str, Json] = json.loads(node_line(node))
    return said


def from_json(said: Mapping[str, Json]) -> Node:
    """The node that `to_json` wrote."""
    return _node(said, {})


def _node(said: Mapping[str, Json], known: dict[str, Evidence]) -> Node:
    """The node; evidence, references, dates and words that several nodes have are one object."""
    node = Node(said["key"], intern(said["kind"]), [_known(proof, known) for proof in said.get("evidence", [])])
    for name, values in said.get("values", {}).items():
        name = intern(name)
        for value in values:
            node.add(name, _read_value(value))
    for name, value, proofs in said.get("proofs", []):
        node.add(intern(name), _read_value(value), evidence=[_known(proof, known) for proof in proofs])
    return node


def _known(said: Mapping[str, Json], known: dict[str, Evidence]) -> Evidence:
    words = repr(said)
    held = known.get(words)
    if held is None:
        held = known[words] = _read_evidence(said)
    return held


def _listed(parts: Iterable[str]) -> str:
    return f"[{','.join(parts)}]"


def _values(values: Sequence[Value]) -> str:
    if len(values) == 1:
        return f"[{_WRITTEN[type(values[0])](values[0])}]"
    return _listed(_WRITTEN[type(value)](value) for value in values)


def _value(value: Value) -> str:
    return _WRITTEN[type(value)](value)


@cache
def _concept(value: Concept) -> str:
    return f'{{"concept":{_quoted(value.slug)},"scheme":{_quoted(value.scheme)}}}'


def _money(value: Money) -> str:
    year = "null" if value.year is None else value.year
    rest = f'"currency":{_quoted(value.currency)},"year":{year},"kind":{_quoted(value.kind)}'
    return f'{{"money":"{value.value!s}",{rest}}}'


_WRITTEN: Mapping[type, Callable[[Any], str]] = {
    str: _quoted,
    bool: lambda value: "true" if value else "false",
    int: str,
    Decimal: lambda value: f'{{"decimal":"{value!s}"}}',
    Text: lambda value: f'{{"text":{_quoted(value.value)},"lang":{_quoted(value.lang)}}}',
    Ref: lambda value: f'{{"ref":{_quoted(value.key)}}}',
    Iri: lambda value: f'{{"iri":{_quoted(value.value)}}}',
    Concept: _concept,
    PartialDate: lambda value: f'{{"date":{_quoted(value.text)}}}',
    Money: _money,
}


_ref = lru_cache(1 << 18)(Ref)
_read_concept = cache(Concept)
_read_date = lru_cache(1 << 16)(PartialDate.parse)
_sure = lru_cache(1024)(Decimal)


def _read_value(said: Json) -> Value:
    match said:
        case str() | bool() | int():
            return said
        case {"decimal": number}:
            return Decimal(number)
        case {"text": words, "lang": lang}:
            return Text(words, intern(lang))
        case {"ref": key}:
            return _ref(key)
        case {"iri": address}:
            return Iri(address)
        case {"concept": slug, "scheme": scheme}:
            return _read_concept(scheme, slug)
        case {"date": text}:
            return _read_date(text)
        case {"money": number, "currency": currency, "year": year, "kind": kind}:
            return Money(Decimal(number), intern(currency), year, intern(kind))
    raise ValueError(f"{said!r} is no value of a node")


def _evidence(proof: Evidence) -> str:
    parts = [f'{{"document":{_quoted(proof.document)}']
    if proof.record is not None:
        parts.append(f'"record":{_quoted(proof.record)}')
    if proof.quote:
        parts.append(f'"quote":{_value(proof.quote)}')
    if proof.start_offset is not None:
        parts.append(f'"start":{proof.start_offset}')
    if proof.end_offset is not None:
        parts.append(f'"end":{proof.end_offset}')
    if proof.published is not None:
        parts.append(f'"published":{_quoted(proof.published.text)}')
    if proof.retrieved is not None:
        parts.append(f'"retrieved":"{proof.retrieved.isoformat()}"')
    parts.append(_method(proof.method, str(proof.confidence)))
    return ",".join(parts)


@lru_cache(1024)
def _method(method: str, confidence: str) -> str:
    return f'"method":{_quoted(method)},"confidence":"{confidence}"}}'


def _read_evidence(said: Mapping[str, Json]) -> Evidence:
    quote = said.get("quote")
    return Evidence(
        document=intern(said["document"]),
        record=said.get("record"),
        quote=Text(quote["text"], quote["lang"]) if quote else None,
        start_offset=said.get("start"),
        end_offset=said.get("end"),
        published=_read_date(said["published"]) if "published" in said else None,
        retrieved=date.fromisoformat(said["retrieved"]) if "retrieved" in said else None,
        method=intern(said["method"]),
        confidence=_sure(said["confidence"]),
    )
