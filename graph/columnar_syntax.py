"""What a query of the subset says, once it has been read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Var:
    """A variable. Those that the query has no name for begin with a space."""

    name: str


@dataclass(frozen=True, slots=True)
class Const:
    """A term, by its key (see graph.columnar_terms)."""

    key: bytes


Node: TypeAlias = Var | Const


@dataclass(frozen=True, slots=True)
class Call:
    """An operator or function on expressions."""

    name: str
    args: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Aggregate:
    """COUNT and its like; `argument` None is `*`."""

    function: str
    argument: str | None
    distinct: bool


Expression: TypeAlias = Var | Const | Call | Aggregate


@dataclass(frozen=True, slots=True)
class Triple:
    """A pattern. `closure`: how often the predicate is walked, `*`, `+` or "" for once."""

    subject: Node
    predicate: bytes
    object: Node
    closure: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """FILTER of an expression."""

    test: Expression


@dataclass(frozen=True, slots=True)
class Exists:
    """FILTER EXISTS, or NOT EXISTS."""

    group: Group
    negated: bool


@dataclass(frozen=True, slots=True)
class Optional:
    """OPTIONAL."""

    group: Group


@dataclass(frozen=True, slots=True)
class Minus:
    """MINUS."""

    group: Group


@dataclass(frozen=True, slots=True)
class Union:
    """UNION; of one branch: a group in braces."""

    branches: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Bind:
    """BIND."""

    expression: Expression
    name: str


@dataclass(frozen=True, slots=True)
class Values:
    """VALUES without UNDEF."""

    names: tuple[str, ...]
    rows: tuple[tuple[bytes, ...], ...]


@dataclass(frozen=True, slots=True)
class SubSelect:
    """A SELECT in braces."""

    select: Select


Element: TypeAlias = Triple | Filter | Exists | Optional | Minus | Union | Bind | Values | SubSelect


@dataclass(frozen=True, slots=True)
class Group:
    """What stands between braces."""

    elements: tuple[Element, ...]
    _held: frozenset[str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_held", frozenset().union(*map(names_of, self.elements)))

    def names(self) -> frozenset[str]:
        """The variables in scope."""
        return self._held


@dataclass(frozen=True, slots=True)
class Select:
    """A table: `columns` are names and how to compute them (None: from the pattern)."""

    columns: tuple[tuple[str, Expression | None], ...]
    where: Group
    distinct: bool = False
    grouped: tuple[str, ...] | None = None  # () without GROUP BY, when there are aggregates
    having: tuple[Expression, ...] = ()
    order: tuple[tuple[Expression, bool], ...] = ()  # True: descending
    limit: int | None = None
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Construct:
    """A graph: the template for each solution of the table."""

    template: tuple[tuple[Node, bytes, Node], ...]
    select: Select
    prefixes: Mapping[str, str] = field(default_factory=dict)


Query: TypeAlias = Select | Construct


def names_of(element: Element) -> frozenset[str]:
    """The variables that one element brings into scope."""
    match element:
        case Triple():
            return frozenset(end.name for end in (element.subject, element.object) if isinstance(end, Var))
        case Optional():
            return element.group.names()
        case Union():
            return frozenset().union(*(branch.names() for branch in element.branches))
        case Bind():
            return frozenset([element.name])
        case Values():
            return frozenset(element.names)
        case SubSelect():
            return frozenset(name for name, _ in element.select.columns)
        case _:
            return frozenset()


def used(expression: Expression) -> set[str]:
    """The variables of an expression."""
    match expression:
        case Var():
            return {expression.name}
        case Call():
            return set().union(*(used(part) for part in expression.args))
        case Aggregate():
            return set() if expression.argument is None else {expression.argument}
        case _:
            return set()


def aggregates(expression: Expression) -> list[Aggregate]:
    """The aggregates of an expression."""
    match expression:
        case Aggregate():
            return [expression]
        case Call():
            return [found for part in expression.args for found in aggregates(part)]
        case _:
            return []
