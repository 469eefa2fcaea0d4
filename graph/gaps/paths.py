"""How two organisations hang together: the best chains of ties, each hop with its records, and who could introduce them.

The whole network of the scope is walked: its years, ties and sizes count, its technologies and regions do not.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

import numpy as np
from scipy.sparse.csgraph import connected_components

from graph.gaps.answer import Answer, Note
from graph.gaps.collaboration import Collaboration, Mask
from graph.gaps.coverage import absence, coverage
from graph.gaps.meetings import Hop, hop
from graph.gaps.routes import By, routes

_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class Path:
    """Node ids from one end to the other, and the ties between them. `strength` is 1 / sum(1/w), at most the weakest hop's."""

    nodes: tuple[int, ...]
    hops: tuple[Hop, ...]
    strength: float


@dataclass(frozen=True, slots=True)
class GoBetween:
    """A common partner (node id). `strength` is that of the weaker of its two ties."""

    actor: int
    strength: float
    to_a: Hop
    to_b: Hop


@dataclass(frozen=True, slots=True)
class Part:
    """What hangs together with an end (node id): `actors` organisations, and the node ids of the most active others."""

    end: int
    actors: int
    first: tuple[int, ...]


def parts(net: Collaboration, a: int, b: int, *, first: int = 3) -> tuple[Part, Part] | None:
    """The two parts of the network in which the ends are; None when a way joins them or an end has no ties."""
    if _unusable(net, a, b) is not None:
        return None
    _, label = connected_components(net.weights, directed=False)
    if label[_row(net, a)] == label[_row(net, b)]:
        return None

    def part(end: int) -> Part:
        row = _row(net, end)
        rows = np.flatnonzero(label == label[row])
        others = rows[rows != row]
        order = others[np.argsort(-net.strength[others], kind="stable")][:first]
        return Part(end, len(rows), tuple(int(net.nodes[one]) for one in order))

    return part(a), part(b)


def paths(net: Collaboration, a: int, b: int, *, k: int = 3, by: By = "shortest") -> tuple[Path, ...]:
    """The rows of `path_answer`."""
    return path_answer(net, a, b, k=k, by=by).rows


def path_answer(net: Collaboration, a: int, b: int, *, k: int = 3, by: By = "shortest") -> Answer[Path]:
    """Up to k chains between two node ids, different enough to be of use (see `graph.gaps.routes`), or why there is none."""
    empty = _unusable(net, a, b)
    found: list[Path] = []
    if empty is None:
        weights = net.weights
        weights.sort_indices()
        found = [_path(net, route) for route in routes(weights, _row(net, a), _row(net, b), k, by)]
        if not found:
            empty = Note("no-path", {}, {"a": (a,), "b": (b,)})
    return _answer(net, (a, b), found, len(found), empty)


def go_betweens(net: Collaboration, a: int, b: int, *, limit: int = 10) -> Answer[GoBetween]:
    """Who has worked with both, by the weaker of its two ties: who could introduce them."""
    empty = _unusable(net, a, b)
    found: list[GoBetween] = []
    total = 0
    if empty is None:
        one, other = _row(net, a), _row(net, b)
        weaker = net.weights[[one]].minimum(net.weights[[other]]).tocoo()
        order = np.lexsort((weaker.coords[1], -weaker.data))
        total = len(order)
        for place in order[:limit]:
            row = int(weaker.coords[1][place])
            found.append(
                GoBetween(int(net.nodes[row]), float(weaker.data[place]), hop(net, one, row), hop(net, row, other))
            )
        if not found:
            empty = Note("no-common-partner", {}, {"a": (a,), "b": (b,)})
    return _answer(net, (a, b), found, total, empty)


def _path(net: Collaboration, route: tuple[int, ...]) -> Path:
    hops = tuple(hop(net, one, other) for one, other in pairwise(route))
    strength = 1.0 / sum(1.0 / held.strength for held in hops)
    return Path(tuple(int(net.nodes[row]) for row in route), hops, strength)


def _unusable(net: Collaboration, a: int, b: int) -> Note | None:
    """Why nothing can hang together here."""
    for end in (a, b):
        if _row(net, end) < 0:
            return Note("no-organisation", {"node": str(end)})
    if _row(net, a) == _row(net, b):
        return Note("same-ends", {}, {"a": (a,)})
    for end in (a, b):
        if not net.strength[_row(net, end)]:
            return Note("end-without-ties", {}, {"a": (end,)})
    return None


def _row(net: Collaboration, node: int) -> int:
    """The row that speaks for a node: with roll-up that of its group; -1 when it is no organisation."""
    row = int(net.row_of[node]) if 0 <= node < len(net.row_of) else -1
    return int(net.owner[row]) if row >= 0 and net.scope.rollup else row


def _answer(
    net: Collaboration, ends: tuple[int, int], rows: list[_Row], total: int, empty: Note | None
) -> Answer[_Row]:
    mask: Mask = np.zeros(len(net.nodes), dtype=bool)
    mask[[row for end in ends if (row := _row(net, end)) >= 0]] = True
    held = coverage(net, mask)
    return Answer(net.scope, held, tuple(rows), total, (absence(held),), empty)
