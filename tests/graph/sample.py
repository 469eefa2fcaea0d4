"""The planted sample of the ontology as nodes, so that it goes through the same door as any source."""

from __future__ import annotations

from decimal import Decimal

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from graph.node import Concept, Evidence, Iri, Node, PartialDate, Ref, RunRecord, SourceCard, SourceNodes, Text, Value
from graph.rdf import RDF, XSD
from ontology.schema import sample_path
from ontology.terms import BASE, CE, PROPERTIES, SCHEMES

ID = f"{BASE}id/"
TYPE = NamedNode(RDF + "type")
_DERIVED = {"kind", "about"}


def sample_sources() -> list[SourceNodes]:
    """What the three sources of the sample say, each claim with its first evidence."""
    quads = list(parse(path=str(sample_path()), format=RdfFormat.N_QUADS))
    marker = f"{BASE}graph/src/"
    names = sorted({_graph(quad).removeprefix(marker) for quad in quads if _graph(quad).startswith(marker)})
    kinds = {
        _key(quad.subject): quad.object.value.removeprefix(CE)
        for quad in quads
        if quad.predicate == TYPE and isinstance(quad.object, NamedNode) and _graph(quad).startswith(marker)
    }
    return [
        _source(name, [quad for quad in quads if _graph(quad) == marker + name], kinds, _evidence(quads, name))
        for name in names
    ]


def card(name: str) -> SourceCard:
    return SourceCard(
        name=name,
        title={"en": f"Source {name}", "sv": f"Källa {name}"},
        publisher="Somebody",
        homepage="https://example.org/",
        licence="https://creativecommons.org/licenses/by/4.0/",
        licence_proof="https://example.org/licence",
        refresh="never",
        min_records=1,
    )


def run(records: int) -> RunRecord:
    return RunRecord("2026-11-23T10:00:00Z", {"file.csv": "0" * 64}, records, 0, "2026-11-22")


def source(name: str, nodes: list[Node]) -> SourceNodes:
    return SourceNodes(card(name), run(len(nodes)), nodes)


def _source(name: str, quads: list[Quad], kinds: dict[str, str], evidence: dict[str, Evidence]) -> SourceNodes:
    keys = sorted({_key(quad.subject) for quad in quads} & kinds.keys())
    unknown = Evidence(f"https://example.org/{name}", record="1")
    nodes = {key: Node(key, kinds[key], [evidence.get(key, unknown)]) for key in keys}
    for quad in quads:
        prop = quad.predicate.value.removeprefix(CE)
        if prop in PROPERTIES and prop not in _DERIVED and not PROPERTIES[prop].shortcut:
            nodes[_key(quad.subject)].add(prop, _value(quad))
    return source(name, list(nodes.values()))


def _evidence(quads: list[Quad], name: str) -> dict[str, Evidence]:
    """The evidence of each claim of a source: quotation or record, method and confidence."""
    held = [quad for quad in quads if _graph(quad) == f"{BASE}graph/evidence/{name}"]
    told: dict[str, dict[str, Value]] = {}
    for quad in held:
        told.setdefault(_key(quad.subject), {})[quad.predicate.value.removeprefix(CE)] = _value(quad)
    found = {}
    for claim, values in told.items():
        proof = values.get("evidence")
        if isinstance(proof, Ref):
            found[claim] = _one_evidence(name, told[proof.key])
    return found


def _one_evidence(name: str, said: dict[str, Value]) -> Evidence:
    quote, record, method = said.get("quote"), said.get("record"), said["method"]
    return Evidence(
        document=f"https://example.org/{name}",
        quote=quote if isinstance(quote, Text) else None,
        record=None if record is None else str(record),
        method=method.slug if isinstance(method, Concept) else "structured",
        confidence=Decimal(str(said["confidence"])),
    )


def _graph(quad: Quad) -> str:
    return "" if isinstance(quad.graph_name, DefaultGraph) else str(quad.graph_name.value)


def _key(term: object) -> str:
    assert isinstance(term, NamedNode)
    return term.value.removeprefix(ID)


def _value(quad: Quad) -> Value:
    held = quad.object
    if isinstance(held, NamedNode):
        if held.value.startswith(ID):
            return Ref(_key(held))
        scheme, _, slug = held.value.removeprefix(BASE).partition("/")
        return Concept(scheme, slug) if slug in SCHEMES.get(scheme, {}) else Iri(held.value)
    assert isinstance(held, Literal)
    if held.language:
        return Text(held.value, held.language)
    match held.datatype.value.removeprefix(XSD):
        case "date":
            return PartialDate.parse(held.value)
        case "decimal":
            return Decimal(held.value)
        case "integer":
            return int(held.value)
        case "boolean":
            return held.value == "true"
        case _:
            return held.value
