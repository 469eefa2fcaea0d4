"""A query as the columns understand it, or None: whatever is not certain to be read as the engine reads it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from graph.columnar_parse_expression import AGGREGATES, constraint, expression
from graph.columnar_parse_group import Groups
from graph.columnar_syntax import Aggregate, Construct, Expression, Query, Select, Var, aggregates, used
from graph.columnar_tokens import Tokens, UnreadError, unread

_ABROAD: Final = re.compile(
    r"(?<![?$:/#\w])(?:GRAPH|DESCRIBE|ASK|SERVICE)\b"
)  # a quick look: the reading refuses them, too
_LONGEST: Final = 20_000


def parse(text: str) -> Query | None:
    """What the query says; None when it is none of the subset."""
    if len(text) > _LONGEST or _ABROAD.search(text):
        return None
    try:
        return _Reading(text).query()
    except (UnreadError, RecursionError):
        return None


class _Reading:
    def __init__(self, text: str) -> None:
        self._tokens = Tokens(text)
        self._groups = Groups(self._tokens, self._select)

    def query(self) -> Query:
        tokens = self._tokens
        while tokens.take("PREFIX"):
            name = tokens.next("name")
            if name[-1] != ":" or name.count(":") > 1 or tokens.kind != "iri":
                unread()
            tokens.prefixes[name[:-1]] = tokens.iri()
        read: Query = self._select() if tokens.word == "SELECT" else self._construct()
        return read if tokens.kind == "end" else unread()

    def _construct(self) -> Construct:
        tokens = self._tokens
        tokens.need("CONSTRUCT")
        template = self._groups.template()
        tokens.take("WHERE")
        where = self._groups.group()
        names = sorted({end.name for one in template for end in (one[0], one[2]) if isinstance(end, Var)})
        if not where.names().issuperset(names):
            unread()
        select = self._modified(Select(tuple((name, None) for name in names), where))
        return Construct(template, select) if select.grouped is None else unread()

    def _select(self) -> Select:
        tokens = self._tokens
        tokens.need("SELECT")
        distinct = tokens.take("DISTINCT")
        columns: list[tuple[str, Expression | None]] = []
        while tokens.word not in {"WHERE", "{"}:
            columns.append(self._column())
        if not columns or len({name for name, _ in columns}) < len(columns):
            unread()
        tokens.take("WHERE")
        return _checked(self._modified(Select(tuple(columns), self._groups.group(), distinct)))

    def _column(self) -> tuple[str, Expression | None]:
        tokens = self._tokens
        if tokens.kind == "variable":
            return tokens.variable(), None
        tokens.need("(")
        said = expression(tokens)
        tokens.need("AS")
        name = tokens.variable()
        tokens.need(")")
        return name, said

    def _modified(self, select: Select) -> Select:
        tokens = self._tokens
        if tokens.take("GROUP"):
            tokens.need("BY")
            names = [tokens.variable()]
            while tokens.kind == "variable":
                names.append(tokens.variable())
            select = replace(select, grouped=tuple(names))
        if tokens.take("HAVING"):
            select = replace(select, having=(constraint(tokens),))
        if tokens.take("ORDER"):
            tokens.need("BY")
            order = [self._ordered()]
            while tokens.kind == "variable" or tokens.word in {"ASC", "DESC"}:
                order.append(self._ordered())
            select = replace(select, order=tuple(order))
        cuts = ["LIMIT", "OFFSET"] if tokens.word == "LIMIT" else ["OFFSET", "LIMIT"]
        for cut in cuts:
            if tokens.take(cut):
                number = tokens.count()
                select = replace(select, limit=number) if cut == "LIMIT" else replace(select, offset=number)
        return select

    def _ordered(self) -> tuple[Expression, bool]:
        tokens = self._tokens
        if tokens.kind == "variable":
            return Var(tokens.variable()), False
        down = tokens.take("DESC")
        if not down:
            tokens.need("ASC")
        tokens.need("(")
        said: Expression = expression(tokens) if tokens.word in AGGREGATES else Var(tokens.variable())
        tokens.need(")")
        return said, down


def _checked(select: Select) -> Select:
    """With `grouped` set when there are aggregates; UnreadError for what the engine refuses or we do not do."""
    computed = [said for _, said in select.columns if said is not None]
    every = [*computed, *select.having, *(said for said, _ in select.order)]
    found = [one for said in every for one in aggregates(said)]
    if found and select.grouped is None:
        select = replace(select, grouped=())
    scope, fresh = select.where.names(), {name for name, said in select.columns if said is not None}
    if fresh & scope or any(name not in scope for one in found for name in used(one)):
        unread()
    inside = scope if select.grouped is None else set(select.grouped)
    if not inside <= scope or any(said is None and name not in inside for name, said in select.columns):
        unread()
    if (select.having and select.grouped is None) or any(
        not _bare(said) <= inside for said in (*computed, *select.having)
    ):
        unread()
    if any(not _bare(said) <= inside | fresh for said, _ in select.order):
        unread()
    return select


def _bare(said: Expression) -> set[str]:
    """The variables outside of aggregates."""
    return (
        set()
        if isinstance(said, Aggregate)
        else used(said)
        if not aggregates(said)
        else set().union(*(_bare(part) for part in getattr(said, "args", ())))
    )
