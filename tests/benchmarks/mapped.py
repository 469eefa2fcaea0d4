"""A source's nodes without an ingest: extracted, mapped and united in this process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from graph.node import Node, RunRecord, SourceNodes
from ingest.contract import Extraction, Record, RecordError, Source
from ingest.merge import merged
from ingest.raw import RawStore
from ingest.registry import load


def said(name: str, inputs: tuple[Path, ...]) -> SourceNodes:
    """All that a source says of its input; what an ingest rejects with its reason is a record less."""
    source = load(name, inputs)
    run = RunRecord("2026-01-01T00:00:00+00:00", {}, 0, 0, "2026-01-01")
    return SourceNodes(source.card, run, source.reconcile(merged(_nodes(source, records(source, inputs)))))


def records(source: Source, inputs: tuple[Path, ...]) -> Iterator[Record]:
    """The records of the input."""
    task = Extraction(inputs, _ignore, _ignore, RawStore(None).keep, options=source.card.options)
    return (record for record in source.extract(task, {}) if isinstance(record, Record))


def _nodes(source: Source, found: Iterator[Record]) -> Iterator[Node]:
    for record in found:
        try:
            yield from source.map(record)
        except RecordError:
            continue


def _ignore(_said: object) -> None:
    """An ingest tells of it."""
