"""`nodes/<source>/`: what the last good run of a source gave. Replaced whole, in steps that a kill cannot spoil."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from graph.generation import DataFolder
from graph.node import RunRecord, SourceCard, SourceNodes
from ingest.nodefile import load_nodes
from ingest.plan import file_digest
from ingest.problem import IngestError, Problem

NODES, RUN, REJECTS, WITHDRAWN = "nodes.jsonl", "run.json", "rejects.jsonl", "withdrawn.jsonl"
NEW, OLD = ".new-", ".old-"


@dataclass(frozen=True, slots=True)
class Kept:
    """The run of a source without its nodes: `state` at its last checkpoint, its plan, SHA-256 and number of its nodes."""

    card: SourceCard
    run: RunRecord
    state: Mapping[str, str]
    plan: str
    nodes: str
    kinds: Mapping[str, int] = field(default_factory=dict)
    warnings: Sequence[str] = ()

    @property
    def text(self) -> str:
        """`run.json`."""
        return f"{json.dumps(asdict(self), ensure_ascii=False, indent=2)}\n"


@dataclass(frozen=True, slots=True)
class LastRun:
    """A run with its nodes and rejects."""

    kept: Kept
    said: SourceNodes
    rejects: Sequence[Problem]


def recover(data: DataFolder) -> None:
    """Under the lock: finish or undo what a killed run left half done."""
    folder = data.folder("nodes")
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith(OLD) and not (folder / entry.name.removeprefix(OLD)).exists():
            entry.rename(folder / entry.name.removeprefix(OLD))
        elif entry.name.startswith((NEW, OLD)):
            shutil.rmtree(entry)


def read_kept(data: DataFolder, name: str) -> Kept | None:
    """The last good run without its nodes, or None; IngestError when its files are damaged."""
    folder = data.path / "nodes" / name
    if not folder.is_dir():
        return None
    try:
        raw = json.loads((folder / RUN).read_text("utf-8"))
        raw["card"]["hosts"] = tuple(raw["card"]["hosts"])
        kept = Kept(SourceCard(**raw.pop("card")), RunRecord(**raw.pop("run")), **raw)
        if file_digest(folder / NODES) != kept.nodes:
            raise ValueError(f"{NODES} is not what the run wrote")
        return kept
    except (OSError, ValueError, KeyError, TypeError, IngestError) as error:
        raise _damaged(folder, name, error) from error


def write_plan(data: DataFolder, kept: Kept, plan: str) -> Kept:
    """The same run, asked for in other words."""
    if kept.plan == plan:
        return kept
    place = data.path / "nodes" / kept.card.name / RUN
    fresh = place.with_suffix(".new")
    changed = replace(kept, plan=plan)
    fresh.write_text(changed.text, "utf-8")
    _sync(fresh)
    fresh.replace(place)
    return changed


def read_rejects(data: DataFolder, name: str) -> list[Problem]:
    """The rows that the last good run of the source rejected; IngestError when the file is damaged."""
    folder = data.path / "nodes" / name
    try:
        lines = (folder / REJECTS).read_text("utf-8").split("\n")
        return [Problem(**json.loads(line)) for line in lines if line]
    except (OSError, ValueError, TypeError) as error:
        raise _damaged(folder, name, error) from error


def read_last(data: DataFolder, name: str) -> LastRun | None:
    """The last good run of the source, or None; IngestError when its files are damaged or of an older ontology."""
    kept = read_kept(data, name)
    if kept is None:
        return None
    folder = data.path / "nodes" / name
    try:
        nodes = list(load_nodes((folder / NODES).read_bytes()))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged(folder, name, error) from error
    return LastRun(kept, SourceNodes(kept.card, kept.run, nodes), read_rejects(data, name))


def sources(data: DataFolder) -> list[str]:
    """The names of the sources that have a last good run, sorted."""
    folder = data.path / "nodes"
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(entry.name for entry in found if entry.is_dir() and not entry.name.startswith("."))


def other_sources(data: DataFolder, name: str) -> Iterator[LastRun]:
    """The last good run of every source but `name`, in the order of the names; IngestError when one is damaged."""
    for other in sources(data):
        last = read_last(data, other) if other != name else None
        if last is not None:
            yield last


def kinds_of(data: DataFolder, name: str) -> Iterator[tuple[str, str]]:
    """Key and kind of every node of the last good run, read from the beginnings of the lines."""
    path = data.path / "nodes" / name / NODES
    with path.open("rb") as file:
        for line in file:
            key, kind = key_and_kind(line)
            yield key, kind


def key_and_kind(line: bytes) -> tuple[str, str]:
    """Those of a line that `nodefile` wrote: `{"key":"…","kind":"…"`, and neither holds a quotation mark."""
    _, _, _, key, _, _, _, kind, _ = line.split(b'"', 8)
    return key.decode("utf-8"), kind.decode("ascii")


class Draft:
    """The files of a run that is about to take the place of the one before. `folder` None keeps nothing (a dry run)."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self.digest = hashlib.sha256()
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()

    @classmethod
    def of(cls, data: DataFolder, name: str) -> Draft:
        """In the data folder, beside the last run of the source."""
        return cls(data.folder("nodes") / f"{NEW}{name}")

    def lines(self, lines: Iterator[bytes]) -> Iterator[bytes]:
        """The same lines, each written to `nodes.jsonl` on its way through."""
        if self._folder is None:
            yield from lines
            return
        with (self._folder / NODES).open("wb") as file:
            for line in lines:
                self.digest.update(line)
                file.write(line)
                yield line

    def finish(self, kept: Kept, rejects: Sequence[Problem], withdrawn: Sequence[bytes]) -> None:
        """Write the other files, and make sure that all is on the disk."""
        if self._folder is None:
            return
        (self._folder / REJECTS).write_text(rejects_text(rejects), "utf-8")
        (self._folder / WITHDRAWN).write_bytes(b"".join(withdrawn))
        (self._folder / RUN).write_text(kept.text, "utf-8")
        for path in self._folder.iterdir():
            _sync(path)

    def drop(self) -> None:
        """Forget it."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def publish(self) -> None:
        """Put it in the place of the run before it."""
        if self._folder is None:
            return
        name = self._folder.name.removeprefix(NEW)
        place, old = self._folder.with_name(name), self._folder.with_name(f"{OLD}{name}")
        if place.exists():
            place.rename(old)
        self._folder.rename(place)
        shutil.rmtree(old, ignore_errors=True)


def drop_run(data: DataFolder, name: str) -> None:
    """Forget the last good run of a source; nothing for no name."""
    place = data.path / "nodes" / name
    if name and place.exists():
        gone = place.with_name(f"{NEW}{name}")  # `recover` removes it, if a kill comes between
        place.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)


def rejects_text(rejects: Sequence[Problem]) -> str:
    """`rejects.jsonl`."""
    return "".join(f"{json.dumps(asdict(problem), ensure_ascii=False)}\n" for problem in rejects)


def _damaged(folder: Path, name: str, error: Exception) -> IngestError:
    return IngestError(f"the last run in {folder} cannot be read ({error}); ingest {name} again")


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
