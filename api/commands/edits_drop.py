"""Take edits back: through the server that runs on the data folder, or with a writer of our own when none does."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
from pyoxigraph import Store

from api.answers.edits import UndoOut
from api.commands.failure import CommandError
from api.local import LocalDoor, find_server
from api.settings import Settings
from graph.delta import Delta, lines
from graph.edits import Edits
from graph.edits_shared import WritingRight
from graph.generation import DataFolder, Generation
from graph.overlay import Overlay
from graph.undo import taken_back
from graph.writer import Edit, Outcome, Writer

_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which edits; `everything`: whatever stands."""

    numbers: tuple[int, ...]
    everything: bool = False


def preview(generation: Generation, wanted: Wanted) -> Iterator[str]:
    """What would change, as lines of N-Quads with + or - before them; a graph that comes or goes as a comment."""
    edits = Edits.of(generation.path)
    if wanted.everything:
        overlay = Overlay.of(generation)
        delta = Delta(lines(overlay.removed), lines(overlay.added), (), [str(graph)[1:-1] for graph in overlay.graphs])
    else:
        latest = edits.latest()
        delta = taken_back(Store.read_only(str(latest or generation.store)), edits, wanted.numbers)
    yield from (f"- {line.decode()}" for line in delta.removed)
    yield from (f"+ {line.decode()}" for line in delta.added)
    yield from (f"# - graph <{graph}>" for graph in delta.graphs_removed)
    yield from (f"# + graph <{graph}>" for graph in delta.graphs_added)


def drop_edits(data: DataFolder, generation: Generation, wanted: Wanted) -> UndoOut:
    """Take them back and wait for the disk; CommandError or GraphError when that cannot be."""
    try:
        door = find_server(data.path)
    except PermissionError as error:
        raise CommandError("the server on this data folder belongs to somebody else; ask with a key") from error
    told = None if door is None else _ask(door, wanted)
    if told is not None:
        return told
    edit = Edit("undo", b"", undoes=wanted.numbers, everything=wanted.everything)
    done = asyncio.run(_write(data, generation, edit))
    return UndoOut(number=done.number, undoes=list(done.undoes), added=done.added, removed=done.removed)


def _ask(door: LocalDoor, wanted: Wanted) -> UndoOut | None:
    """None when nobody listens there: another process has got the number of a server that was killed."""
    query: list[tuple[str, str | int | float | bool | None]] = [("number", number) for number in wanted.numbers]
    query += [("all", "true")] if wanted.everything else []
    headers = {"Authorization": f"Bearer {door.token}"}
    try:
        with httpx.Client(trust_env=False, timeout=_SECONDS) as client:  # it is this machine: no proxy
            answer = client.delete(
                f"{door.url}/api/v1/edits", params=httpx.QueryParams([*query, ("durable", "true")]), headers=headers
            )
    except httpx.ConnectError:
        return None
    except httpx.HTTPError as error:
        raise CommandError(
            f"the server at {door.url} does not answer ({type(error).__name__}); end it, or try again"
        ) from error
    if answer.status_code != httpx.codes.OK:
        held = answer.headers.get("content-type", "").startswith("application/problem+json")
        raise CommandError(answer.json()["detail"] if held else f"the server answers {answer.status_code}")
    return UndoOut.model_validate_json(answer.content)


async def _write(data: DataFolder, generation: Generation, edit: Edit) -> Outcome:
    async def nobody_reads(checkpoint: Path, _: int) -> set[Path]:
        return {checkpoint}

    right = WritingRight(data.path)
    if not right.take():
        raise CommandError("a server writes in this data folder and cannot be asked; end it, or try again")
    writer = Writer(data, generation, nobody_reads, Settings(data=data.path).writer_limits)
    try:
        await writer.open()
        return await writer.write(edit, "local", durable=True)
    finally:
        await writer.close()
        right.give_back()
