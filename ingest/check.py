"""What a source would give, and what is wrong with its input: extract and map, without a data folder. Writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph.node import Node, NodeError
from ingest.contract import Checkpoint, Extraction, RecordError, Source
from ingest.merge import merged
from ingest.problem import IngestError, InputError, Problem
from ingest.raw import RawStore
from ingest.registry import load
from ingest.report import kinds


@dataclass(frozen=True, slots=True)
class Checked:
    """`records` and `rejected` count rows; `kinds` counts what would come in; `breached` are bounds that do not hold."""

    source: str
    records: int = 0
    rejected: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    warnings: Sequence[str] = ()
    breached: Sequence[str] = ()

    @property
    def good(self) -> bool:
        """Whether an ingest would take all of it."""
        return not self.problems and not self.breached


def check(
    name: str,
    inputs: Sequence[Path],
    *,
    options: Mapping[str, str] | None = None,
    progress: Callable[[int, int | None], None] = lambda _done, _total: None,
) -> Checked:
    """Read the input of the source `name` as an ingest would; UnknownSourceError when there is no such source.

    What depends on the data folder (other sources, the last run) is not looked at, and nothing is downloaded.
    `progress` is told how many records were read, of how many (None = not known).
    """
    problems: list[Problem] = []
    warnings: list[str] = []
    try:
        source = load(name, inputs)
    except InputError as error:  # the card comes with the input, and is wrong
        return Checked(name, problems=error.problems)
    known = source.card.options
    unknown = sorted((options or {}).keys() - known.keys())
    if unknown:
        raise IngestError(f"source {name} has no option {unknown[0]!r}; it has: {', '.join(sorted(known)) or 'none'}")
    total: list[int] = []
    task = Extraction(
        tuple(inputs),
        problems.append,
        warnings.append,
        RawStore(None).keep,
        options={**known, **(options or {})},
        expect=total.append,
    )
    try:
        records, nodes = _read(source, task, lambda done: progress(done, total[-1] if total else None))
    except InputError as error:
        return Checked(source.card.name, problems=[*problems, *error.problems], warnings=warnings)
    rejected = len({(problem.file, problem.line) for problem in problems})
    held = kinds(source.reconcile(merged(nodes)))
    return Checked(source.card.name, records, rejected, held, problems, warnings, _breached(source, records, rejected))


def _read(source: Source, task: Extraction, progress: Callable[[int], None]) -> tuple[int, list[Node]]:
    records, nodes = 0, []
    for record in source.extract(task, {}):
        if isinstance(record, Checkpoint):
            continue
        try:
            nodes += list(source.map(record))
            records += 1
        except RecordError as error:
            task.reject(error.problem)
        except NodeError as error:
            task.reject(record.problem(None, str(error), "mend the row, or the mapping of the source"))
        progress(records)
    return records, nodes


def _breached(source: Source, records: int, rejected: int) -> list[str]:
    card, breached = source.card, []
    if records < card.min_records:
        breached.append(f"{records} good records, the card asks for at least {card.min_records}")
    if rejected > card.max_invalid * (records + rejected):
        breached.append(f"{rejected} of {records + rejected} rows are rejected, the card allows {card.max_invalid:.1%}")
    return breached
