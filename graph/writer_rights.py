"""Inside the writer: which graphs an edit may write, judged before the engine runs."""

from __future__ import annotations

from dataclasses import dataclass, field

from pyoxigraph import NamedNode, QuerySolutions, Store

from graph.update_text import Update, first_operation
from graph.writer_change import MARK
from graph.writer_documents import syntax
from graph.writer_refusal import RefusedError
from graph.writer_wire import Edit

_REMEMBERED = 1_000  # names of graphs


@dataclass
class Rights:
    """`base` is that of the managed graphs; None when every graph may be written."""

    base: str | None
    resolved: dict[tuple[str, str], str] = field(default_factory=dict)

    def check(self, update: Update, edit: Edit) -> None:
        """RefusedError when the update may write a graph that it may not."""
        for operation in update.operations:
            for target in operation.targets:
                if not target.every:
                    self.may_write(self.resolve(target.term, operation.prologue, edit.base), edit.prefix)
                elif self.base is not None or edit.prefix is not None:
                    message = "Name the graphs to write: a variable, ALL or NAMED would reach graphs that may not be."
                    raise RefusedError("forbidden", message)

    def graphs(self, update: Update, edit: Edit) -> list[str | None] | None:
        """The graphs that the update writes (None in the list: the default graph); None when only the engine knows."""
        found: dict[str | None, None] = {}
        for operation in update.operations:
            for target in operation.targets:
                if target.every:
                    return None
                found[self.resolve(target.term, operation.prologue, edit.base)] = None
        return list(found)

    def resolve(self, term: str | None, prologue: str, base: str | None) -> str | None:
        """The IRI of a term of the text, as the engine reads it."""
        if term is None:
            return None
        if (prologue, term) not in self.resolved:
            rows = Store().query(f"{prologue} SELECT ({term} AS ?g) {{}}", base_iri=base)
            graph = next(rows)[0] if isinstance(rows, QuerySolutions) else None
            if not isinstance(graph, NamedNode):
                raise RefusedError("syntax", f"{term[:100]} names no graph.")
            if len(self.resolved) >= _REMEMBERED:
                self.resolved.clear()
            self.resolved[prologue, term] = graph.value
        return self.resolved[prologue, term]

    def may_write(self, graph: str | None, prefix: str | None) -> None:
        """RefusedError when the graph is managed, or not below the prefix of the key."""
        if graph == MARK.value:
            raise RefusedError("forbidden", f"{MARK} belongs to the writer.")
        if managed(graph, self.base):
            name = "the default graph" if graph is None else f"<{graph}>"
            message = f"{name} is made by ingest and may not be written; write to a graph of your own instead."
            raise RefusedError("forbidden", message[0].upper() + message[1:])
        if prefix is not None and (graph is None or not graph.startswith(prefix)):
            raise RefusedError("forbidden", f"The key may write graphs below {prefix} only.")


def managed(graph: str | None, base: str | None) -> bool:
    """Whether ingest makes the graph; None is the default graph."""
    return base is not None and (graph is None or graph.startswith(f"{base}graph/"))


def check_syntax(text: str, base: str | None) -> None:
    """RefusedError when the engine cannot read the update, of which nothing is done: its first operation must fail."""
    fails, start = f"DROP GRAPH {MARK}; ", first_operation(text)
    try:
        Store().update(f"{text[:start]}{fails}{text[start:]}", base_iri=base)
    except SyntaxError as error:
        refused = syntax(error)
        if refused.line == text.count("\n", 0, start) + 1 and refused.column is not None:
            refused.column -= len(fails)
        raise refused from error
    except RuntimeError:
        return
