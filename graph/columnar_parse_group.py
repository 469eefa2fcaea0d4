"""Groups of the subset: triples and what may stand among them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from graph.columnar_parse_expression import constraint, expression
from graph.columnar_syntax import (
    Bind,
    Const,
    Element,
    Exists,
    Filter,
    Group,
    Minus,
    Node,
    Optional,
    Select,
    SubSelect,
    Triple,
    Union,
    Values,
    Var,
    aggregates,
)
from graph.columnar_tokens import Tokens, unread
from graph.rdf import RDF

_TYPE = b"<" + RDF.encode() + b"type"


class Groups:
    """Reads groups; `select` reads a SELECT, for those in braces."""

    def __init__(self, tokens: Tokens, select: Callable[[], Select]) -> None:
        self._tokens = tokens
        self._select = select
        self._hidden = count()

    def group(self) -> Group:
        """A group in braces."""
        tokens = self._tokens
        tokens.need("{")
        if tokens.word == "SELECT":
            inner = SubSelect(self._select())
            tokens.need("}")
            return Group((inner,))
        elements: list[Element] = []
        while not tokens.take("}"):
            if tokens.kind in {"variable", "iri", "name"}:
                self._triples(elements)
                if not tokens.take(".") and tokens.kind in {"variable", "iri", "name"}:
                    unread()
                continue
            elements.append(self._element(elements))
            tokens.take(".")
        return Group(tuple(elements))

    def template(self) -> tuple[tuple[Node, bytes, Node], ...]:
        """The triples of a CONSTRUCT."""
        group = self.group()
        plain = [one for one in group.elements if isinstance(one, Triple) and not one.closure]
        hidden = any(name.startswith(" ") for name in group.names())
        if len(plain) != len(group.elements) or hidden or not plain:
            unread()
        return tuple((one.subject, one.predicate, one.object) for one in plain)

    def _element(self, before: list[Element]) -> Element:
        tokens = self._tokens
        if tokens.word == "{":
            return self._union()
        if tokens.take("OPTIONAL"):
            return Optional(self.group())
        if tokens.take("MINUS"):
            return Minus(self.group())
        if tokens.take("FILTER"):
            return self._filter()
        if tokens.take("VALUES"):
            return self._values()
        if tokens.take("BIND"):
            return self._bind(before)
        return unread()

    def _union(self) -> Element:
        branches = [self.group()]
        while self._tokens.take("UNION"):
            branches.append(self.group())
        first = branches[0].elements
        if len(branches) == 1 and len(first) == 1 and isinstance(first[0], SubSelect):
            return first[0]
        return Union(tuple(branches))

    def _filter(self) -> Element:
        negated = self._tokens.take("NOT")
        if self._tokens.take("EXISTS"):
            return Exists(self.group(), negated)
        if negated:
            unread()
        test = constraint(self._tokens)
        return Filter(test) if not aggregates(test) else unread()

    def _bind(self, before: list[Element]) -> Element:
        tokens = self._tokens
        tokens.need("(")
        said = expression(tokens)
        tokens.need("AS")
        name = tokens.variable()
        tokens.need(")")
        if aggregates(said) or name in Group(tuple(before)).names():
            unread()
        return Bind(said, name)

    def _values(self) -> Element:
        tokens = self._tokens
        single = tokens.kind == "variable"
        names: list[str] = []
        if single:
            names.append(tokens.variable())
        else:
            tokens.need("(")
            while not tokens.take(")"):
                names.append(tokens.variable())
        if not names or len(set(names)) < len(names):
            unread()
        tokens.need("{")
        rows: list[tuple[bytes, ...]] = []
        while not tokens.take("}"):
            if not single:
                tokens.need("(")
            rows.append(tuple(tokens.term() for _ in names))
            if not single:
                tokens.need(")")
        return Values(tuple(names), tuple(rows))

    def _triples(self, into: list[Element]) -> None:
        """A subject with its predicates and objects."""
        tokens = self._tokens
        subject = self._node()
        while True:
            path = self._path()
            while True:
                self._walk(subject, path, self._node(), into)
                if not tokens.take(","):
                    break
            if not tokens.take(";"):
                return
            if tokens.kind not in {"iri", "name"} and tokens.word not in {"A", "("}:
                unread()

    def _node(self) -> Node:
        return Var(self._tokens.variable()) if self._tokens.kind == "variable" else Const(self._tokens.term())

    def _path(self) -> list[tuple[bytes, str]]:
        """The steps of a sequence, each with its closure."""
        tokens, steps = self._tokens, []
        while True:
            if tokens.kind == "word" and tokens.text == "a":
                tokens.take("A")
                step = _TYPE
            else:
                step = b"<" + tokens.iri().encode("ascii")
            closure = tokens.word if tokens.word in {"*", "+"} else ""
            if closure:
                tokens.take(closure)
            steps.append((step, closure))
            if not tokens.take("/"):
                return steps

    def _walk(self, start: Node, path: list[tuple[bytes, str]], end: Node, into: list[Element]) -> None:
        for step, closure in path[:-1]:
            between = Var(f" {next(self._hidden)}")
            into.append(Triple(start, step, between, closure))
            start = between
        into.append(Triple(start, *_turned(path[-1], end)))


def _turned(step: tuple[bytes, str], end: Node) -> tuple[bytes, Node, str]:
    return step[0], end, step[1]
