"""From what the sources say to a generation: merge, columns, quads, store, search, manifest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import polars as pl

from graph.build_lines import Linked, all_lines, blank_quads
from graph.columns import Columns
from graph.columns_build import build_columns
from graph.errors import BuildError
from graph.generation import DataFolder, Generation
from graph.identities import Identities
from graph.manifest import Manifest, SourceSummary
from graph.merge import merge
from graph.node import SourceNodes
from graph.overlay import carried
from graph.rdf import Names
from graph.search_build import build_search
from graph.store_load import load_lines


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
        names = Names(base)
        number, draft = data.new_draft()
        columns, digest = _build(draft, sources, names)
        if identities is not None:
            identities.save(draft / "identities")
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


def _build(draft: Path, sources: Sequence[SourceNodes], names: Names) -> tuple[Columns, str]:
    """Store, columns and search index in the folder `draft`; the columns, and the digest of the quads.

    The store reads its quads in threads beside the making of the rest.
    """
    entries = merge(sources)
    linked: Future[Linked] = Future()
    with ThreadPoolExecutor(1, "lines") as pool:
        lines = all_lines(sources, entries, names, linked.result)
        loading = pool.submit(load_lines, draft / "store", lines, blank_quads())
        try:
            columns = build_columns(entries, linked.set_result)
            columns.save(draft / "columns")
            build_search(columns, draft / "search.sqlite")
        except BaseException as error:
            if not linked.done():
                linked.set_exception(error)
            raise
        return columns, loading.result()


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
