"""What a source is: it extracts records from its input, and maps each record to nodes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeAlias

from graph.node import Node, SourceCard
from ingest.problem import IngestError, InputError, Problem

State: TypeAlias = Mapping[str, str]


class RecordError(IngestError):
    """`map` cannot use the record; the run rejects it and goes on."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


@dataclass(frozen=True, slots=True)
class Record:
    """One row of the input. `context` is what `extract` looked up for it, so that `map` needs nothing but the record."""

    table: str
    line: int
    values: Mapping[str, str]
    context: Mapping[str, str] = field(default_factory=dict)

    def problem(self, column: str | None, message: str, advice: str) -> Problem:
        """A fault of this record, with its place."""
        value = None if column is None else self.values.get(column)
        return Problem(self.table, self.line, column, value, message, advice)

    def fault(self, column: str | None, message: str, advice: str) -> RecordError:
        """The same as an error, for `map` to raise."""
        return RecordError(self.problem(column, message, advice))


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Everything before this is out; `state` says where to go on.

    After a kill, a run with the same input calls `extract` with the state of the last checkpoint that was kept; else
    `state` is empty. The records that follow must be those that would have followed. `data_date` in the last state is the
    day of the data.
    """

    state: State


def _no_download(address: str) -> Path:
    raise IngestError(f"{address} is not downloaded here; give the file with --input")


def _no_total(_records: int) -> None:
    """Nobody looks at the progress."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """What `extract` is given: what to read, and where faults and bytes go.

    `inputs`: files and folders (none = what the source ships, or its download addresses). `keep` reads a file and keeps its
    bytes in the raw store; `fetch` downloads an address, keeps the bytes there, and gives the file that holds them.
    `options`: those of the card, with what the user set. `expect` tells how many records are to come, once it is known.
    """

    inputs: tuple[Path, ...]
    reject: Callable[[Problem], None]
    warn: Callable[[str], None]
    keep: Callable[[Path], bytes]
    fetch: Callable[[str], Path] = _no_download
    options: Mapping[str, str] = field(default_factory=dict)
    expect: Callable[[int], None] = _no_total


def folder_of(task: Extraction, shipped: Path | None = None) -> Path:
    """The one folder that the source is read from; InputError when something else was given."""
    if not task.inputs and shipped is not None:
        return shipped
    if len(task.inputs) != 1:
        message = f"one folder is needed, {len(task.inputs)} were given"
        raise InputError([Problem("--input", None, None, None, message, "give the folder that holds the files")])
    return task.inputs[0]


class Source(Protocol):
    """A folder in `ingest/sources`: its card, its input and its mapping."""

    @property
    def card(self) -> SourceCard:
        """Who publishes it, and the bounds of its data."""
        ...

    def extract(self, task: Extraction, state: State) -> Iterator[Record | Checkpoint]:
        """Read the input. InputError when it cannot be used; a bad row goes to `task.reject`."""
        ...

    def map(self, record: Record) -> Iterable[Node]:
        """The nodes of one record. Pure: no network, no clock, no disk; RecordError when the record is bad."""
        ...

    def reconcile(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """Make one of nodes that say the same in other words. Pure, and the same whatever the order of the input."""
        ...
