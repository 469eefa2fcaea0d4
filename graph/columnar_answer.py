"""One query answered from the columns, as far as it is one of theirs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from graph.columnar_draw import GRAPHS, Drawn, drawn
from graph.columnar_index import Columns
from graph.columnar_match import Matcher
from graph.columnar_parse import parse
from graph.columnar_select import Selects
from graph.columnar_syntax import Construct
from graph.columnar_table import Table
from graph.columnar_terms import Terms
from graph.columnar_worth import worth
from graph.columnar_write import TABLES, write


class Found(Protocol):
    """An answer that is yet to be written."""

    @property
    def rows(self) -> int:
        """How many solutions or triples."""
        ...

    @property
    def unit(self) -> str:
        """What `rows` counts."""
        ...

    def written(self, media_type: str, prefixes: Mapping[str, str]) -> bytes:
        """The whole answer in that format; LeaveError when only the engine writes one of its terms."""
        ...


@dataclass(frozen=True, slots=True)
class Tabled:
    """Solutions."""

    names: tuple[str, ...]
    table: Table
    terms: Terms
    unit: str = "rows"

    @property
    def rows(self) -> int:
        """How many."""
        return self.table.count

    def written(self, media_type: str, _: Mapping[str, str]) -> bytes:
        """See Found."""
        return write(self.table, self.names, media_type, self.terms)


def find(columns: Columns, text: str, media_type: str, *, always: bool = False) -> Tabled | Drawn | None:
    """The answer; None or LeaveError where the engine must answer, or would be quicker (unless `always`)."""
    if media_type not in TABLES and media_type not in GRAPHS:
        return None
    read = parse(text)
    if read is None or isinstance(read, Construct) != (media_type in GRAPHS):
        return None
    terms = Terms(columns.terms)
    select = read.select if isinstance(read, Construct) else read
    matcher = Matcher(columns, terms)
    if not always and not worth(matcher, select):
        return None
    table = Selects(matcher, terms).table(select)
    if isinstance(read, Construct):
        return drawn(terms, table, read.template)
    return Tabled(tuple(name for name, _ in read.columns), table, terms)
