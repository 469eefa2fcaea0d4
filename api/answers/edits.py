"""The edits of the current generation: who wrote what, what it changed and whether it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from api.models import Model
from graph.undo import Told


class EditOut(Model):
    """One edit. `added` and `removed` count quads (null: nobody knows); `undone_by` is the edit that took it back.

    `undoable` is for one that stands: false when only all edits together can be taken back; null when it is undone.
    """

    number: int
    time: str
    key: str
    kind: str
    graph: str | None
    text: str | None
    sha256: str | None
    added: int | None
    removed: int | None
    undoes: list[int]
    state: Literal["stands", "undone"]
    undone_by: int | None
    undoable: bool | None


class EditsOut(Model):
    """A page of edits, the newest first; `total` counts all. `next` is the address of the next page."""

    total: int
    edits: list[EditOut]
    next: str | None


class UndoOut(Model):
    """What an undo did: `number` is its own, for it is an edit, too."""

    number: int
    undoes: list[int]
    added: int | None
    removed: int | None


def edit_out(told: Told) -> EditOut:
    """As it is told over HTTP and on the command line."""
    entry = told.entry
    return EditOut(
        number=entry.number,
        time=entry.time,
        key=entry.key,
        kind=entry.kind,
        graph=entry.graph,
        text=entry.text,
        sha256=entry.sha256,
        added=entry.added,
        removed=entry.removed,
        undoes=list(entry.undoes),
        state="stands" if told.undone_by is None else "undone",
        undone_by=told.undone_by,
        undoable=told.undoable if told.undone_by is None else None,
    )


def page_of(edits: Sequence[Told], limit: int, before: int | None, path: str) -> EditsOut:
    """At most `limit` edits with a number below `before`, the newest first."""
    wanted = [told for told in reversed(edits) if before is None or told.entry.number < before]
    held = wanted[:limit]
    more = len(wanted) > len(held)
    following = f"{path}?limit={limit}&before={held[-1].entry.number}" if more and held else None
    return EditsOut(total=len(edits), edits=[edit_out(told) for told in held], next=following)
