"""`nodes/.part-<source>/`: what a run has read up to its last checkpoint, so that a killed one need not begin again."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from graph.generation import DataFolder
from graph.node import Node
from ingest.nodefile import dump_nodes, load_nodes
from ingest.problem import Problem

PART = ".part-"
_PLAN = "plan"
_OLDEST = 86_400.0  # seconds; what was read longer ago is read again


@dataclass(slots=True)
class Harvest:
    """What extract and map gave so far. `state` is that of the last checkpoint."""

    nodes: list[Node] = field(default_factory=list)
    rejects: list[Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    records: int = 0
    state: Mapping[str, str] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)

    @property
    def rejected(self) -> int:
        """Rows with at least one fault."""
        return len({(problem.file, problem.line) for problem in self.rejects})


class Partial:
    """Keeps a harvest in segments: `0001.jsonl` with nodes, and `0001.json` with all else, which makes it count."""

    def __init__(
        self,
        folder: Path | None,
        plan: str,
        *,
        every: float = 15.0,
        writing: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        """`folder` None keeps nothing; `every`: seconds between two segments, so that a quick source writes few."""
        self._folder = folder
        self._plan = plan
        self._every = every
        self._writing = writing
        self._last = time.monotonic()
        self._kept = (0, 0, 0)  # how many nodes, rejects and warnings are on the disk
        self._segments = 0

    @classmethod
    def of(cls, data: DataFolder, source: str, plan: str, *, every: float = 15.0) -> Partial:
        """That of the source in a data folder."""
        return cls(data.folder("nodes") / f"{PART}{source}", plan, every=every, writing=data.writing)

    def load(self) -> Harvest:
        """What an earlier run with the same plan kept; an empty harvest when there is none. Other plans are dropped."""
        if self._folder is None or not self._folder.is_dir():
            return Harvest()
        harvest = Harvest()
        try:
            plan = self._folder / _PLAN
            if plan.read_text("utf-8") != self._plan or time.time() - plan.stat().st_mtime > _OLDEST:
                raise ValueError("another plan")
            for path in sorted(self._folder.glob("*.json")):
                self._segments += 1
                said = json.loads(path.read_text("utf-8"))
                harvest.nodes += load_nodes(path.with_suffix(".jsonl").read_bytes())
                harvest.rejects += [Problem(**problem) for problem in said["rejects"]]
                harvest.warnings += said["warnings"]
                harvest.records, harvest.state, harvest.inputs = said["records"], said["state"], said["inputs"]
        except (OSError, ValueError, KeyError, TypeError):
            self.drop()
            return Harvest()
        self._mark(harvest)
        return harvest

    def checkpoint(self, harvest: Harvest) -> None:
        """Called at each checkpoint; writes when it is time."""
        if self._folder is not None and time.monotonic() - self._last >= self._every:
            with self._writing():
                self._write(self._folder, harvest)
            self._mark(harvest)

    def drop(self) -> None:
        """Forget all."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._segments = 0
        self._kept = (0, 0, 0)

    def _mark(self, harvest: Harvest) -> None:
        self._last = time.monotonic()
        self._kept = (len(harvest.nodes), len(harvest.rejects), len(harvest.warnings))

    def _write(self, folder: Path, harvest: Harvest) -> None:
        if not folder.is_dir():
            folder.mkdir()
            (folder / _PLAN).write_text(self._plan, "utf-8")
        nodes, rejects, warnings = self._kept
        self._segments += 1
        segment = folder / f"{self._segments:04}.json"
        segment.with_suffix(".jsonl").write_bytes(dump_nodes(harvest.nodes[nodes:]))
        said: dict[str, Any] = {
            "records": harvest.records,
            "state": dict(harvest.state),
            "inputs": dict(harvest.inputs),
            "rejects": [asdict(problem) for problem in harvest.rejects[rejects:]],
            "warnings": harvest.warnings[warnings:],
        }
        fresh = segment.with_suffix(".new")
        fresh.write_text(json.dumps(said, ensure_ascii=False), "utf-8")
        fresh.replace(segment)
