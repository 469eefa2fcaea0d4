"""`nodes/<source>/`: what the last good run of a source gave. Replaced whole, in steps that a kill cannot spoil."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from graph.generation import DataFolder
from graph.node import RunRecord, SourceCard, SourceNodes
from ingest.nodefile import dump_nodes, load_nodes
from ingest.problem import IngestError, Problem

NODES, RUN, REJECTS = "nodes.jsonl", "run.json", "rejects.jsonl"
NEW, OLD = ".new-", ".old-"


@dataclass(frozen=True, slots=True)
class LastRun:
    """The nodes, the run that gave them, its rejects, and the state from which the next run may go on."""

    said: SourceNodes
    rejects: Sequence[Problem]
    state: Mapping[str, str]

    @property
    def files(self) -> Mapping[str, bytes]:
        """The three files, as bytes."""
        run = {"card": asdict(self.said.card), "run": asdict(self.said.run), "state": dict(self.state)}
        rejects = "".join(f"{json.dumps(asdict(problem), ensure_ascii=False)}\n" for problem in self.rejects)
        return {
            NODES: dump_nodes(self.said.nodes),
            REJECTS: rejects.encode("utf-8"),
            RUN: f"{json.dumps(run, ensure_ascii=False, indent=2)}\n".encode(),
        }


def recover(data: DataFolder) -> None:
    """Under the lock: finish or undo what a killed run left half done."""
    folder = data.folder("nodes")
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith(OLD) and not (folder / entry.name.removeprefix(OLD)).exists():
            entry.rename(folder / entry.name.removeprefix(OLD))
        elif entry.name.startswith((NEW, OLD)):
            shutil.rmtree(entry)


def read_last(data: DataFolder, name: str) -> LastRun | None:
    """The last good run of the source, or None; IngestError when its files are damaged."""
    folder = data.path / "nodes" / name
    if not folder.is_dir():
        return None
    try:
        raw = json.loads((folder / RUN).read_text("utf-8"))
        card, run = SourceCard(**raw["card"]), RunRecord(**raw["run"])
        nodes = tuple(load_nodes((folder / NODES).read_bytes()))
        lines = (folder / REJECTS).read_text("utf-8").split("\n")
        rejects = tuple(Problem(**json.loads(line)) for line in lines if line)
        return LastRun(SourceNodes(card, run, nodes), rejects, raw["state"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IngestError(f"the last run in {folder} cannot be read ({error}); ingest {name} again") from error


def write_last(data: DataFolder, last: LastRun) -> None:
    """Put the run in the place of the one before it."""
    folder = data.folder("nodes")
    name = last.said.card.name
    new, old, place = folder / f"{NEW}{name}", folder / f"{OLD}{name}", folder / name
    new.mkdir()
    for file, raw in last.files.items():
        _write(new / file, raw)
    if place.exists():
        place.rename(old)
    new.rename(place)
    shutil.rmtree(old, ignore_errors=True)


def other_sources(data: DataFolder, name: str) -> Iterator[LastRun]:
    """The last good run of every source but `name`, in the order of the names; IngestError when one is damaged."""
    folder = data.path / "nodes"
    for entry in sorted(folder.iterdir()) if folder.is_dir() else ():
        if entry.is_dir() and entry.name != name and not entry.name.startswith("."):
            last = read_last(data, entry.name)
            if last is not None:
                yield last


def _write(path: Path, raw: bytes) -> None:
    with path.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
