"""The track record: what the score would have foretold, had it been asked before a year that is past.

Trained on what began before the cut; a hit is a pair of organisations known by then that had never met and meets in a
project that begins in the window. Definition and results: docs/explanation/gaps.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.columns import Columns
from graph.gaps.backtest_measures import Measured, measured
from graph.gaps.backtest_methods import methods
from graph.gaps.backtest_split import split
from graph.gaps.scope import Scope

_PROJECTS = Scope(ties=("project",))


@dataclass(frozen=True, slots=True)
class Backtest:
    """One cut. `known`: organisations; `first`: pairs that met for the first time in the window, `small` of them in
    projects of at most 10 partners. `rows`: one method each, ours last."""

    cut: int
    window: int
    known: int
    first: int
    small: int
    rows: tuple[Measured, ...]


def backtest(
    columns: Columns,
    cut: int,
    *,
    window: int = 2,
    things: Sequence[int] | None = None,
    scope: Scope = _PROJECTS,
    least: int = 1,
    only: Sequence[str] = (),
) -> Backtest:
    """Train on what began before `cut`, look at `window` years from then on.

    `things`: node ids of the efforts that train and test are about (None = all); `least`: organisations with fewer
    occasions before the cut are left out; `only`: the methods to run (none = all).
    """
    held = split(columns, cut, window=window, things=things, scope=scope, least=least)
    chosen = {name: method for name, method in methods(held).items() if not only or name in only}
    rows = tuple(measured(name, method, held) for name, method in chosen.items())
    return Backtest(cut, window, len(held.known), held.first.nnz // 2, held.small.nnz // 2, rows)
