"""The source `tabular`: a cluster's own tables. Its name and card are those of the `tabular.toml` in the input folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from graph.node import Node, SourceCard
from ingest.contract import Checkpoint, Extraction, Record, State
from ingest.registry import names
from ingest.sources.tabular import links, things
from ingest.sources.tabular.extract import records
from ingest.sources.tabular.fields import ORGANISATION, PROJECT
from ingest.sources.tabular.mapping import FILE, Plan, read_mapping


@dataclass(frozen=True, slots=True)
class Tabular:
    """The tables of one folder; read whole each time, for they are small."""

    plan: Plan

    @property
    def card(self) -> SourceCard:
        """That of the tables."""
        return self.plan.card

    def extract(self, task: Extraction, state: State) -> Iterator[Record | Checkpoint]:  # noqa: ARG002 - it reads all
        """Every good row with its context, then the date of the data."""
        yield from records(task, self.plan)
        yield Checkpoint({"data_date": self.plan.day.isoformat()})

    def map(self, record: Record) -> Iterable[Node]:
        """The nodes of one row."""
        return list(MAPPINGS[record.context["rows"]](record))

    def reconcile(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """As they are: rows that say the same have one key already."""
        return nodes


MAPPINGS: Mapping[str, Callable[[Record], Iterator[Node]]] = {
    ORGANISATION: things.organisation,
    PROJECT: things.project,
    "participation": links.participation,
    "membership": links.membership,
    "partnership": links.partnership,
    "funding": links.funding,
    "ownership": links.ownership,
    "support": links.support,
    "technology": links.technology,
}


def open_source(card: SourceCard, inputs: tuple[Path, ...]) -> Tabular:
    """The source that the `tabular.toml` in the input folder describes; InputError with every fault of that file.

    Without one folder it is nobody's, under the card of the kind, and has nothing to read.
    """
    if len(inputs) != 1:
        return Tabular(Plan(card, date.min, ()))
    path = inputs[0] / FILE if inputs[0].is_dir() else inputs[0]
    return Tabular(read_mapping(path, names()))
