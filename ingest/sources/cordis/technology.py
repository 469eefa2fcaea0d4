"""The technology areas of a project, inferred from what its record says. The one place where that is done."""

from __future__ import annotations

from collections.abc import Iterator

from graph.node import Node
from ingest.contract import Record


def technologies(record: Record) -> Iterator[Node]:
    """TechnologyActivity nodes of the project of the record; none yet.

    At hand: `record.values["title"]`, `["objective"]` (missing when only participations tell of the project);
    `record.context["topics"]`, lines of code, tab and title; `record.context["fields"]`, lines of EuroSciVoc paths.
    """
    del record
    yield from ()
