"""What a source would give, and what is wrong with its input: extract and map, without a data folder. Writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ingest.bounds import breached_by
from ingest.contract import Checkpoint, Extraction
from ingest.harvest import options_of, take
from ingest.merge import merged
from ingest.partial import Harvest
from ingest.problem import InputError, Problem
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
    found = Harvest()
    try:
        source = load(name, inputs)
    except InputError as error:  # the card comes with the input, and is wrong
        return Checked(name, problems=error.problems)
    total: list[int] = []
    task = Extraction(
        tuple(inputs),
        found.rejects.append,
        found.warnings.append,
        RawStore(None).keep,
        options=options_of(source, options or {}),
        expect=total.append,
    )
    try:
        for record in source.extract(task, {}):
            if not isinstance(record, Checkpoint):
                take(source, record, found)
                progress(found.records, total[-1] if total else None)
    except InputError as error:
        return Checked(source.card.name, problems=[*found.rejects, *error.problems], warnings=found.warnings)
    return Checked(
        source.card.name,
        found.records,
        found.rejected,
        kinds(source.reconcile(merged(found.nodes))),
        found.rejects,
        found.warnings,
        breached_by(source.card, found),
    )
