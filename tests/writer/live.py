"""A live store of our own, without processes around it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, NamedNode, Quad, Store

from graph.writer_change import MARK
from graph.writer_store import LiveStore, open_live
from graph.writer_wire import Edit, Ground

State = tuple[set[Quad], set[NamedNode | BlankNode]]


class Live:
    """Applies edits, one after the other."""

    def __init__(self, folder: Path, **ground: Any) -> None:  # noqa: ANN401 - the fields of Ground
        Store(str(folder / "built")).flush()
        held = Ground(str(folder / "built"), str(folder / "edits"), None, **ground)
        self.store = LiveStore(open_live(held), held)
        self.number = 0

    def edit(self, edit: Edit) -> dict[str, Any]:
        self.number += 1
        return self.store.apply(self.number, edit)

    def update(self, text: str) -> dict[str, Any]:
        return self.edit(Edit("update", text.encode()))

    def undo(self, *numbers: int) -> dict[str, Any]:
        return self.edit(Edit("undo", b"", undoes=numbers))

    @property
    def state(self) -> State:
        """All quads, blank nodes under their names, and all graphs."""
        quads = {quad for quad in self.store.store if quad.graph_name != MARK}
        return quads, {graph for graph in self.store.store.named_graphs() if graph != MARK}
