"""The pipeline: extract, map, check, resolve, build, keep, publish. An error anywhere leaves what is served as it was."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from graph.generation import DataFolder, Generation
from graph.node import Node, RunRecord, SourceNodes
from ingest.bounds import check_bounds
from ingest.checks import keeping
from ingest.contract import Source
from ingest.difference import Walk, key_of_withdrawn, withdrawn, withdrawn_before
from ingest.download import Downloader
from ingest.harvest import Asked, harvest, options_of
from ingest.lastrun import (
    Draft,
    Kept,
    kinds_of,
    other_sources,
    read_kept,
    read_last,
    read_rejects,
    recover,
    sources,
    write_plan,
)
from ingest.merge import merged
from ingest.nodefile import node_line
from ingest.partial import Harvest, Partial
from ingest.plan import plan_of
from ingest.problem import IngestError
from ingest.progress import Progress, quiet
from ingest.publish import check_replaceable, decided, made_of, publish, withdrawn_of
from ingest.raw import RawStore
from ingest.registry import load
from ingest.report import Diff, Report, kinds
from ingest.standing import standing
from ontology.terms import BASE


def now() -> datetime:
    """The clock of runs."""
    return datetime.now(UTC)


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class _How:
    """How to run: the keywords of `run`."""

    dry_run: bool
    drop_edits: bool
    force: bool
    accept_drop: bool
    progress: Progress
    base: str
    clock: Callable[[], datetime]
    checkpoint: float


def ingest(
    data: DataFolder,
    name: str,
    inputs: Path | Sequence[Path] = (),
    *,
    options: Mapping[str, str] | None = None,
    dry_run: bool = False,
    drop_edits: bool = False,
    force: bool = False,
    accept_drop: bool = False,
    progress: Progress = quiet,
    base: str = BASE,
    clock: Callable[[], datetime] = now,
) -> Report:
    """Read the source `name` and publish a generation with it and the last good runs of all others; see `run`."""
    return run(
        load(name, _paths(inputs)),
        data,
        inputs,
        options=options,
        dry_run=dry_run,
        drop_edits=drop_edits,
        force=force,
        accept_drop=accept_drop,
        progress=progress,
        base=base,
        clock=clock,
    )


def run(
    source: Source,
    data: DataFolder,
    inputs: Path | Sequence[Path] = (),
    *,
    options: Mapping[str, str] | None = None,
    dry_run: bool = False,
    drop_edits: bool = False,
    force: bool = False,
    accept_drop: bool = False,
    progress: Progress = quiet,
    base: str = BASE,
    clock: Callable[[], datetime] = now,
    checkpoint: float = 15.0,
) -> Report:
    """Run one source through the whole pipeline.

    `inputs`: files and folders of the source (none = what it ships or downloads); `options`: instead of the defaults of
    its card; `checkpoint`: seconds at least between two checkpoints that are kept. InputError when a file cannot be used,
    BoundsError when the card's bounds are breached, LockedError when another ingest runs. A dry run writes nothing. What
    was read and built before is not done again, unless with `force`; `accept_drop`: however few records there
    are. Edits made over HTTP are carried over, unless `drop_edits`.
    """
    how = _How(dry_run, drop_edits, force, accept_drop, progress, base, clock, checkpoint)
    current = check_replaceable(data, drop_edits=drop_edits)
    asked = Asked(_paths(inputs), options_of(source, options or {}), _fetching(data.path / "downloads", source))
    if dry_run:
        data.check()
        with TemporaryDirectory(prefix="cleantech-") as folder, _uncollected():
            asked = replace(asked, fetch=_fetching(Path(folder), source))
            return _Run(source, data, RawStore(None), asked, how).report(current)
    with data.lock(), _uncollected():
        recover(data)
        raw = RawStore(data)
        raw.clean()
        return _Run(source, data, raw, asked, how).report(current)


def _paths(inputs: Path | Sequence[Path]) -> tuple[Path, ...]:
    return (inputs,) if isinstance(inputs, Path) else tuple(inputs)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the search for cycles: there are none in nodes, and among millions of them it took two thirds of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _fetching(folder: Path, source: Source) -> Callable[[str], Path]:
    """Downloads into the folder, from the hosts of the card alone."""
    return Downloader(folder, source.card.hosts).fetch


class _Run:
    """One run of one source."""

    def __init__(self, source: Source, data: DataFolder, raw: RawStore, asked: Asked, how: _How) -> None:
        self.source, self.data, self.raw, self.asked, self.how = source, data, raw, asked, how
        self.name = source.card.name
        self.plan = plan_of(source.card, asked.inputs, asked.options)
        self.before, self.damage = self._before()
        self.place = data.path / "nodes" / self.name if self.before else None

    def report(self, current: Generation | None) -> Report:
        """Run, and say what came of it."""
        if self.before is not None and self._reads_the_same(self.before):
            return self._from_before(self.before, current)
        started = self.how.clock()
        dry = self.how.dry_run
        partial = Partial(None, "") if dry else Partial.of(self.data, self.name, self.plan, every=self.how.checkpoint)
        found = harvest(self.source, self.asked, self.raw, partial, self.how.progress)
        found.warnings += self.damage
        nodes = self._checked(found)
        last = None if self.before is None or self.how.accept_drop else self.before.run.records
        check_bounds(self.source.card, found, last)
        draft = Draft(None) if dry else Draft.of(self.data, self.name)
        walk = Walk(self.place)
        with self.data.writing():
            walk.through(draft.lines(node_line(node) for node in nodes))
        kept = self._kept(found, nodes, started, draft)
        report = self._report(kept, found, walk.diff)
        if dry:
            return report
        if self.before is not None and self._same(self.before, kept, found):
            draft.drop()
            partial.drop()
            return self._from_before(write_plan(self.data, self.before, self.plan), current)
        before = self.before.run.inputs if self.before else {}
        gone = withdrawn(self.place, walk, kept.run.started, before)
        with self.data.writing():
            draft.finish(kept, found.rejects, gone)
        found.nodes.clear()
        said = SourceNodes(kept.card, kept.run, nodes)
        report = self._published(report, said, draft.publish, map(key_of_withdrawn, gone))
        partial.drop()
        return report

    def _before(self) -> tuple[Kept | None, list[str]]:
        """The last good run; a damaged one counts as none, with a warning."""
        try:
            return read_kept(self.data, self.name), []
        except IngestError as error:
            return None, [f"{error.args[0]}; this run is compared with nothing"]

    def _reads_the_same(self, before: Kept) -> bool:
        """Whether the last good run read the very same with the same code: there can be nothing new."""
        remote = not self.asked.inputs and (self.source.card.addresses or self.source.card.hosts)
        return before.plan == self.plan and not remote and not self.how.force

    def _from_before(self, before: Kept, current: Generation | None) -> Report:
        """Nothing new was read: build from what is kept, if that was not done already."""
        rejects = read_rejects(self.data, self.name)
        found = Harvest(records=before.run.records, rejects=rejects, warnings=[*before.warnings])
        report = replace(self._report(before, found, Diff((), (), ())), unchanged=True)
        if self.how.dry_run:
            return report
        built = current is not None and current.manifest.made_of == made_of(
            self.data, self.how.base, decided(self.data)
        )
        if current is not None and built and not self.how.drop_edits and not self.how.force:
            return replace(report, generation=current.number)
        last = read_last(self.data, self.name)
        if last is None:
            return report
        gone = map(key_of_withdrawn, withdrawn_before(self.data.path / "nodes" / self.name))
        return self._published(report, last.said, lambda: None, gone)

    def _checked(self, found: Harvest) -> list[Node]:
        """The nodes in the order of their keys, without those that cannot stand, which join the rejects."""
        self.how.progress("check", 0, None)
        nodes = self.source.reconcile(merged(found.nodes))
        names = [name for name in sources(self.data) if name != self.name]
        others = {key: kind for name in names for key, kind in kinds_of(self.data, name)}
        sound, faults, warnings = keeping(nodes, others, self.how.progress)
        self.how.progress("resolve", 0, None)
        kept, lost = standing(sound, others)
        found.rejects += [*faults, *lost]
        found.warnings += warnings
        return sorted(kept, key=lambda node: node.key)

    def _kept(self, found: Harvest, nodes: Sequence[Node], started: datetime, draft: Draft) -> Kept:
        record = RunRecord(
            started=_stamp(started),
            inputs=dict(sorted(self.raw.inputs.items())),
            records=found.records,
            rejected=found.rejected,
            data_date=found.state.get("data_date", started.date().isoformat()),
        )
        nodes_digest = draft.digest.hexdigest()
        warnings = [warning for warning in found.warnings if warning not in self.damage]
        return Kept(self.source.card, record, found.state, self.plan, nodes_digest, kinds(nodes), warnings)

    def _same(self, before: Kept, kept: Kept, found: Harvest) -> bool:
        """Whether the run gave what the one before gave: then that one stays, with its time."""
        stamped = replace(kept, plan=before.plan, run=replace(kept.run, started=before.run.started))
        return stamped.text == before.text and read_rejects(self.data, self.name) == found.rejects

    def _report(self, kept: Kept, found: Harvest, diff: Diff) -> Report:
        return Report(
            source=self.name,
            records=kept.run.records,
            rejected=kept.run.rejected,
            kinds=kept.kinds,
            rejects=found.rejects,
            warnings=found.warnings,
            diff=diff,
            generation=None,
        )

    def _published(
        self, report: Report, said: SourceNodes, keep: Callable[[], None], withdrawn: Iterable[str]
    ) -> Report:
        published = publish(
            self.data,
            [*(one.said for one in other_sources(self.data, self.name)), said],
            self.how.base,
            built=lambda: _stamp(self.how.clock()),
            keep=keep,
            withdrawn=[*withdrawn, *withdrawn_of(self.data, without=self.name)],
            drop_edits=self.how.drop_edits,
            progress=self.how.progress,
        )
        return replace(
            report,
            generation=published.generation.number,
            edits=published.edits,
            things=published.resolution.lines,
        )
