"""One question answered from the columns, or None."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from graph.columnar_index import Columns
from graph.columnar_parse import parse
from graph.columnar_select import Selects
from graph.columnar_syntax import Const, Construct, Node, Query, Select
from graph.columnar_table import LeaveError, Table
from graph.columnar_terms import IRI, Terms, header, value
from graph.columnar_write import write

__all__ = ["Columns", "Drawn", "Tabled", "answer_query"]


@dataclass(frozen=True, slots=True)
class Tabled:
    """Solutions, ready to be written."""

    names: tuple[str, ...]
    table: Table
    terms: Terms

    @property
    def rows(self) -> int:
        """How many solutions."""
        return self.table.count

    def written(self, media_type: str) -> bytes:
        """In that format; LeaveError when only the engine writes it."""
        return write(self.table, self.names, media_type, self.terms)


def answer_query(columns: Columns, text: str) -> Tabled | None:
    read = parse(text)
    if read is None or isinstance(read, Construct):
        return None
    terms = Terms(columns.terms)
    try:
        return Tabled(tuple(name for name, _ in read.columns), Selects(columns, terms).table(read), terms)
    except (LeaveError, MemoryError):
        return None
