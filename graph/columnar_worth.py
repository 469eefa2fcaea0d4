"""Whether the columns are likely to be quicker than the engine: small questions are not worth their fixed costs.

The guess follows the sizes of what the query asks for through its groups. Measured in microseconds: the engine needs
about one for each solution on the way, the columns some tens for each step whatever its size.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from graph.columnar_match import Matcher
from graph.columnar_syntax import Bind, Element, Exists, Filter, Group, Minus, Optional, Select, SubSelect, Triple, Union, Values

_START: Final = 130.0  # to read the query and to write an answer of nothing
_STEP: Final = 45.0
_MARGIN: Final = 1.2
_ROW, _ENGINE_ROW = 0.04, 1.0  # for each solution and step
_CELL, _ENGINE_CELL = 0.4, 1.2  # for each term that is written
_MOST: Final = 1e12


@dataclass(slots=True)
class _Guess:
    """Solutions, and what they cost on the way."""

    rows: float = 1.0
    work: float = 0.0
    steps: int = 0


def worth(matcher: Matcher, select: Select) -> bool:
    """Whether to try the columns."""
    engine, columns = costs(matcher, select)
    return engine > columns * _MARGIN


def costs(matcher: Matcher, select: Select) -> tuple[float, float]:
    """Microseconds of the engine and of the columns, as a guess."""
    guess = _Guess()
    _group(matcher, select.where, guess, set())
    rows, work, steps = guess.rows, guess.work, guess.steps
    if select.grouped is not None:
        steps += 2 + len(select.columns)
        work += rows * (1 + len(select.columns))
        rows = rows**0.5 if select.grouped else 1.0
    steps += len(select.order) + select.distinct
    engine = work
    if select.limit is not None:
        kept = min(rows, select.limit + select.offset)
        if select.grouped is None and not select.order:
            engine *= kept / max(rows, 1.0)  # it stops when it has enough
        rows = kept
    cells = rows * len(select.columns)
    return (
        engine * _ENGINE_ROW + cells * _ENGINE_CELL,
        _START + steps * _STEP + work * _ROW + cells * _CELL,
    )


def _group(matcher: Matcher, group: Group, guess: _Guess, bound: set[str]) -> None:
    waiting = [one for one in group.elements if isinstance(one, Triple)]
    for one in group.elements:
        if isinstance(one, Values):
            _element(matcher, one, guess, bound)
            bound |= set(one.names)
    while waiting:
        best = matcher.narrowest(waiting, bound)
        waiting.remove(best)
        grown = min(guess.rows * min(matcher.growth(best, bound), 1e6), _MOST)
        guess.work = min(guess.work + max(grown, guess.rows), _MOST)
        guess.rows, guess.steps = grown, guess.steps + 1
        bound |= Group((best,)).names()
    for one in group.elements:
        if not isinstance(one, Triple | Values):
            _element(matcher, one, guess, bound)
            bound |= Group((one,)).names()


def _element(matcher: Matcher, one: Element, guess: _Guess, bound: set[str]) -> None:
    guess.steps += 1
    match one:
        case Values():
            guess.rows *= len(one.rows)
        case Filter() | Bind():
            guess.work += guess.rows
        case Optional() | Minus() | Exists():
            inner = _Guess(guess.rows)
            _group(matcher, one.group, inner, set(bound))
            guess.work, guess.steps = guess.work + inner.work, guess.steps + inner.steps
            guess.rows = max(guess.rows, inner.rows) if isinstance(one, Optional) else guess.rows
        case Union():
            branches = [_Guess(guess.rows) for _ in one.branches]
            for branch, inner in zip(one.branches, branches, strict=True):
                _group(matcher, branch, inner, set(bound))
            guess.work += sum(inner.work for inner in branches)
            guess.steps += sum(inner.steps for inner in branches)
            guess.rows = sum(inner.rows for inner in branches)
        case SubSelect():
            inner = _Guess()
            _group(matcher, one.select.where, inner, set())
            shared = bound & {name for name, _ in one.select.columns}
            guess.rows = max(guess.rows, inner.rows) if shared else min(guess.rows * inner.rows, _MOST)
            guess.work += inner.work + guess.rows
            guess.steps += inner.steps + 2
