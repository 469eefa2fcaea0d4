"""The source `swecris`: from its rows to nodes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.node import Node, SourceCard
from ingest.archive import files_of
from ingest.contract import Checkpoint, Extraction, Record, State
from ingest.problem import InputError, Problem
from ingest.resuming import fingerprint, resuming
from ingest.sources.swecris.parties import ORGANISATIONS, organisation
from ingest.sources.swecris.survey import Survey
from ingest.sources.swecris.things import grant


@dataclass(frozen=True, slots=True)
class Swecris:
    """One or more exports; read whole, for which rows tell of one grant is known only when all were seen."""

    card: SourceCard

    def extract(self, task: Extraction, state: State) -> Iterator[Record | Checkpoint]:
        """The organisations, then the grants in the order of the files. `state` after a kill is that of the last checkpoint."""
        if not task.inputs:
            advice = "export from Swecris as CSV (it asks for a key), and give the file with --input"
            raise InputError([Problem("--input", None, None, None, "Swecris is not downloaded here", advice)])
        found = Survey()
        read = []
        for path in (path for given in task.inputs for path in files_of(given, (".csv", ".gz"))):
            raw = task.keep(path)
            read.append(hashlib.sha256(raw).hexdigest())
            found.read(path.name, raw)
        said = list(found.records())
        task.expect(sum(isinstance(one, Record) for one in said))
        for warning in found.warnings():
            task.warn(warning)
        yield from resuming(task, state, said, fingerprint(*read), {"data_date": found.newest} if found.newest else {})

    def map(self, record: Record) -> Iterable[Node]:
        """The nodes of one organisation, or of one grant."""
        return list(organisation(record) if record.context.get("what") == ORGANISATIONS else grant(record))

    def reconcile(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """Nothing is said in two ways here."""
        return nodes


def open_source(card: SourceCard, _inputs: tuple[Path, ...]) -> Swecris:
    """The source, for `ingest.registry`."""
    return Swecris(card)
