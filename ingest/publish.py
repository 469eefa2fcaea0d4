"""From the last good runs of all sources to what is served: resolve, build, carry the edits over, publish."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from graph.build import build_generation
from graph.edits import edits_lock
from graph.errors import DataFolderError
from graph.generation import DataFolder, Generation
from graph.node import SourceNodes
from graph.overlay import carried, sound
from ingest.decisions import Decisions
from ingest.decisions_built import keep_built
from ingest.difference import key_of_withdrawn, withdrawn_before
from ingest.lastrun import read_kept, sources
from ingest.plan import code_digest, file_digest
from ingest.problem import IngestError
from ingest.progress import Progress
from ingest.resolve import Resolution, append_ids, read_ids, resolved

_CLOSED_SECONDS = 120.0  # how long an ingest waits for an edit under way
DECIDED = ("review.jsonl", "suppressed.jsonl")


@dataclass(frozen=True, slots=True)
class Published:
    """The generation, how many edited quads were added to it and removed from it, and what resolution did."""

    generation: Generation
    edits: tuple[int, int]
    resolution: Resolution


def check_replaceable(data: DataFolder, *, drop_edits: bool) -> Generation | None:
    """The published generation, if any; IngestError for a bare store, DataFolderError when its edits would be lost."""
    try:
        current = sound(data)
    except DataFolderError:
        if not drop_edits:
            raise
        return None
    if current is not None and current.manifest.plain:
        raise IngestError(f"{data.path} is a bare store made by `init --plain`; ingest into another folder")
    return current


def decided(data: DataFolder) -> str:
    """SHA-256 over what people decided; taken before it is read for a build, so that a later decision is never missed."""
    paths = [data.path / "decisions" / name for name in DECIDED]
    return " ".join(file_digest(path) if path.exists() else "" for path in paths)


def made_of(data: DataFolder, base: str, decisions: str) -> str:
    """SHA-256 over all that a build of the data folder depends on: runs, decisions (see `decided`), code and base address."""
    digest = hashlib.sha256(f"{code_digest()}\0{base}\0".encode())
    for name in sources(data):
        kept = read_kept(data, name)
        digest.update(f"{replace(kept, plan='').text}\0".encode() if kept else b"")
    digest.update(decisions.encode())
    return digest.hexdigest()


def withdrawn_of(data: DataFolder, *, without: str = "") -> Iterator[str]:
    """The keys that the sources, all but one, named once and name no longer."""
    for name in sources(data):
        if name != without:
            yield from map(key_of_withdrawn, withdrawn_before(data.path / "nodes" / name))


def publish(
    data: DataFolder,
    said: Sequence[SourceNodes],
    base: str,
    *,
    built: Callable[[], str],
    keep: Callable[[], None],
    withdrawn: Iterable[str],
    drop_edits: bool,
    progress: Progress,
) -> Published:
    """Build a generation of `said` and publish it; `keep` is called when it is built, and before it is published.

    `withdrawn`: keys that a source named once; what is nowhere else answers 410.

    Under the lock of the data folder. What is served stays as it is on any error.
    """
    progress("resolve", 0, None)
    before = decided(data)
    decisions = Decisions.read(data)
    things = resolved(said, decisions, read_ids(data), withdrawn)
    progress("build", 0, None)
    with data.writing():
        generation = build_generation(data, things.sources, base, built=built(), identities=things.identities)
        progress("keep", 0, None)
        append_ids(data, things.minted, generation.manifest.built)
        keep_built(generation.identities, decisions)
        keep()
        generation = generation.stamped(made_of(data, base, before))
        progress("publish", 0, None)
        edits = _flip(data, generation, drop_edits=drop_edits)
    return Published(generation, edits, things.summary)


def _flip(data: DataFolder, generation: Generation, *, drop_edits: bool) -> tuple[int, int]:
    """Publish with the edits that were made on the generation before; how many quads they added and removed."""
    if drop_edits:
        with edits_lock(data.path, seconds=_CLOSED_SECONDS):
            data.publish(generation)
        return 0, 0
    with carried(data, generation) as overlay:
        data.publish(generation)
    return len(overlay.added), len(overlay.removed)
