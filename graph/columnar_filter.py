"""Conditions on whole columns, where their answer does not depend on rules of types that the engine alone knows."""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from graph.columnar_parse_expression import COMPARISONS
from graph.columnar_syntax import Call, Const, Expression, Var
from graph.columnar_table import LeaveError, Table, distinct_ids
from graph.columnar_terms import BLANK, DATE, DECIMAL, INTEGER, IRI, NO_NUMBER, STRING, Ids, Mask, Terms
from graph.columnar_text import contained, language, text_kinds

_OPERATORS: Final[dict[str, Callable[[Any, Any], Mask]]] = {
    "=": operator.eq, "!=": operator.ne, "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge,
}  # fmt: skip
_THINGS: Final = {IRI, BLANK}
_COUNTED: Final = {INTEGER, DECIMAL}


@dataclass(frozen=True, slots=True)
class Truth:
    """For each row whether the condition holds and whether it is an error."""

    holds: Mask
    error: Mask


class Conditions:
    """Evaluates conditions on a table."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms

    def rows(self, table: Table, test: Expression) -> Mask:
        """The rows that a FILTER keeps."""
        if not table.count:
            return np.zeros(0, np.bool_)
        truth = self._truth(table, test)
        return truth.holds & ~truth.error

    def _truth(self, table: Table, test: Expression) -> Truth:
        if not isinstance(test, Call):
            raise LeaveError
        if test.name in COMPARISONS:
            return self._compare(table, test)
        match test.name:
            case "!":
                inner = self._truth(table, test.args[0])
                return Truth(~inner.holds, inner.error)
            case "&&" | "||":
                return _both(self._truth(table, test.args[0]), self._truth(table, test.args[1]), test.name == "&&")
            case "BOUND":
                return _sure(self._ids(table, test.args[0]) >= 0)
            case "CONTAINS" | "STRSTARTS" | "STRENDS" | "REGEX":
                return self._text(table, test)
        raise LeaveError

    def _ids(self, table: Table, said: Expression) -> Ids:
        if isinstance(said, Var):
            return table.column(said.name)
        if isinstance(said, Const):
            return np.full(table.count, self._terms.number(said.key), np.int32)
        raise LeaveError

    def _compare(self, table: Table, test: Call) -> Truth:
        left, right = test.args
        if isinstance(left, Call) and left.name == "LANG":
            return self._language(table, left, right, test.name)
        one, other = self._ids(table, left), self._ids(table, right)
        error = (one < 0) | (other < 0)
        if error.all():
            return Truth(~error, error)
        compare = _OPERATORS[test.name]
        first, second = self._terms.kinds(one), self._terms.kinds(other)
        kinds = first | second
        if kinds <= _COUNTED:
            mine, theirs = self._terms.numbers(one), self._terms.numbers(other)
            if ((mine == NO_NUMBER) | (theirs == NO_NUMBER))[~error].any():
                raise LeaveError
            return Truth(compare(mine, theirs), error)
        alike = kinds <= {STRING} or kinds <= {DATE}
        if test.name in {"=", "!="}:
            if alike or first <= _THINGS or second <= _THINGS or kinds <= text_kinds(self._terms.base):
                return Truth(compare(one, other), error)
        elif alike:
            return Truth(compare(self._terms.ranks(one), self._terms.ranks(other)), error)
        raise LeaveError

    def _language(self, table: Table, asked: Call, wanted: Expression, sign: str) -> Truth:
        """LANG(?x) = "tag"."""
        if not (isinstance(wanted, Const) and wanted.key[:2] == b'"\0' and sign in {"=", "!="}):
            raise LeaveError
        ids = self._ids(table, asked.args[0])
        if (ids >= len(self._terms.base)).any():
            raise LeaveError
        tags = np.array([language(start) == wanted.key[2:] for start in self._terms.base.headers])
        kinds = self._terms.base.kinds[ids]
        holds = tags[kinds]
        return Truth(holds if sign == "=" else ~holds, (ids < 0) | (kinds == IRI) | (kinds == BLANK))

    def _text(self, table: Table, test: Call) -> Truth:
        ids = np.asarray(self._ids(table, _subject(test.args[0])))
        found, places = distinct_ids(ids, len(self._terms))
        self._check_kinds(test.args[0], self._terms.kinds(found))
        return Truth(contained(self._terms, found, test)[places], ids < 0)

    def _check_kinds(self, said: Expression, kinds: Collection[int]) -> None:
        """Texts only; by STR whatever is no blank node."""
        texts = text_kinds(self._terms.base)
        inner = said.args[0] if isinstance(said, Call) and said.name == "LCASE" else said
        if not (set(kinds) <= texts or (isinstance(inner, Call) and BLANK not in kinds)):
            raise LeaveError


def _subject(said: Expression) -> Expression:
    """The variable in ?x, STR(?x), LCASE(?x) or LCASE(STR(?x))."""
    for name in ("LCASE", "STR"):
        if isinstance(said, Call) and said.name == name:
            said = said.args[0]
    if not isinstance(said, Var):
        raise LeaveError
    return said


def _sure(holds: Mask) -> Truth:
    return Truth(holds, np.zeros(len(holds), np.bool_))


def _both(one: Truth, other: Truth, every: bool) -> Truth:
    """`&&` or `||`: an error on one side does not matter when the other decides."""
    if every:
        decided = (~one.holds & ~one.error) | (~other.holds & ~other.error)
        return Truth(one.holds & other.holds & ~decided, (one.error | other.error) & ~decided)
    decided = (one.holds & ~one.error) | (other.holds & ~other.error)
    return Truth(decided, (one.error | other.error) & ~decided)
