"""Taking edits back: which can be, what of them stands, and what an undo changes in the store as it is now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Self

from pyoxigraph import NamedNode, Quad, Store

from graph.delta import Delta, graph_lines, lines, quads
from graph.edits import Edits, JournalEntry
from graph.errors import GraphError


class UndoError(GraphError):
    """Edits cannot be taken back. `reason`: missing, done (already taken back) or unknown (nobody knows what it changed)."""

    def __init__(self, reason: Literal["missing", "done", "unknown"], message: str) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Told:
    """An edit and what became of it: `undone_by` is the undo that took it back and stands; `undoable`: it can be alone."""

    entry: JournalEntry
    undone_by: int | None
    undoable: bool


@dataclass(frozen=True, slots=True)
class History:
    """All edits, oldest first."""

    edits: Sequence[Told]

    @classmethod
    def of(cls, entries: Iterable[JournalEntry], deltas: Collection[int]) -> Self:
        """From the journal and the numbers of the edits of which a delta is kept."""
        held, undone = [], dict[int, int]()
        for entry in reversed(list(entries)):
            by = undone.get(entry.number)
            if by is None:
                undone |= {number: entry.number for number in entry.undoes if number not in undone}
            held.append(Told(entry, by, by is None and entry.number in deltas))
        return cls(held[::-1])

    @classmethod
    def read(cls, edits: Edits) -> Self:
        """As it is on the disk."""
        return cls.of(edits.journal(), kept_deltas(edits))

    def check(self, numbers: Iterable[int]) -> None:
        """UndoError when one of the edits cannot be taken back by itself."""
        known = {told.entry.number: told for told in self.edits}
        for number in numbers:
            told = known.get(number)
            if told is None:
                raise UndoError("missing", f"There is no edit {number}.")
            if told.undone_by is not None:
                raise UndoError("done", f"Edit {number} is taken back already, by edit {told.undone_by}.")
            if not told.undoable:
                said = f"Edit {number} cannot be taken back alone: it changed too much, or a kill came between."
                raise UndoError("unknown", f"{said} All edits together can be.")

    @property
    def standing(self) -> list[int]:
        """The numbers of the edits that are not taken back; undos are not among them."""
        return [told.entry.number for told in self.edits if told.undone_by is None and told.entry.kind != "undo"]


def kept_deltas(edits: Edits) -> set[int]:
    """The numbers of the edits of which a delta is kept."""
    folder = edits.deltas
    names = (path.name.removesuffix(".gz") for path in folder.iterdir()) if folder.is_dir() else ()
    return {int(name) for name in names if name.isdecimal()}


def taken_back(store: Store, edits: Edits, numbers: Iterable[int]) -> Delta:
    """What changes when the edits are taken back, the newest first; only quads that are not so already."""
    wanted: dict[Quad, bool] = {}
    graphs: dict[str, bool] = {}
    for number in sorted(set(numbers), reverse=True):
        try:
            delta = Delta.read(edits.delta(number))
        except (OSError, ValueError, EOFError) as error:
            raise UndoError("unknown", f"What edit {number} changed cannot be read.") from error
        wanted |= dict.fromkeys(quads(delta.added), False) | dict.fromkeys(quads(delta.removed), True)
        graphs |= dict.fromkeys(delta.graphs_added, False) | dict.fromkeys(delta.graphs_removed, True)
    removed = {quad for quad, there in wanted.items() if not there and quad in store}
    added = [quad for quad, there in wanted.items() if there and quad not in store]
    filled = {quad.graph_name for quad in added}
    names = {graph: NamedNode(graph) for graph in graphs}
    fresh = [graph for graph, node in names.items() if graphs[graph] and not store.contains_named_graph(node)]
    empty = [
        graph
        for graph, node in names.items()
        if not graphs[graph]
        and node not in filled
        and store.contains_named_graph(node)
        and all(quad in removed for quad in store.quads_for_pattern(None, None, None, node))
    ]
    return Delta(lines(added), lines(removed), fresh, empty)


def everything(store: Store, built: Store, ours: Iterable[str | None], limit: int) -> Delta | None:
    """What changes when the graphs `ours` become those of the build again; None above `limit` quads."""
    added: set[bytes] = set()
    removed: set[bytes] = set()
    gone = []
    for graph in ours:
        is_, was = graph_lines(store, graph, limit - len(removed)), graph_lines(built, graph, limit)
        if is_ is None or was is None:
            return None
        added |= set(was) - set(is_)
        removed |= set(is_) - set(was)
        if graph is not None and not built.contains_named_graph(NamedNode(graph)):
            gone.append(graph)
    return Delta(sorted(added), sorted(removed), (), gone)


def graph_names(store: Store) -> list[str]:
    """The named graphs of a store."""
    return [graph.value for graph in store.named_graphs() if isinstance(graph, NamedNode)]
