"""The best ways through a network of ties, by layers of hops.

At most one hop more than the fewest possible, so that no way crosses itself (a loop costs two) and no chain of strong ties
grows longer than anybody would walk.
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heappop, heappush
from itertools import count
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

Floats = npt.NDArray[np.float64]
Route = tuple[int, ...]
By = Literal["shortest", "strongest"]

_ONE_HOP_MORE = 1
_SHARED = 1000.0  # dearer than any number of hops


def routes(weights: csr_array, a: int, b: int, k: int, by: By) -> list[Route]:
    """Up to k routes from row a to row b; none when they hang apart.

    shortest: by hops, then by strength; strongest: by strength, 1 / sum(1/w). After the first, each shares as few rows
    between the ends as it can with those before it, and among these is the best. Even ones in the order of rows.
    """
    fewest = hops_between(weights, a, b)
    if fewest is None or a == b:
        return []
    most = fewest + _ONE_HOP_MORE
    cost = _cost(weights, most, by)
    toll = np.zeros(weights.shape[0])
    found: list[Route] = []
    while len(found) < k:
        ahead = _ahead(weights, cost, toll, b, most)
        fresh = next((route for route in _best_first(weights, cost, toll, a, b, ahead) if route not in found), None)
        if fresh is None:
            break
        found.append(fresh)
        toll[list(fresh[1:-1])] = _SHARED
    return found


def hops_between(weights: csr_array, a: int, b: int) -> int | None:
    """The fewest hops from a to b; None when there is no way."""
    seen = np.zeros(weights.shape[0], dtype=bool)
    seen[a] = True
    edge = np.array([a])
    steps = 0
    while len(edge):
        if seen[b]:
            return steps
        around = np.unique(weights[edge].indices)
        edge = around[~seen[around]]
        seen[edge] = True
        steps += 1
    return None


def _cost(weights: csr_array, most: int, by: By) -> Floats:
    """The cost of each tie: 1/w, scaled so that a whole route costs less than one; and one for the hop."""
    weak = 1.0 / weights.data
    weak /= weak.max() * (most + 1)
    return np.asarray(weak + 1.0 if by == "shortest" else weak, dtype=np.float64)


def _ahead(weights: csr_array, cost: Floats, toll: Floats, b: int, most: int) -> list[Floats]:
    """The least cost from each row to b in at most 0, 1, ... most hops."""
    layer = np.full(weights.shape[0], np.inf)
    layer[b] = 0.0
    rows = np.flatnonzero(np.diff(weights.indptr))
    starts = weights.indptr[:-1][rows]
    layers = [layer]
    for _ in range(most):
        through = cost + (layers[-1] + toll)[weights.indices]
        layer = layers[-1].copy()
        layer[rows] = np.minimum(layer[rows], np.minimum.reduceat(through, starts))
        layers.append(layer)
    return layers


def _best_first(weights: csr_array, cost: Floats, toll: Floats, a: int, b: int, ahead: list[Floats]) -> Iterator[Route]:
    """Routes in the order of their cost. What lies ahead is known exactly, so that no step is taken in vain."""
    turn = count()
    heap: list[tuple[float, Route, int, float, Iterator[tuple[float, float, int]]]] = []

    def step(route: Route, spent: float) -> None:
        left = len(ahead) - len(route)
        if left > 0:
            push(route, _next_steps(weights, cost, toll, route[-1], spent, ahead[left - 1], route))

    def push(route: Route, onward: Iterator[tuple[float, float, int]]) -> None:
        best = next(onward, None)
        if best is not None:
            whole, spent, row = best
            heappush(heap, (whole, (*route, row), next(turn), spent, onward))

    step((a,), 0.0)
    while heap:
        _, route, _, spent, onward = heappop(heap)
        push(route[:-1], onward)
        if route[-1] == b:
            yield route
        else:
            step(route, spent)


def _next_steps(
    weights: csr_array, cost: Floats, toll: Floats, row: int, spent: float, ahead: Floats, gone: Route
) -> Iterator[tuple[float, float, int]]:
    """Whole cost, cost so far and row of each next step from which the end can be reached, cheapest first."""
    part = slice(weights.indptr[row], weights.indptr[row + 1])
    around = weights.indices[part]
    so_far = spent + cost[part] + toll[around]
    whole = so_far + ahead[around]
    order = np.lexsort((around, whole))
    for place in order:
        if not np.isfinite(whole[place]):
            return
        if int(around[place]) not in gone:
            yield float(whole[place]), float(so_far[place]), int(around[place])
