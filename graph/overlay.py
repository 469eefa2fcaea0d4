"""What edits changed against the built store, and how it is carried into the next generation."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from pyoxigraph import BlankNode, NamedNode, Quad, Store

from graph.edits import Edits, edits_lock
from graph.errors import DataFolderError, StoreError
from graph.generation import DataFolder, Generation

_WAIT = 120.0  # seconds that a build waits for an edit under way


@dataclass(frozen=True, slots=True)
class Overlay:
    """Quads, and empty graphs, that edits added to the built store or took from it."""

    added: Sequence[Quad]
    removed: Sequence[Quad]
    graphs: Sequence[NamedNode | BlankNode] = ()

    @classmethod
    def of(cls, generation: Generation) -> Overlay:
        """Compare the newest checkpoint, which holds every acknowledged edit, with the built store."""
        latest = Edits.of(generation.path).latest()
        if latest is None:
            return cls((), ())
        try:
            built, edited = Store.read_only(str(generation.store)), Store.read_only(str(latest))
            added = [quad for quad in edited if quad not in built]
            removed = [quad for quad in built if quad not in edited]
            graphs = [graph for graph in edited.named_graphs() if not built.contains_named_graph(graph)]
        except OSError as error:
            raise StoreError(f"the edits of generation {generation.number} cannot be read: {error}") from error
        return cls(added, removed, graphs)

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.graphs)


def sound(data: DataFolder) -> Generation | None:
    """The published generation; None when there is none, or a damaged one without edits, which a build replaces.

    DataFolderError when a damaged one holds edits: they cannot be told from the build and would be lost.
    """
    try:
        return data.current()
    except DataFolderError as error:
        number = data.current_number()
        if not Edits.of(data.generations / str(number)).any:
            return None
        raise DataFolderError(f"{error}; it holds edits: restore it, or ingest with --drop-edits") from error


@contextmanager
def carried(data: DataFolder, generation: Generation) -> Iterator[Overlay]:
    """Carry the edits of the current generation into `generation`, which is built and not yet published.

    Nobody can edit until the block is left: publish inside it. Gives what was carried.
    """
    with edits_lock(data.path, seconds=_WAIT):
        current = sound(data)
        overlay = Overlay((), ()) if current is None else Overlay.of(current)
        if current is not None and (overlay or Edits.of(current.path).any):  # what was taken back can come again
            _write(overlay, Edits.of(current.path), generation)
        yield overlay


def _write(overlay: Overlay, before: Edits, generation: Generation) -> None:
    after = Edits.of(generation.path)
    shutil.rmtree(after.path, ignore_errors=True)
    after.path.mkdir(parents=True)
    try:
        draft = after.path / "live.new"
        Store.read_only(str(generation.store)).backup(str(draft))
        store = Store(str(draft))
        for graph in overlay.graphs:
            store.add_graph(graph)
        store.extend(overlay.added)
        for quad in overlay.removed:
            store.remove(quad)
        store.flush()
        first = after.checkpoint(1)
        first.parent.mkdir()
        store.backup(str(first))
        del store
        draft.rename(after.live)
    except OSError as error:
        raise StoreError(f"the edits cannot be carried into generation {generation.number}: {error}") from error
    if before.deltas.is_dir():
        shutil.copytree(before.deltas, after.deltas, copy_function=os.link)  # a delta is never changed
    after.write_down(before.journal(), durable=True)
