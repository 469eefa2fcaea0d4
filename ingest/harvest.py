"""Extract and map: from the input of a source to its nodes, going on where a killed run stopped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.node import NodeError
from ingest.contract import Checkpoint, Extraction, Record, RecordError, Source
from ingest.partial import Harvest, Partial
from ingest.problem import IngestError
from ingest.progress import Progress
from ingest.raw import RawStore

_STEP = 100  # records between two words about progress


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user gave, and where addresses are downloaded."""

    inputs: tuple[Path, ...]
    options: Mapping[str, str]
    fetch: Callable[[str], Path]


class _StaleError(Exception):
    """What a killed run read is not what there is now."""


def options_of(source: Source, said: Mapping[str, str]) -> Mapping[str, str]:
    """The options of the card with what the user set; IngestError for one that the card does not know."""
    card = source.card
    unknown = sorted(said.keys() - card.options.keys())
    if unknown:
        known = ", ".join(sorted(card.options)) or "none"
        raise IngestError(f"source {card.name} has no option {unknown[0]!r}; it has: {known}")
    return {**card.options, **said}


def harvest(source: Source, asked: Asked, raw: RawStore, partial: Partial, progress: Progress) -> Harvest:
    """All nodes, rejects and warnings of the input. InputError when the input cannot be used."""
    found = partial.load()
    try:
        _gather(source, asked, raw, partial, progress, found)
    except _StaleError:
        partial.drop()
        raw.inputs.clear()
        found = Harvest()
        _gather(source, asked, raw, partial, progress, found)
    found.rejects = list(dict.fromkeys(found.rejects))  # what is found before the first record is found twice
    found.warnings = list(dict.fromkeys(found.warnings))
    return found


def _gather(source: Source, asked: Asked, raw: RawStore, partial: Partial, progress: Progress, found: Harvest) -> None:
    total: int | None = None

    def expect(records: int) -> None:
        nonlocal total
        total = records

    task = Extraction(
        asked.inputs,
        found.rejects.append,
        found.warnings.append,
        raw.keep,
        fetch=asked.fetch,
        options=asked.options,
        expect=expect,
    )
    before = dict(found.inputs)
    for record in source.extract(task, found.state):
        if any(raw.inputs.get(name, digest) != digest for name, digest in before.items()):
            raise _StaleError
        if isinstance(record, Checkpoint):
            found.state, found.inputs = record.state, dict(raw.inputs)
            partial.checkpoint(found)
            continue
        take(source, record, found)
        if found.records % _STEP == 0:
            progress("extract", found.records, total)
    progress("extract", found.records, found.records)


def take(source: Source, record: Record, found: Harvest) -> None:
    """Add the nodes of a record, or its reject."""
    try:
        found.nodes += source.map(record)
        found.records += 1
    except RecordError as error:
        found.rejects.append(error.problem)
    except NodeError as error:
        found.rejects.append(record.problem(None, str(error), "mend the row, or the mapping of the source"))
