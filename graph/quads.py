"""Entries as RDF: what each source says, its evidence, the catalogue, and the default graph with all of it once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pyoxigraph import Literal, NamedNode, Quad, Triple

from graph.agreed import statements
from graph.language import own_properties_above, types_of
from graph.merge import Entry
from graph.node import Concept, Evidence, Iri, Money, Node, PartialDate, Ref, SourceNodes, Text, Value
from graph.rates import in_euro
from graph.rdf import GEO, RDF, TYPE, XSD, Names, as_known, ce, concept, first_day, instant, literal, web_address
from ontology.terms import CE, PROPERTIES, SCHEMES

Object = NamedNode | Literal
_URL = NamedNode("https://schema.org/url")


class Writer:
    """Writes nodes as triples; knows the merged entries, so that one amount has one address in every graph."""

    def __init__(self, names: Names, entries: Mapping[str, Entry]) -> None:
        self.names = names
        self._entries = entries

    def values(self, key: str) -> Mapping[str, Sequence[Value]]:
        """What holds of a thing."""
        return self._entries[key].values

    def node(self, node: Node | Entry) -> Iterator[Triple]:
        """Its kind and values; dates with their precision, money as a thing of its own, `about`, `party`, `role` written out."""
        subject = self.names.thing(node.key)
        yield Triple(subject, TYPE, ce(node.kind))
        yield Triple(subject, ce("kind"), ce(node.kind))
        for name, values in node.values.items():
            for value in values:
                yield from self._value(node.key, subject, name, value)
        yield from _geometry(subject, node.values)

    def object(self, key: str, name: str, value: Value) -> Object:
        """The value as it stands in the object of a triple."""
        if isinstance(value, Ref):
            return self.names.thing(value.key)
        if isinstance(value, Iri):
            return web_address(value.value)
        if isinstance(value, Concept):
            return concept(value)
        if isinstance(value, Money):
            return self.names.thing(self._amount_key(key, name, value))
        if isinstance(value, PartialDate):
            return first_day(value) if f"{name}Precision" in PROPERTIES else as_known(value)
        return literal(value)

    def _value(self, key: str, subject: NamedNode, name: str, value: Value) -> Iterator[Triple]:
        written = self.object(key, name, value)
        yield Triple(subject, ce(name), written)
        for above in own_properties_above(name):
            yield Triple(subject, ce(above), written)
        if isinstance(value, PartialDate) and f"{name}Precision" in PROPERTIES:
            yield Triple(subject, ce(f"{name}Precision"), Literal(value.precision))
        if isinstance(value, Money) and isinstance(written, NamedNode):
            yield from _amount(written, value)

    def _amount_key(self, key: str, name: str, value: Money) -> str:
        amounts = [held for held in self._entries[key].values[name] if isinstance(held, Money)]
        number = amounts.index(value)
        return f"{key}/{name}" if number == 0 else f"{key}/{name}/{number + 1}"


def _amount(subject: NamedNode, money: Money) -> Iterator[Triple]:
    yield Triple(subject, TYPE, ce("MonetaryAmount"))
    yield Triple(subject, ce("kind"), ce("MonetaryAmount"))
    yield Triple(subject, ce("value"), literal(money.value))
    yield Triple(subject, ce("currency"), literal(money.currency))
    if money.kind in SCHEMES["amount"]:
        yield Triple(subject, ce("amountKind"), concept(Concept("amount", money.kind)))
    euro = in_euro(money.value, money.currency, money.year)
    if euro is not None:
        yield Triple(subject, ce("valueEUR"), literal(euro))
        if money.year is not None and money.currency != "EUR":
            yield Triple(subject, ce("rateYear"), Literal(f"{money.year:04}", datatype=NamedNode(XSD + "gYear")))


def _geometry(subject: NamedNode, values: Mapping[str, Sequence[Value]]) -> Iterator[Triple]:
    lat, lon = values.get("lat"), values.get("long")
    if lat and lon:
        shape = NamedNode(subject.value + "/geometry")
        text = f"POINT({lon[0]} {lat[0]})"
        yield Triple(subject, NamedNode(GEO + "hasGeometry"), shape)
        yield Triple(shape, NamedNode(GEO + "asWKT"), Literal(text, datatype=NamedNode(GEO + "wktLiteral")))


def source_quads(source: SourceNodes, writer: Writer) -> Iterator[Quad]:
    """What one source says, in `graph/src/<source>`, and why, in `graph/evidence/<source>`."""
    says = writer.names.graph("src", source.card.name)
    proves = writer.names.graph("evidence", source.card.name)
    best = _documents(source.nodes)
    for node in source.nodes:
        for triple in writer.node(node):
            yield Quad(triple.subject, triple.predicate, triple.object, says)
        for triple in _proofs(source, node, writer):
            yield Quad(triple.subject, triple.predicate, triple.object, proves)
    for url, (published, retrieved) in best.items():
        for triple in _document(writer.names, source.card.name, url, published, retrieved):
            yield Quad(triple.subject, triple.predicate, triple.object, proves)


def _proofs(source: SourceNodes, node: Node, writer: Writer) -> Iterator[Triple]:
    names, card = writer.names, source.card.name
    subject = names.thing(node.key)
    for evidence in node.evidence:
        yield Triple(subject, ce("evidence"), names.evidence(card, evidence))
        yield from _evidence(source, evidence, names)
    for name, value, evidences in statements(node, writer.values(node.key)):
        statement = names.statement(node.key, name, value)
        yield Triple(statement, TYPE, ce("Statement"))
        yield Triple(statement, TYPE, NamedNode(RDF + "Statement"))
        yield Triple(statement, NamedNode(RDF + "subject"), subject)
        yield Triple(statement, NamedNode(RDF + "predicate"), ce(name))
        yield Triple(statement, NamedNode(RDF + "object"), writer.object(node.key, name, value))
        for evidence in evidences:
            yield Triple(statement, ce("evidence"), names.evidence(card, evidence))
            yield from _evidence(source, evidence, names)


def _evidence(source: SourceNodes, evidence: Evidence, names: Names) -> Iterator[Triple]:
    subject = names.evidence(source.card.name, evidence)
    yield Triple(subject, TYPE, ce("Evidence"))
    yield Triple(subject, ce("document"), names.document(evidence.document))
    yield Triple(subject, ce("source"), names.source(source.card.name))
    yield Triple(subject, ce("run"), names.run(source.card.name, source.run.started))
    yield Triple(subject, ce("method"), concept(Concept("method", evidence.method)))
    yield Triple(subject, ce("confidence"), literal(evidence.confidence))
    plain: Mapping[str, str | Text | int | None] = {
        "record": evidence.record,
        "quote": evidence.quote,
        "startOffset": evidence.start_offset,
        "endOffset": evidence.end_offset,
    }
    for name, value in plain.items():
        if value is not None:
            yield Triple(subject, ce(name), literal(value))


_Dates = tuple[PartialDate | None, str | None]


def _documents(nodes: Iterable[Node]) -> Mapping[str, _Dates]:
    """Each URL once, with its most exact date of publication and the last day on which it was read."""
    best: dict[str, _Dates] = {}
    for node in nodes:
        for evidence in [*node.evidence, *(held for proofs in node.proofs.values() for held in proofs)]:
            published, retrieved = best.get(evidence.document, (None, None))
            dates = [date for date in (published, evidence.published) if date is not None]
            read = [day for day in (retrieved, evidence.retrieved and evidence.retrieved.isoformat()) if day]
            best[evidence.document] = (
                max(dates, key=lambda date: (len(date.text), date.text), default=None),
                max(read, default=None),
            )
    return best


def _document(
    names: Names, source: str, url: str, published: PartialDate | None, retrieved: str | None
) -> Iterator[Triple]:
    subject = names.document(url)
    yield Triple(subject, TYPE, ce("Document"))
    yield Triple(subject, _URL, web_address(url))
    yield Triple(subject, ce("source"), names.source(source))
    if published is not None:
        yield Triple(subject, ce("published"), first_day(published))
        yield Triple(subject, ce("publishedPrecision"), Literal(published.precision))
    if retrieved is not None:
        yield Triple(subject, ce("retrieved"), instant(f"{retrieved}T00:00:00Z"))


def accepted(entries: Mapping[str, Entry], writer: Writer) -> Iterator[Triple]:
    """The default graph without shortcuts, catalogue and ontology: what is said, each thing once."""
    for entry in entries.values():
        yield from writer.node(entry)


def with_types(triples: Iterable[Triple]) -> Iterator[Triple]:
    """The triples, and for each `ce:kind` all classes above it."""
    kind = ce("kind")
    for triple in triples:
        yield triple
        if triple.predicate == kind and isinstance(triple.object, NamedNode):
            for above in types_of(triple.object.value.removeprefix(CE)):
                yield Triple(triple.subject, TYPE, above)
