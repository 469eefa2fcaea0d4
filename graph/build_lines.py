"""Every quad of a generation as N-Quads text, always in the same order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

import polars as pl
from pyoxigraph import BlankNode, Quad, Triple

from graph.catalogue import catalogue
from graph.language import ontology_triples
from graph.merge import Entry
from graph.node import SourceNodes
from graph.quads import Writer, lines, types_above
from graph.quads_evidence import EvidenceWriter
from graph.rdf import TYPE, Names
from graph.terms_written import Terms, own

Linked: TypeAlias = tuple[Sequence[str], pl.DataFrame]  # the keys by node id, and the table `links`

_SMALL_SIZES = ("micro", "small", "medium", "sme")
_AT_ONCE = 50_000


def all_lines(
    sources: Sequence[SourceNodes],
    entries: Mapping[str, Entry],
    names: Names,
    links: Callable[[], Linked],
) -> Iterator[str]:
    """Texts of whole lines, all but `blank_quads`; a few lines may come twice.

    `links` is asked last, for it may take a while to be made.
    """
    terms = Terms(names)
    evidence = {source.card.name: EvidenceWriter(source, terms) for source in sources}
    writer = Writer(terms, evidence)
    for entry in entries.values():
        yield from writer.entry(entry)
    for held in evidence.values():
        yield from held.documents()
    yield from _catalogue(sources, names)
    yield from (f"{triple.subject} {triple.predicate} {triple.object} .\n" for triple in _ontology(blank=False))
    yield from _derived(entries.values(), terms)
    yield from _links(*links(), terms)


def blank_quads() -> Iterator[Quad]:
    """What the ontology says with blank nodes: a parser would give them other names each time."""
    return (Quad(triple.subject, triple.predicate, triple.object) for triple in _ontology(blank=True))


def _ontology(*, blank: bool) -> Iterator[Triple]:
    return (
        triple
        for triple in ontology_triples()
        if (isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode)) is blank
    )


def _catalogue(sources: Iterable[SourceNodes], names: Names) -> Iterator[str]:
    graph = names.graph("catalogue")
    for source in sources:
        for triple in catalogue(source, names):
            text = f"{triple.subject} {triple.predicate} {triple.object}"
            yield f"{text} {graph} .\n{text} .\n"
        yield lines(str(names.source(source.card.name)), types_above("Source"), "")


def _derived(entries: Iterable[Entry], terms: Terms) -> Iterator[str]:
    """The classes that follow from stage, size and having given money."""
    found = sorted({pair for entry in entries for pair in _derived_classes(entry)})
    return (f"{terms.thing(key)} {TYPE} {own(kind)} .\n" for kind, key in found)


def _derived_classes(entry: Entry) -> Iterator[tuple[str, str]]:
    slugs = {getattr(v, "slug", "") for name in ("companyStage", "sizeClass") for v in entry.values.get(name, ())}
    if "start-up" in slugs:
        yield "StartUp", entry.key
    if slugs.intersection(_SMALL_SIZES):
        yield "SME", entry.key
    for name, kind in (("funder", "Funder"), ("investor", "Investor")):
        for value in entry.values.get(name, ()):
            yield kind, getattr(value, "key", "")


def _links(keys: Sequence[str], links: pl.DataFrame, terms: Terms) -> Iterator[str]:
    """The shortcut edges, put together in whole columns."""
    things = pl.Series([terms.thing(key) for key in keys], dtype=pl.String)
    for (name,), rows in links.group_by("property", maintain_order=True):
        predicate = own(str(name))
        for part in rows.iter_slices(_AT_ONCE):
            said = things.gather(part["a"]) + f" {predicate} " + things.gather(part["b"]) + " .\n"
            yield "".join(said)
