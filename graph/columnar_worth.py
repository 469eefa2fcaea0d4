"""Whether the columns are likely to be quicker than the engine: small questions are not worth their fixed costs.

The guess follows the sizes of what the query asks for through its groups. In microseconds, as measured: the engine needs
more than one to look a solution up and less than one to find another, the columns some tens for each step of any size.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from graph.columnar_match import Matcher
from graph.columnar_syntax import (
    Bind,
    Element,
    Exists,
    Filter,
    Group,
    Minus,
    Optional,
    Select,
    SubSelect,
    Triple,
    Union,
    Values,
    names_of,
)

_START: Final = 130.0  # to read the query and to write an answer of nothing
_STEP: Final = 45.0
_MARGIN: Final = 1.1
_ROW, _CONSTANT, _CELL = 0.04, 5.0, 0.8  # for each solution and step, term of VALUES, term that is written
_LOOK, _SCAN, _ENGINE_CELL = 1.5, 0.3, 1.5  # for each solution looked up, found, and term written
_MOST: Final = 1e12


@dataclass(slots=True)
class _Guess:
    """Solutions, and what they cost on the way; `fixed` for the columns in any case."""

    rows: float = 1.0
    engine: float = 0.0
    work: float = 0.0
    fixed: float = 0.0

    def go_on(self, rows: float, looked: float) -> None:
        """A step to so many solutions; as many were looked up for it."""
        self.engine = min(self.engine + looked * _LOOK + rows * _SCAN, _MOST)
        self.work = min(self.work + max(rows, self.rows), _MOST)
        self.fixed += _STEP
        self.rows = min(rows, _MOST)

    def add(self, inner: _Guess) -> None:
        """What another one costs."""
        self.engine, self.work, self.fixed = (
            self.engine + inner.engine,
            self.work + inner.work,
            self.fixed + inner.fixed,
        )


def worth(matcher: Matcher, select: Select) -> bool:
    """Whether to try the columns."""
    engine, columns = costs(matcher, select)
    return engine > columns * _MARGIN


def costs(matcher: Matcher, select: Select) -> tuple[float, float]:
    """Microseconds of the engine and of the columns, as a guess."""
    guess = _Guess()
    _group(matcher, select.where, guess, set())
    if select.grouped is not None:
        for _ in range(1 + len(select.columns)):
            guess.go_on(guess.rows, 0)
        guess.rows = guess.rows**0.5 if select.grouped else 1.0
    guess.fixed += _STEP * (len(select.order) + select.distinct)
    if select.limit is not None:
        kept = min(guess.rows, select.limit + select.offset)
        if select.grouped is None and not select.order:
            guess.engine *= kept / max(guess.rows, 1.0)  # it stops when it has enough
        guess.rows = kept
    cells = guess.rows * len(select.columns)
    return guess.engine + cells * _ENGINE_CELL, _START + guess.fixed + guess.work * _ROW + cells * _CELL


def _group(matcher: Matcher, group: Group, guess: _Guess, bound: set[str]) -> None:
    waiting = [one for one in group.elements if isinstance(one, Triple)]
    for one in group.elements:
        if isinstance(one, Values):
            _element(matcher, one, guess, bound)
            bound |= set(one.names)
    while waiting:
        best = matcher.narrowest(waiting, bound)
        waiting.remove(best)
        guess.go_on(guess.rows * min(matcher.growth(best, bound), 1e9), guess.rows)
        bound |= names_of(best)
    for one in group.elements:
        if not isinstance(one, Triple | Values):
            _element(matcher, one, guess, bound)
            bound |= names_of(one)


def _element(matcher: Matcher, one: Element, guess: _Guess, bound: set[str]) -> None:
    match one:
        case Values():
            guess.rows *= len(one.rows)
            guess.fixed += len(one.rows) * len(one.names) * _CONSTANT
        case Filter() | Bind():
            guess.go_on(guess.rows, 0)
        case Optional() | Minus() | Exists():
            inner = _Guess(guess.rows)
            _group(matcher, one.group, inner, set(bound))
            guess.add(inner)
            guess.fixed += _STEP
            guess.rows = max(guess.rows, inner.rows) if isinstance(one, Optional) else guess.rows
        case Union():
            branches = [_Guess(guess.rows) for _ in one.branches]
            for branch, inner in zip(one.branches, branches, strict=True):
                _group(matcher, branch, inner, set(bound))
                guess.add(inner)
            guess.rows = sum(inner.rows for inner in branches)
        case SubSelect():
            inner = _Guess()
            _group(matcher, one.select.where, inner, set())
            shared = bound & {name for name, _ in one.select.columns}
            guess.add(inner)
            guess.go_on(max(guess.rows, inner.rows) if shared else guess.rows * inner.rows, 0)
