"""The map as the commands of the gap finder need it, and where their results go."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import typer
from pydantic import BaseModel
from rapidfuzz.process import extract

from api.commands import failure
from api.commands.export_output import target, write
from api.commands.failure import CommandError, TypedError
from api.commands.gaps_options import Printed
from api.gap_answers import Said
from api.organisations import is_organisation, near, node_under, plain_key
from api.served import Snapshot
from graph.gaps.scope import ScopeError
from graph.generation import DataFolder
from ingest.gap_answers import read
from visualisations.export import ExportError

_NEAR = 60.0  # how alike a key must be, 0 to 100, to be named


@dataclass(frozen=True)
class Desk:
    """One data folder, and what people said of pairs."""

    data: DataFolder
    snapshot: Snapshot
    said: Said

    @classmethod
    def open(cls, data: Path) -> Desk:
        """CommandError while there is no map."""
        folder = DataFolder(data)
        generation = folder.current()
        if generation is None:
            raise CommandError(f"{data} holds no map yet; run `cleantech ingest SOURCE` first")
        if generation.manifest.plain:
            raise CommandError(f"{data} is a bare store, which has no organisations that this program knows")
        snapshot = Snapshot.load(generation)
        return cls(folder, snapshot, Said.of(snapshot, read(folder)))

    def organisation(self, key: str) -> int:
        """The node id of an organisation by its key, or one that it had before, or its page (`/org/kth`); TypedError with what
        comes near."""
        key = plain_key(key)
        node = node_under(self.snapshot, key)
        if node is None:
            keys = enumerate(self.snapshot.columns.key_of)
            known = [one for number, one in keys if is_organisation(self.snapshot, number)]
            alike = [found for found, _, _ in extract(key, known, limit=5, score_cutoff=_NEAR)] or near(
                self.snapshot, key
            )
            hint = f"; did you mean {', '.join(alike)}?" if alike else ""
            raise TypedError(f"there is no organisation {key[:100]!r} on this map{hint}")
        if not is_organisation(self.snapshot, node):
            raise TypedError(f"{key} is no organisation, and only organisations work together")
        return node


@contextmanager
def told(command: str) -> Iterator[None]:
    """As `failure.told`, also for a scope that can be none (exit code 2) and a file that cannot be written."""
    with failure.told(f"gaps {command}"):
        try:
            yield
        except ScopeError as error:
            raise TypedError(f"--{error}") from error
        except ExportError as error:
            raise CommandError(str(error)) from error


def put(printed: Printed, content: bytes) -> None:
    """Write to the file that was named, or to standard output; ExportError."""
    path = target(printed.out or "-", printed.force)
    write(path, content)
    if path is not None:
        typer.echo(f"{path} ({len(content) / 1000:,.0f} kB)", err=True)


def as_json(answer: BaseModel) -> bytes:
    """As the HTTP interface gives it, a line each."""
    return answer.model_dump_json(by_alias=True, indent=1).encode() + b"\n"
