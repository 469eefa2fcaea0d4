"""Inside the writer: apply one edit to the live store, whole or not at all, and say which graphs it may touch."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pyoxigraph import DefaultGraph, Literal, NamedNode, QuerySolutions, RdfFormat, Store, Triple, parse, serialize

from graph.edits import Edits
from graph.guard import GuardError, Limits
from graph.update_text import Target, Update, first_operation, read_update
from graph.writer_parts import MULTIPART, parts
from graph.writer_refusal import RefusedError
from graph.writer_wire import Edit, Ground

MARK = NamedNode(
    "urn:cleantech-kg:writer"
)  # one quad in the live store, never in a checkpoint: the number of the last edit
_FORMATS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
}
_NUMBERED = re.compile(r"line (\d+)(?: column | between columns )(\d+)")
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_MISSING = re.compile(r"The graph <.*> does not exist", re.DOTALL)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_DOCTYPE = re.compile(rb"<!\s*DOCTYPE", re.IGNORECASE)


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
    """The store of the edits. `base` is that of the managed graphs; None when every graph may be written."""

    store: Store
    ground: Ground
    resolved: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def mark(self) -> int:
        """The number of the last edit since the last checkpoint; 0 when there is none."""
        held = [quad.object for quad in self.store.quads_for_pattern(None, None, None, MARK)]
        return max((int(one.value) for one in held if isinstance(one, Literal)), default=0)

    def apply(self, number: int, edit: Edit) -> dict[str, Any]:
        """Apply; RefusedError when it may not or cannot be. The header of the answer has `created` for put and post."""
        try:
            if edit.kind == "update":
                text, created = self._update(edit), False
            else:
                text, created = self._graph(edit)
            self.store.remove_graph(MARK)  # so that no update sees it
            mark = f"INSERT DATA {{ GRAPH {MARK} {{ {MARK} {MARK} {Literal(number)} }} }}"
            self.store.update(f"{text}\n; {mark}", base_iri=edit.base)
        except GuardError as error:
            raise RefusedError(error.reason, error.message, error.line, error.column) from error
        except SyntaxError as error:
            raise _syntax(error) from error
        except MemoryError as error:
            raise RefusedError("too-large", "The edit needs more memory than it may use.") from error
        except (OSError, ValueError, RuntimeError) as error:
            reason = "missing" if _MISSING.fullmatch(str(error)) else "evaluation"
            raise RefusedError(reason, str(error)) from error
        return {"created": created}

    def checkpoint(self, path: Path) -> None:
        """A copy for readers, without the mark, whole when it has its name."""
        self.store.remove_graph(MARK)
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        self.store.backup(str(draft))
        draft.rename(path)

    def _update(self, edit: Edit) -> str:
        try:
            text = edit.body.decode("utf-8")
        except UnicodeDecodeError as error:
            raise RefusedError("syntax", f"The update is not UTF-8: byte {error.start} does not fit.") from error
        try:
            update = read_update(text, Limits(nesting=self.ground.nesting, operators=self.ground.operators))
            self._check(update, edit)
        except (GuardError, RefusedError) as error:
            if error.reason == "forbidden":  # a malformed update is told that it is
                check_syntax(text, edit.base)
            raise
        written = update.using(edit.using, edit.using_named)
        return f"{written}\n INSERT DATA {{}}" if update.ended else written

    def _check(self, update: Update, edit: Edit) -> None:
        for operation in update.operations:
            for target in operation.targets:
                if target.every:
                    if self.ground.base is not None or edit.prefix is not None:
                        message = (
                            "Name the graphs to write: a variable, ALL or NAMED would reach graphs that may not be."
                        )
                        raise RefusedError("forbidden", message)
                    continue
                self._may_write(self._resolve(target, operation.prologue, edit.base), edit.prefix)

    def _resolve(self, target: Target, prologue: str, base: str | None) -> str | None:
        """The IRI of a target, as the engine reads it."""
        if target.term is None:
            return None
        if (prologue, target.term) not in self.resolved:
            rows = Store().query(f"{prologue} SELECT ({target.term} AS ?g) {{}}", base_iri=base)
            graph = next(rows)[0] if isinstance(rows, QuerySolutions) else None
            if not isinstance(graph, NamedNode):
                raise RefusedError("syntax", f"{target.term[:100]} names no graph.")
            self.resolved = {(prologue, target.term): graph.value}
        return self.resolved[prologue, target.term]

    def _may_write(self, graph: str | None, prefix: str | None) -> None:
        base = self.ground.base
        if graph == MARK.value:
            raise RefusedError("forbidden", f"{MARK} belongs to the writer.")
        if base is not None and (graph is None or graph.startswith(f"{base}graph/")):
            name = "the default graph" if graph is None else f"<{graph}>"
            message = f"{name} is made by ingest and may not be written; write to a graph of your own instead."
            raise RefusedError("forbidden", message[0].upper() + message[1:])
        if prefix is not None and (graph is None or not graph.startswith(prefix)):
            raise RefusedError("forbidden", f"The key may write graphs below {prefix} only.")

    def _graph(self, edit: Edit) -> tuple[str, bool]:
        """A Graph Store request as one update, so that it is applied whole or not at all."""
        self._may_write(edit.graph, edit.prefix)
        node = DefaultGraph() if edit.graph is None else NamedNode(edit.graph)
        known = edit.graph is None or self.store.contains_named_graph(node)
        name = "DEFAULT" if edit.graph is None else f"GRAPH {node}"
        if edit.kind == "delete":
            if not known:
                raise RefusedError("missing", f"There is no graph <{edit.graph}>.")
            return f"DROP {name}", False
        lines = triples(edit)
        held = lines if edit.graph is None else f"{name} {{ {lines} }}"
        drop = f"DROP SILENT {name};" if edit.kind == "put" else ""
        create = "" if edit.graph is None else f"CREATE SILENT {name};"
        return f"{drop} {create} INSERT DATA {{ {held} }}", not known


def triples(edit: Edit) -> str:
    """The triples of a body, or of all its parts, as N-Triples, with fresh blank nodes."""
    media_type = edit.media_type or ""
    if not media_type.startswith(MULTIPART):
        return _triples(media_type, edit.body, edit.base)
    found = []
    for number, part in enumerate(parts(media_type, edit.body), 1):
        try:
            found.append(_triples(part.media_type, part.body, edit.base))
        except (SyntaxError, RefusedError) as error:
            refused = _syntax(error) if isinstance(error, SyntaxError) else error
            raise RefusedError(refused.reason, f"Part {number}: {refused}", refused.line, refused.column) from error
    return "".join(found)


def _triples(media_type: str, body: bytes, base: str | None) -> str:
    form = _FORMATS.get(media_type)
    if form is None:
        raise RefusedError("media", f"A graph can be sent as {', '.join(_FORMATS)}.")
    if form == RdfFormat.RDF_XML and (_DOCTYPE.search(body) or b"\0" in body[:4] or body[:2] in _UTF_16):
        raise RefusedError("syntax", "RDF/XML is read in UTF-8 and without a DOCTYPE.")
    quads = parse(body, format=form, base_iri=base, without_named_graphs=True, rename_blank_nodes=True)
    found = (Triple(quad.subject, quad.predicate, quad.object) for quad in quads)
    return (serialize(found, format=RdfFormat.N_TRIPLES) or b"").decode("utf-8")


def check_syntax(text: str, base: str | None) -> None:
    """RefusedError when the engine cannot read the update, of which nothing is done: its first operation must fail."""
    fails, start = f"DROP GRAPH {MARK}; ", first_operation(text)
    try:
        Store().update(f"{text[:start]}{fails}{text[start:]}", base_iri=base)
    except SyntaxError as error:
        refused = _syntax(error)
        if refused.line == text.count("\n", 0, start) + 1 and refused.column is not None:
            refused.column -= len(fails)
        raise refused from error
    except RuntimeError:
        return


def _syntax(error: SyntaxError) -> RefusedError:
    text = str(error.msg or error)
    match = _PLACE.fullmatch(text)
    if match:
        return RefusedError("syntax", match[3][:300], int(match[1]), int(match[2]))
    numbered = _NUMBERED.search(text)
    line, column = (int(numbered[1]), int(numbered[2])) if numbered else (error.lineno, error.offset)
    return RefusedError("syntax", text[:300], line, column)
