"""A generation afresh from what is kept: the last good runs of all sources and what people decided since."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from graph.generation import DataFolder
from ingest.lastrun import drop_run, other_sources, recover
from ingest.problem import IngestError
from ingest.progress import Progress, quiet
from ingest.publish import Published, check_replaceable, publish
from ontology.terms import BASE


def rebuild(
    data: DataFolder,
    *,
    drop_edits: bool = False,
    progress: Progress = quiet,
    base: str | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Published:
    """Resolve, build and publish without reading any source; edits made over HTTP are carried over, unless `drop_edits`.

    `base`: the address that ids begin with; that of the published generation unless it is said. IngestError when nothing
    was ingested yet, LockedError when somebody else builds. On any error the map stays as it is.
    """
    return _rebuild(data, "", drop_edits=drop_edits, progress=progress, base=base, clock=clock)


def remove(
    data: DataFolder,
    source: str,
    *,
    progress: Progress = quiet,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Published:
    """The same without all that one source says; its last good run is dropped once the map is built. Errors as above;
    IngestError, too, when the map would be empty."""
    return _rebuild(data, source, drop_edits=False, progress=progress, base=None, clock=clock)


def _rebuild(
    data: DataFolder,
    without: str,
    *,
    drop_edits: bool,
    progress: Progress,
    base: str | None,
    clock: Callable[[], datetime],
) -> Published:
    current = check_replaceable(data, drop_edits=drop_edits)
    with data.lock():
        recover(data)
        said = [one.said for one in other_sources(data, without)]
        if not said and without:
            raise IngestError(f"{without} is the only source; the map would be empty. Delete the data folder instead")
        if not said:
            raise IngestError(f"nothing was ingested into {data.path} yet; run `cleantech ingest SOURCE` first")
        return publish(
            data,
            said,
            base or (current.manifest.base if current else BASE),
            built=lambda: clock().astimezone(UTC).isoformat(timespec="seconds"),
            keep=lambda: drop_run(data, without),
            drop_edits=drop_edits,
            progress=progress,
        )
