"""Inside the writer: apply one edit to the live store, whole or not at all, and write down what it changed."""

from __future__ import annotations

import contextlib
import gc
import os
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from graph.delta import Delta, graph_lines, lines
from graph.edits import Edits
from graph.guard import GuardError, Limits
from graph.undo import UndoError, everything, graph_names, taken_back
from graph.update_plain import plain
from graph.update_text import Update, read_update
from graph.writer_change import DATA, MARK, Change, TooLarge, delta_of_data, make, mark_quad
from graph.writer_documents import document, documents, syntax
from graph.writer_load import allowed, load, refused
from graph.writer_refusal import RefusedError
from graph.writer_rights import Rights, check_syntax, managed
from graph.writer_wire import Edit, Ground

_MISSING = re.compile(r"The graph <.*> does not exist", re.DOTALL)
_JOURNAL_OF_STORE = (
    256_000  # bytes of RocksDB's MANIFEST, which grows with each checkpoint and slows the opening of all
)
_AGAIN = 75  # EX_TEMPFAIL


def open_live(ground: Ground) -> Store:
    """The live store; made from the built one the first time, in one step."""
    edits = Edits(Path(ground.edits))
    if not edits.any:
        edits.path.mkdir(parents=True, exist_ok=True)
        draft = edits.path / "live.new"
        shutil.rmtree(draft, ignore_errors=True)
        Store.read_only(ground.store).backup(str(draft))
        draft.rename(edits.live)
    return Store(str(edits.live))


@dataclass
class LiveStore:
    """The store of the edits."""

    store: Store
    ground: Ground
    too_large: TooLarge = field(default_factory=TooLarge)

    def __post_init__(self) -> None:
        self.rights = Rights(self.ground.base)
        self.edits = Edits(Path(self.ground.edits))

    @property
    def mark(self) -> int:
        """The number of the last edit since the last checkpoint; 0 when there is none."""
        held = [quad.object for quad in self.store.quads_for_pattern(None, None, None, MARK)]
        return max((int(one.value) for one in held if isinstance(one, Literal)), default=0)

    def apply(self, number: int, edit: Edit) -> dict[str, Any]:
        """Apply; RefusedError when it may not or cannot be. The answer has `created`, and `added` and `removed` when known."""
        kept = self.edits.delta(number)
        kept.unlink(missing_ok=True)  # of an edit that had the number and was not applied
        try:
            return self._apply(number, edit, kept)
        except BaseException as error:
            if self.mark != number:
                kept.unlink(missing_ok=True)
            refusal = _as_sent(error, edit)
            if refusal is error:
                raise
            raise refusal from error

    def _apply(self, number: int, edit: Edit, kept: Path) -> dict[str, Any]:
        change = self._change(edit)
        if change.delta is not None:
            change.delta.write(kept)
        self.store.remove_graph(MARK)  # so that no update sees it
        if change.text is None and change.delta is not None:
            make(self.store, change.delta, number)
        else:
            mark = f"INSERT DATA {{ GRAPH {MARK} {{ {MARK} {MARK} {mark_quad(number).object} }} }}"
            self.store.update(f"{change.text}\n; {mark}", base_iri=edit.base)
        if list(self.store.quads_for_pattern(None, None, None, MARK)) != [mark_quad(number)]:
            raise OSError("the update has reached what belongs to the writer")
        delta = change.delta
        if change.watched is not None:
            with contextlib.suppress(Exception):  # whatever fails now: the edit stands, and is not known in detail
                delta = change.watched.delta(self.store)
                if delta is not None:
                    delta.write(kept)
        counts = {} if delta is None else {"added": len(delta.added), "removed": len(delta.removed)}
        return {"created": change.created} | counts

    def checkpoint(self, path: Path) -> None:
        """A copy for readers, without the mark, whole when it has its name."""
        self.store.remove_graph(MARK)
        self._renew()
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        self.store.backup(str(draft))
        draft.rename(path)

    def _renew(self) -> None:
        """Open the store anew when its own journal has grown: it begins again then."""
        live = self.edits.live
        if max((path.stat().st_size for path in live.glob("MANIFEST-*")), default=0) < _JOURNAL_OF_STORE:
            return
        del self.store  # gives its lock back …
        gc.collect()  # … also when the traceback of a refused edit refers to it, and to itself
        try:
            self.store = Store(str(live))
        except OSError:
            os._exit(_AGAIN)  # the next writer opens it, and makes the checkpoint that is waited for
        for old in live.glob("LOG.old.*"):
            old.unlink(missing_ok=True)

    def _change(self, edit: Edit) -> Change:
        match edit.kind:
            case "update":
                return self._update(edit)
            case "undo":
                return self._undo(edit)
            case "delete":
                return self._delete(edit)
            case _:
                return self._graph(edit)

    def _update(self, edit: Edit) -> Change:
        try:
            text = edit.body.decode("utf-8")
        except UnicodeDecodeError as error:
            raise RefusedError("syntax", f"The update is not UTF-8: byte {error.start} does not fit.") from error
        try:
            update = self._read(text)
            self.rights.check(update, edit)
            sources = self._sources(update, edit)
        except (GuardError, RefusedError, SyntaxError) as error:
            if isinstance(error, SyntaxError) or error.reason == "forbidden":  # a malformed update is told that it is
                check_syntax(text, edit.base)
            raise
        if any(sources):
            check_syntax(text, edit.base)  # before anything is fetched
        loads = [self._load(*source) if source else "INSERT DATA {}" for source in sources]
        written = update.render(edit.using, edit.using_named, loads=loads)
        if DATA.issuperset(operation.kind for operation in update.operations):
            named = set(self.rights.graphs(update, edit) or ())
            delta = delta_of_data(self.store, update, loads, edit.base, self.ground.undo_quads, named)
            return Change(None if delta is not None else written, delta)
        watched = self.too_large.watch(self.store, self.rights.graphs(update, edit), self.ground.undo_quads)
        return Change(written, watched=watched)

    def _read(self, text: str) -> Update:
        """As it is written anew for the engine; places in errors are those of the text that was sent."""
        limits = Limits(nesting=self.ground.nesting, operators=self.ground.operators)
        try:
            return read_update(plain(text), limits)
        except GuardError:
            read_update(text, limits)
            raise

    def _sources(self, update: Update, edit: Edit) -> list[tuple[str, str | None, bool] | None]:
        """For each LOAD the address, the graph and whether it is silent; None for a silent one that may not be."""
        found: list[tuple[str, str | None, bool] | None] = []
        for operation in update.operations:
            if operation.source is None:
                continue
            iri = self.rights.resolve(operation.source, operation.prologue, edit.base) or ""
            graph = self.rights.resolve(operation.targets[0].term, operation.prologue, edit.base)
            if allowed(iri, self.ground.load_from):
                found.append((iri, graph, operation.silent))
            elif operation.silent:  # SILENT: whatever fails is a success that does nothing (SPARQL 1.1 Update, 3.1.4)
                found.append(None)
            else:
                error = refused(iri, self.ground.load_from)
                error.line, error.column = update.place(operation.start)
                raise error
        return found

    def _load(self, iri: str, graph: str | None, silent: bool) -> str:
        """The document as an operation."""
        try:
            loaded = load(iri, self.ground.load_from, self.ground.load_bytes)
            try:
                found = document(loaded.media_type, loaded.body, loaded.base, self.ground.nesting)
            except RefusedError as error:
                place = "" if error.line is None else f"line {error.line}, column {error.column}: "
                raise RefusedError(error.reason, f"LOAD <{iri[:300]}>: {place}{error}") from error
        except RefusedError:
            if silent:
                return "INSERT DATA {}"
            raise
        held = b"\n".join(lines(found)).decode("utf-8")
        return f"INSERT DATA {{ {held if graph is None else f'GRAPH {NamedNode(graph)} {{ {held} }}'} }}"

    def _undo(self, edit: Edit) -> Change:
        if not edit.everything:
            undone = taken_back(self.store, self.edits, edit.undoes)
            if edit.prefix is not None:
                for graph in undone.graphs:
                    self.rights.may_write(graph, edit.prefix)
            return Change(None, undone)
        names = [None, *(graph for graph in graph_names(self.store) if graph != MARK.value)]
        ours = [graph for graph in names if not managed(graph, self.ground.base)]
        built = Store.read_only(self.ground.store)
        delta = everything(self.store, built, ours, self.ground.undo_quads)
        if delta is not None:
            return Change(None, delta)
        for graph in ours:
            if graph is not None and built.contains_named_graph(NamedNode(graph)):
                raise RefusedError("too-large", "The edits are too many to be taken back in one step.")
        return Change(
            "; ".join("DROP SILENT DEFAULT" if g is None else f"DROP SILENT GRAPH {NamedNode(g)}" for g in ours)
        )

    def _delete(self, edit: Edit) -> Change:
        self.rights.may_write(edit.graph, edit.prefix)
        held = graph_lines(self.store, edit.graph, self.ground.undo_quads)
        if edit.graph is None:
            return Change("DROP DEFAULT", None if held is None else Delta(removed=held))
        node = NamedNode(edit.graph)
        if not self.store.contains_named_graph(node):
            raise RefusedError("missing", f"There is no graph <{edit.graph}>.")
        return Change(f"DROP GRAPH {node}", None if held is None else Delta(removed=held, graphs_removed=[edit.graph]))

    def _graph(self, edit: Edit) -> Change:
        """A document in place of a graph, or added to it."""
        self.rights.may_write(edit.graph, edit.prefix)
        node = DefaultGraph() if edit.graph is None else NamedNode(edit.graph)
        known = isinstance(node, DefaultGraph) or self.store.contains_named_graph(node)
        found = documents(edit.media_type or "", edit.body, edit.base, self.ground.nesting)
        name = "DEFAULT" if edit.graph is None else f"GRAPH {node}"
        triples = b"\n".join(lines(found)).decode("utf-8")
        drop = f"DROP SILENT {name};" if edit.kind == "put" else ""
        create = "" if edit.graph is None else f"CREATE SILENT {name};"
        held = triples if edit.graph is None else f"{name} {{ {triples} }}"
        text = f"{drop} {create} INSERT DATA {{ {held} }}"
        delta = self._delta_of_graph(edit, node, found, [] if known or edit.graph is None else [edit.graph])
        # The engine renames the blank nodes of a text: the delta has those that are stored.
        # And where most of the graph stays, that is not written again.
        exact = delta is not None and (
            not delta.removed or any(b"_:" in line for line in delta.added) or _is_little(delta, len(found))
        )
        return Change(None if exact else text, delta, created=not known)

    def _delta_of_graph(
        self, edit: Edit, node: NamedNode | DefaultGraph, found: list[Quad], fresh: list[str]
    ) -> Delta | None:
        limit = self.ground.undo_quads
        wanted = {Quad(quad.subject, quad.predicate, quad.object, node) for quad in found}
        if len(wanted) > limit:
            return None
        if edit.kind == "post":
            return Delta(lines(quad for quad in wanted if quad not in self.store), (), fresh)
        before = graph_lines(self.store, edit.graph, limit)
        if before is None:
            return None
        after, was = set(lines(wanted)), set(before)
        return Delta(sorted(after - was), sorted(was - after), fresh)


def _is_little(delta: Delta, wanted: int) -> bool:
    """Whether most of a graph stays as it is: a quad of a known change takes 1.4 times as long as one that is written."""
    return len(delta.added) + len(delta.removed) < 2 * (wanted - len(delta.added))


def _as_sent(error: BaseException, edit: Edit) -> BaseException:
    """As `_refusal`, with the place in the text that was sent: the engine has read another one."""
    if isinstance(error, SyntaxError) and edit.kind == "update":
        try:
            check_syntax(edit.body.decode("utf-8"), edit.base)
        except RefusedError as refused_as_sent:
            return refused_as_sent
    return _refusal(error)


def _refusal(error: BaseException) -> BaseException:
    """What the web process is told of an error; what it cannot be told ends the writer."""
    match error:
        case GuardError():
            return RefusedError(error.reason, error.message, error.line, error.column)
        case SyntaxError():
            return syntax(error)
        case MemoryError():
            return RefusedError("too-large", "The edit needs more memory than it may use.")
        case UndoError():
            return RefusedError("evaluation", str(error))
        case OSError() | ValueError() | RuntimeError():
            return RefusedError("missing" if _MISSING.fullmatch(str(error)) else "evaluation", str(error))
        case _:
            return error
