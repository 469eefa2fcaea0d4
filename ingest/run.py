"""The pipeline: extract, map, check, resolve, build, keep, publish. An error anywhere leaves what is served as it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from graph.build import build_generation
from graph.edits import edits_lock
from graph.errors import DataFolderError
from graph.generation import DataFolder, Generation
from graph.node import Node, NodeError, RunRecord, SourceNodes
from graph.overlay import carried, sound
from ingest.contract import Checkpoint, Extraction, Record, RecordError, Source, State
from ingest.lastrun import LastRun, other_sources, read_last, recover, write_last
from ingest.merge import merged
from ingest.problem import BoundsError, IngestError, Problem
from ingest.raw import RawStore
from ingest.registry import load
from ingest.report import Report, difference, kinds
from ingest.resolve import resolve
from ontology.terms import BASE

_CLOSED_SECONDS = 120.0  # how long an ingest waits for an edit under way


class Progress(Protocol):
    """Told how far a stage (`extract`, `resolve`, `build`, `keep`, `publish`) has come; total None = not known."""

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        """Called often; must be quick."""
        ...


def quiet(stage: str, done: int, total: int | None) -> None:
    """Progress that nobody looks at."""


def now() -> datetime:
    """The clock of runs."""
    return datetime.now(UTC)


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the user gave."""

    inputs: tuple[Path, ...]
    options: Mapping[str, str]


@dataclass(slots=True)
class _Harvest:
    """What extract and map give."""

    nodes: list[Node] = field(default_factory=list)
    rejects: list[Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    records: int = 0
    state: State = field(default_factory=dict)
    total: int | None = None

    def expect(self, records: int) -> None:
        """So many records are to come."""
        self.total = records

    @property
    def rejected(self) -> int:
        """Rows with at least one fault."""
        return len({(problem.file, problem.line) for problem in self.rejects})


def ingest(
    data: DataFolder,
    name: str,
    inputs: Path | Sequence[Path] = (),
    *,
    options: Mapping[str, str] | None = None,
    dry_run: bool = False,
    drop_edits: bool = False,
    progress: Progress = quiet,
    base: str = BASE,
    clock: Callable[[], datetime] = now,
) -> Report:
    """Read the source `name` and publish a generation with it and the last good runs of all others; see `run`."""
    source = load(name, _paths(inputs))
    return run(
        source,
        data,
        inputs,
        options=options,
        dry_run=dry_run,
        drop_edits=drop_edits,
        progress=progress,
        base=base,
        clock=clock,
    )


def _paths(inputs: Path | Sequence[Path]) -> tuple[Path, ...]:
    return (inputs,) if isinstance(inputs, Path) else tuple(inputs)


def run(
    source: Source,
    data: DataFolder,
    inputs: Path | Sequence[Path] = (),
    *,
    options: Mapping[str, str] | None = None,
    dry_run: bool = False,
    drop_edits: bool = False,
    progress: Progress = quiet,
    base: str = BASE,
    clock: Callable[[], datetime] = now,
) -> Report:
    """Run one source through the whole pipeline.

    `inputs`: files and folders of the source (none = what it ships or downloads); `options`: instead of the defaults of
    its card. InputError when a file cannot be used, BoundsError
    when the card's bounds are breached, LockedError when another ingest runs. A dry run writes nothing.
    Edits made over HTTP are carried over, unless `drop_edits`.
    """
    _check_replaceable(data, drop_edits=drop_edits)
    asked = _Asked(_paths(inputs), _options(source, options or {}))
    if dry_run:
        data.check()
        return _run(source, data, RawStore(None), asked, progress, clock)[0]
    with data.lock():
        recover(data)
        raw = RawStore(data)
        raw.clean()
        report, last = _run(source, data, raw, asked, progress, clock)
        progress("build", 0, None)
        others = [one.said for one in other_sources(data, source.card.name)]
        with data.writing():
            generation = build_generation(data, [*others, last.said], base, built=_stamp(clock()))
            progress("keep", 0, None)
            write_last(data, last)
            progress("publish", 0, None)
            kept = _publish(data, generation, drop_edits=drop_edits)
    return replace(report, generation=generation.number, edits=kept)


def _check_replaceable(data: DataFolder, *, drop_edits: bool) -> None:
    try:
        current = sound(data)
    except DataFolderError:
        if not drop_edits:
            raise
        return
    if current is not None and current.manifest.plain:
        raise IngestError(f"{data.path} is a bare store made by `init --plain`; ingest into another folder")


def _publish(data: DataFolder, generation: Generation, *, drop_edits: bool) -> tuple[int, int]:
    """Publish with the edits that were made on the generation before; how many quads they added and removed."""
    if drop_edits:
        with edits_lock(data.path, seconds=_CLOSED_SECONDS):
            data.publish(generation)
        return 0, 0
    with carried(data, generation) as overlay:
        data.publish(generation)
    return len(overlay.added), len(overlay.removed)


def _run(
    source: Source,
    data: DataFolder,
    raw: RawStore,
    asked: _Asked,
    progress: Progress,
    clock: Callable[[], datetime],
) -> tuple[Report, LastRun]:
    before, damage = _before(source, data)
    started = clock()
    harvest = _harvest(source, raw, asked, before.state if before else {}, progress)
    harvest.warnings += damage
    progress("resolve", 0, None)
    nodes = source.reconcile(merged(harvest.nodes))
    others = {node.key: node.kind for one in other_sources(data, source.card.name) for node in one.said.nodes}
    nodes, lost = resolve(nodes, others)
    harvest.rejects += lost
    _check_bounds(source, harvest, before)
    record = RunRecord(
        started=_stamp(started),
        inputs=dict(sorted(raw.inputs.items())),
        records=harvest.records,
        rejected=harvest.rejected,
        data_date=harvest.state.get("data_date", started.date().isoformat()),
    )
    last = LastRun(SourceNodes(source.card, record, nodes), harvest.rejects, harvest.state)
    diff = difference(before.said.nodes if before else (), nodes)
    report = Report(
        source=source.card.name,
        records=harvest.records,
        rejected=harvest.rejected,
        kinds=kinds(nodes),
        rejects=harvest.rejects,
        warnings=harvest.warnings,
        diff=diff,
        generation=None,
    )
    return report, _unless_the_same(before, last)


def _before(source: Source, data: DataFolder) -> tuple[LastRun | None, list[str]]:
    """The last good run; a damaged one, or one in the words of an older ontology, counts as none, with a warning."""
    try:
        return read_last(data, source.card.name), []
    except IngestError as error:
        return None, [f"{error.args[0]}; this run is compared with nothing"]


def _options(source: Source, said: Mapping[str, str]) -> Mapping[str, str]:
    card = source.card
    unknown = sorted(said.keys() - card.options.keys())
    if unknown:
        known = ", ".join(sorted(card.options)) or "none"
        raise IngestError(f"source {card.name} has no option {unknown[0]!r}; it has: {known}")
    return {**card.options, **said}


def _harvest(source: Source, raw: RawStore, asked: _Asked, state: State, progress: Progress) -> _Harvest:
    harvest = _Harvest(state=state)
    task = Extraction(
        asked.inputs,
        harvest.rejects.append,
        harvest.warnings.append,
        raw.keep,
        options=asked.options,
        expect=harvest.expect,
    )
    for record in source.extract(task, state):
        if isinstance(record, Checkpoint):
            harvest.state = record.state
            continue
        try:
            harvest.nodes += source.map(record)
            harvest.records += 1
        except RecordError as error:
            harvest.rejects.append(error.problem)
        except NodeError as error:
            harvest.rejects.append(_unforeseen(record, error))
        if harvest.records % 100 == 0:
            progress("extract", harvest.records, harvest.total)
    progress("extract", harvest.records, harvest.records)
    return harvest


def _unforeseen(record: Record, error: NodeError) -> Problem:
    return record.problem(None, str(error), "mend the row, or the mapping of the source")


def _check_bounds(source: Source, harvest: _Harvest, before: LastRun | None) -> None:
    card = source.card
    rows = harvest.records + harvest.rejected
    breached = []
    if harvest.records < card.min_records:
        breached.append(f"{harvest.records} good records, the card asks for at least {card.min_records}")
    if harvest.rejected > card.max_invalid * rows:
        breached.append(f"{harvest.rejected} of {rows} rows are rejected, the card allows {card.max_invalid:.1%}")
    if before and harvest.records < (1 - card.max_drop) * before.said.run.records:
        last = before.said.run.records
        breached.append(
            f"{harvest.records} good records after {last} last time, the card allows a drop of {card.max_drop:.0%}"
        )
    if breached:
        message = f"source {card.name}: {'; '.join(breached)}. Nothing was published; mend the input or the card."
        raise BoundsError(message, harvest.rejects)


def _unless_the_same(before: LastRun | None, last: LastRun) -> LastRun:
    """The run before, when the new one read and gave the same: a second run changes no byte."""
    if before is None:
        return last
    stamped = replace(last.said.run, started=before.said.run.started)
    same = LastRun(SourceNodes(last.said.card, stamped, last.said.nodes), last.rejects, last.state)
    return same if same.files == before.files else last
