"""From what the sources say to a generation: merge, columns, quads, store, search, manifest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

import polars as pl
from pyoxigraph import NamedNode, Quad, Triple

from graph.catalogue import catalogue
from graph.columns import Columns
from graph.columns_build import build_columns
from graph.errors import BuildError
from graph.generation import DataFolder, Generation
from graph.identities import Identities
from graph.language import ontology_triples
from graph.manifest import Manifest, SourceSummary
from graph.merge import Entry, merge
from graph.node import SourceNodes
from graph.overlay import carried
from graph.quads import Writer, accepted, source_quads, with_types
from graph.rdf import TYPE, Names, ce
from graph.search_build import build_search
from graph.store import EmbeddedStore

_SMALL_SIZES = ("micro", "small", "medium")


def build_generation(
    data: DataFolder,
    nodes: Iterable[SourceNodes],
    base: str,
    *,
    built: str,
    identities: Identities | None = None,
) -> Generation:
    """Build the next generation, whole but not yet served. `base` ends with `/`; `built` is ISO 8601 in UTC.

    `identities`: who is who in it, if the nodes were resolved.

    LockedError when somebody else builds; BuildError when the nodes contradict each other.
    """
    if not base.endswith(("/", "#")):
        raise BuildError(f"the base {base!r} must end with / so that addresses can be made from it")
    sources = sorted(nodes, key=lambda source: source.card.name)
    with data.lock():
        entries = merge(sources)
        names = Names(base)
        columns = build_columns(entries)
        number, draft = data.new_draft()
        columns.save(draft / "columns")
        build_search(columns, draft / "search.sqlite")
        if identities is not None:
            identities.save(draft / "identities")
        digest = _write_store(draft / "store", all_quads(sources, entries, columns, names))
        Manifest(number, built, base, _counts(columns), [_summary(source) for source in sources], digest).write(
            draft / "manifest.json"
        )
        return data.finish_draft(draft)


def rebuild(data: DataFolder, nodes: Iterable[SourceNodes], base: str, *, built: str) -> Generation:
    """Build and publish under one lock; edits of the generation before are carried over."""
    with data.lock():
        generation = build_generation(data, nodes, base, built=built)
        with carried(data, generation):
            data.publish(generation)
    return generation


def all_quads(
    sources: Sequence[SourceNodes], entries: Mapping[str, Entry], columns: Columns, names: Names
) -> Iterator[Quad]:
    """Every quad of a generation: the named graphs, then the default graph."""
    writer = Writer(names, entries)
    card_triples = [triple for source in sources for triple in catalogue(source, names)]
    for source in sources:
        yield from source_quads(source, writer)
    for triple in card_triples:
        yield Quad(triple.subject, triple.predicate, triple.object, names.graph("catalogue"))
    said = with_types(chain(card_triples, accepted(entries, writer)))
    for triple in chain(said, ontology_triples(), shortcut_triples(entries, columns, names)):
        yield Quad(triple.subject, triple.predicate, triple.object)


def shortcut_triples(entries: Mapping[str, Entry], columns: Columns, names: Names) -> Iterator[Triple]:
    """The links as triples, and the classes that follow from stage, size and having given money."""
    things = [names.thing(key) for key in columns.key_of]
    for name, a, b in columns.links.iter_rows():
        yield Triple(things[a], ce(name), things[b])
    for entry in entries.values():
        for kind, thing in _derived_classes(entry, names):
            yield Triple(thing, TYPE, ce(kind))


def _derived_classes(entry: Entry, names: Names) -> Iterator[tuple[str, NamedNode]]:
    slugs = {getattr(v, "slug", "") for name in ("companyStage", "sizeClass") for v in entry.values.get(name, ())}
    if "start-up" in slugs:
        yield "StartUp", names.thing(entry.key)
    if slugs.intersection(_SMALL_SIZES):
        yield "SME", names.thing(entry.key)
    for name, kind in (("funder", "Funder"), ("investor", "Investor")):
        for value in entry.values.get(name, ()):
            yield kind, names.thing(getattr(value, "key", ""))


def _write_store(path: Path, quads: Iterable[Quad]) -> str:
    store = EmbeddedStore.create(path)
    store.load(quads)
    store.finish()
    digest = store.digest()
    store.close()
    return digest


def _counts(columns: Columns) -> dict[str, int]:
    groups = dict(columns.nodes.group_by("group").len().iter_rows())
    both_ways = columns.links.filter(pl.col("property") == "collaboratesWith").height
    return {
        "organisations": groups.get("organisation", 0),
        "efforts": groups.get("effort", 0),
        "relations": columns.relations["key"].n_unique(),
        "evidence": columns.evidence.height,
        "documents": columns.evidence["document"].n_unique(),
        "technologies": columns.technology["tech"].n_unique(),
        "places": groups.get("place", 0),
        "collaborations": both_ways // 2,
    }


def _summary(source: SourceNodes) -> SourceSummary:
    card, run = source.card, source.run
    return SourceSummary(
        name=card.name,
        title=dict(card.title),
        publisher=card.publisher,
        homepage=card.homepage,
        licence=card.licence,
        date=run.data_date,
        started=run.started,
        records=run.records,
        rejected=run.rejected,
    )
