"""The source `cordis`: from its records to nodes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.node import Node, SourceCard
from ingest.contract import Checkpoint, Extraction, Record, State
from ingest.places import place_node
from ingest.sources.cordis import extract as e
from ingest.sources.cordis.frames import FRAME
from ingest.sources.cordis.parts import participation
from ingest.sources.cordis.technology import technologies
from ingest.sources.cordis.things import commission, frame, organisation, project
from ingest.sources.cordis.whereabouts import PLACE


@dataclass(frozen=True, slots=True)
class Cordis:
    """The tables of CORDIS in any of their layouts, from files, folders, zips or its web site."""

    card: SourceCard

    def extract(self, task: Extraction, state: State) -> Iterator[Record | Checkpoint]:
        """A record for each thing and each participation."""
        yield from e.records(task, self.card.addresses, state)

    def map(self, record: Record) -> Iterable[Node]:
        """The nodes of one record."""
        return list(MAPPINGS[record.context["of"]](record))

    def reconcile(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """Nothing: each key is that of one thing already."""
        return nodes


def place(record: Record) -> Iterator[Node]:
    """A country, a Swedish county or a town."""
    yield place_node(record.values)


def project_and_technology(record: Record) -> Iterator[Node]:
    """The project with its grant, and the technologies that it works on."""
    yield from project(record)
    yield from technologies(record)


MAPPINGS: Mapping[str, Callable[[Record], Iterator[Node]]] = {
    PLACE: place,
    e.FUNDER: commission,
    FRAME: frame,
    e.ORGANISATION: organisation,
    e.PROJECT: project_and_technology,
    e.PARTICIPATION: participation,
}


def open_source(card: SourceCard, _inputs: tuple[Path, ...]) -> Cordis:
    """The source, for `ingest.registry`."""
    return Cordis(card)
