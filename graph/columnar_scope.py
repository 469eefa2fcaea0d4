"""Which variables a group binds, mentions, or binds whatever happens."""

from __future__ import annotations

from graph.columnar_syntax import (
    Aggregate,
    Bind,
    Const,
    Element,
    Exists,
    Filter,
    Group,
    Minus,
    Optional,
    SubSelect,
    Triple,
    Union,
    Values,
    names_of,
    used,
)


def all_names(group: Group) -> set[str]:
    """All variables of a group, those of its filters included; of a SELECT in braces those that leave it."""
    names = set(group.names())
    for one in group.elements:
        match one:
            case Filter():
                names |= used(one.test)
            case Bind():
                names |= used(one.expression)
            case Exists() | Minus() | Optional():
                names |= all_names(one.group)
            case Union():
                names |= set().union(*(all_names(branch) for branch in one.branches))
    return names


def certain(group: Group) -> set[str]:
    """Variables that are bound in every solution of the group, as far as can be told from the text."""
    return set().union(*(_certain(one) for one in group.elements))


def plain(group: Group) -> bool:
    """Whether the group is made of triples, filters, VALUES and unions of these."""
    for one in group.elements:
        match one:
            case Triple() | Filter() | Values():
                pass
            case Union():
                if not all(plain(branch) for branch in one.branches):
                    return False
            case _:
                return False
    return True


def _certain(one: Element) -> set[str]:
    match one:
        case Triple() | Values():
            return set(names_of(one))
        case Union():
            return set.intersection(*(certain(branch) for branch in one.branches))
        case Bind() if isinstance(one.expression, Const):
            return {one.name}
        case SubSelect():
            inner = certain(one.select.where)
            return {
                name
                for name, said in one.select.columns
                if (said is None and name in inner) or (isinstance(said, Aggregate) and said.function == "COUNT")
            }
    return set()
