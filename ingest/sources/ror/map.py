"""The source `ror`: from its records to nodes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from graph.node import Node, SourceCard
from ingest.archive import files_of
from ingest.contract import Checkpoint, Extraction, Record, State
from ingest.places import countries
from ingest.problem import IngestError
from ingest.resuming import fingerprint, resuming
from ingest.sources.ror.links import links
from ingest.sources.ror.reading import Item, items
from ingest.sources.ror.release import newest_zip
from ingest.sources.ror.survey import records, survey
from ingest.sources.ror.things import organisation
from ingest.sources.ror.towns import PLACES, place, places

ENDINGS = (".json", ".ndjson", ".jsonl", ".gz", ".zip")


@dataclass(frozen=True, slots=True)
class Ror:
    """Read twice: what hangs together is known only when all files were seen."""

    card: SourceCard

    def extract(self, task: Extraction, state: State) -> Iterator[Record | Checkpoint]:
        """The places, then the records in the order of the files. `state` after a kill is that of the last checkpoint."""
        paths = [path for given in task.inputs for path in files_of(given, ENDINGS)]
        if not task.inputs:
            paths = [task.fetch(newest_zip(task.fetch(self.card.addresses["releases"])))]
        digests = [hashlib.sha256(task.keep(path)).hexdigest() for path in paths]
        asked = _countries(task.options.get("countries", ""))
        found = survey(_items(paths), asked)
        made = links(found)
        towns, first = places(found.towns)
        contexts = made.contexts(found, towns)
        task.expect(len(first) + len(contexts))
        for what, count in sorted((found.counts + made.counts).items()):
            task.warn(f"left out: {count:,} {what}")
        said = chain(first, records(_items(paths), found, contexts))
        kept = {"data_date": found.newest} if found.newest else {}
        yield from resuming(task, state, said, fingerprint(*digests, *asked), kept)

    def map(self, record: Record) -> Iterable[Node]:
        """The nodes of one record, or of one place."""
        return list(place(record) if record.table == PLACES else organisation(record))

    def reconcile(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """Nothing is said in two ways here."""
        return nodes


def _items(paths: Sequence[Path]) -> Iterator[Item]:
    return chain.from_iterable(map(items, paths))


def _countries(said: str) -> tuple[str, ...]:
    codes = tuple(sorted({code for code in re.split(r"[\s,]+", said.upper()) if code}))
    unknown = [code for code in codes if code not in countries()]
    if unknown:
        raise IngestError(f"{unknown[0]!r} is no country; write codes of ISO 3166-1 such as countries=SE,NO")
    return codes


def open_source(card: SourceCard, _inputs: tuple[Path, ...]) -> Ror:
    """The source, for `ingest.registry`."""
    return Ror(card)
