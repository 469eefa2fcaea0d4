"""A generation afresh from what is kept: the last good runs of all sources and what people decided since."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from graph.generation import DataFolder
from ingest.lastrun import other_sources, recover
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
    current = check_replaceable(data, drop_edits=drop_edits)
    with data.lock():
        recover(data)
        said = [one.said for one in other_sources(data, "")]
        if not said:
            raise IngestError(f"nothing was ingested into {data.path} yet; run `cleantech ingest SOURCE` first")
        return publish(
            data,
            said,
            base or (current.manifest.base if current else BASE),
            built=lambda: clock().astimezone(UTC).isoformat(timespec="seconds"),
            keep=lambda: None,
            drop_edits=drop_edits,
            progress=progress,
        )
