"""The catalogue: each source with its licence, and the run that its facts come from."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from graph.node import SourceNodes
from graph.rdf import DCT, FOAF, PROV, RDFS, TYPE, VOID, Names, ce, instant, literal, web_address

_DAY_LENGTH = 10


def catalogue(source: SourceNodes, names: Names) -> Iterator[Triple]:
    """Title, publisher, licence with its proof, home page, refresh; the run with its time, counts and inputs."""
    card, run = source.card, source.run
    subject, ran = names.source(card.name), names.run(card.name, run.started)
    yield Triple(subject, TYPE, ce("Source"))
    yield Triple(subject, ce("kind"), ce("Source"))
    for lang, title in sorted(card.title.items()):
        yield Triple(subject, NamedNode(DCT + "title"), Literal(title, language=lang))
        yield Triple(subject, NamedNode(RDFS + "label"), Literal(title, language=lang))
    yield Triple(subject, NamedNode(DCT + "publisher"), literal(card.publisher))
    yield Triple(subject, NamedNode(DCT + "license"), _address_or_text(card.licence))
    yield Triple(subject, NamedNode(DCT + "rights"), _address_or_text(card.licence_proof))
    yield Triple(subject, NamedNode(DCT + "accrualPeriodicity"), literal(card.refresh))
    yield Triple(subject, NamedNode(FOAF + "homepage"), _address_or_text(card.homepage))
    yield Triple(subject, NamedNode(DCT + "modified"), literal(run.data_date))
    yield Triple(subject, NamedNode(VOID + "entities"), Literal(run.records))
    yield Triple(ran, TYPE, ce("IngestRun"))
    yield Triple(ran, ce("source"), subject)
    yield Triple(ran, NamedNode(PROV + "startedAtTime"), instant(run.started))
    yield Triple(ran, NamedNode(PROV + "endedAtTime"), instant(run.started))
    for name, digest in sorted(run.inputs.items()):
        yield Triple(ran, NamedNode(PROV + "used"), NamedNode(f"urn:sha256:{digest}"))
        yield Triple(NamedNode(f"urn:sha256:{digest}"), NamedNode(RDFS + "label"), literal(name))
    yield Triple(ran, NamedNode(DCT + "extent"), Literal(f"{run.records} records, {run.rejected} rejected"))


def _address_or_text(text: str) -> NamedNode | Literal:
    return web_address(text) if text.startswith(("http://", "https://")) else literal(text)
