"""Which groups hang together through one broker: the share of their two-step paths that it holds, and what is lost without it.

Two who work together need no broker, so a path of two steps counts between those without a tie of their own.
"""

from __future__ import annotations

from math import sqrt

import numpy as np
import polars as pl
from scipy.sparse import csr_array

from graph.gaps.answer import Answer, Note, Proof
from graph.gaps.blocs import Blocs, By, blocs
from graph.gaps.collaboration import Collaboration, Floats, Ints
from graph.gaps.coverage import absence, coverage
from graph.gaps.detours import LARGEST, Detours
from graph.gaps.field import Field, field, nothing
from graph.gaps.meetings import columns_of, proof
from graph.gaps.rows import Dependence

FEWEST = 5  # actors on each side; a corporate group is one
_SHOWN = 3  # records of the broker's meetings with each side
_CHUNK = 2_000


def brokers(net: Collaboration, *, limit: int = 50, by: By = "type") -> Answer[Dependence]:
    """Pairs of groups of the scope, the most dependent first: by the share of pairs that lose each other, then of paths.

    Groups are the types of actors, in each region that the scope names (`by` region: in each that there is). Between groups
    of fewer than 5 nothing is said. `lost` and `pairs` are None beyond 3,000 actors with ties.
    """
    held = field(net)
    covered = coverage(net, held.mask)
    notes = [absence(covered)]
    empty = nothing(held)
    if empty is not None:
        return Answer(net.scope, covered, (), 0, tuple(notes), empty)
    groups = blocs(held, by)
    pairs = groups.pairs()
    large = [(a, b) for a, b in pairs if min(groups.heads[a], groups.heads[b]) >= FEWEST]
    found = _found(held, groups, large)
    if len(large) < len(pairs):
        notes.append(Note("few-in-group", {"pairs": len(pairs) - len(large), "fewest": FEWEST}))
    if found and found[0].lost is None:
        notes.append(Note("loss-not-counted", {"actors": int((held.degree > 0).sum()), "most": LARGEST}))
    if not found:
        empty = Note("no-broker", {"pairs": len(large), "fewest": FEWEST})
    rows = tuple(_with_proofs(held, groups, row) for row in found[:limit])
    return Answer(net.scope, covered, rows, len(found), tuple(notes), empty)


def _found(held: Field, groups: Blocs, pairs: list[tuple[int, int]]) -> list[Dependence]:
    """All pairs with a path of two steps, the worst first, still without proofs."""
    detours = Detours(held.links) if int((held.degree > 0).sum()) <= LARGEST else None
    beside = held.links @ groups.indicator
    found: list[tuple[tuple[float, float], Dependence]] = []
    of_first: dict[int, list[int]] = {}
    for a, b in pairs:
        of_first.setdefault(a, []).append(b)
    for a, others in of_first.items():
        closed = _closed(held.links, groups, a)
        for b in others:
            through = open_paths(beside, closed, a, b)
            total = int(through.sum())
            if total:
                broker = int(np.argmax(through))
                row = _dependence(held, groups, (a, b), broker, float(through[broker]) / total, total, detours)
                found.append((_worst_first(row), row))
    found.sort(key=lambda ranked: ranked[0])
    return [row for _, row in found]


def _worst_first(row: Dependence) -> tuple[float, float]:
    """The share of pairs that are lost, then of paths: what can be relied on of it (Wilson, 95 %), so that three of three
    do not stand before ninety of a hundred."""
    lost = 0.0 if row.lost is None or row.pairs is None else _at_least(row.lost, row.pairs)
    return -lost, -_at_least(row.share * row.paths, row.paths)


def _at_least(part: float, whole: int) -> float:
    if not whole:
        return 0.0
    z, share = 1.96, part / whole
    middle = share + z * z / (2 * whole)
    return (middle - z * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))) / (1 + z * z / whole)


def open_paths(beside: Floats, closed: Floats, a: int, b: int) -> Floats:
    """For each actor the pairs of its partners, one in each group, without a tie of their own."""
    if a == b:
        return np.asarray((beside[:, a] * (beside[:, a] - 1) - closed[:, a]) / 2)
    return np.asarray(beside[:, a] * beside[:, b] - closed[:, b])


def _closed(links: csr_array, groups: Blocs, a: int) -> Floats:
    """For each actor and group the tied pairs (one in group a, one in that group) of its partners."""
    members = groups.members(a)
    into, out = csr_array(links[:, members]), csr_array(links[members])
    parts = [
        (into[at : at + _CHUNK] @ out).multiply(links[at : at + _CHUNK]) @ groups.indicator
        for at in range(0, links.shape[0], _CHUNK)
    ]
    return np.concatenate([np.asarray(part) for part in parts])


def _dependence(
    held: Field, groups: Blocs, pair: tuple[int, int], broker: int, share: float, paths: int, detours: Detours | None
) -> Dependence:
    a, b = pair
    lost, pairs = (None, None) if detours is None else detours.lost(groups.members(a), groups.members(b), broker)
    return Dependence(groups.group(a), groups.group(b), int(held.nodes[broker]), share, paths, lost, pairs, ())


def _with_proofs(held: Field, groups: Blocs, row: Dependence) -> Dependence:
    """The same with the newest occasions in which the broker met each of the groups."""
    broker = int(held.net.row_of[row.broker])
    sides = (groups.members(groups.number(group)) for group in (row.a, row.b))
    columns = dict.fromkeys(column for side in sides for column in _met(held, broker, held.rows[side]))
    proofs: tuple[Proof, ...] = tuple(proof(held.net, column, (broker,)) for column in columns)
    return Dependence(row.a, row.b, row.broker, row.share, row.paths, row.lost, row.pairs, proofs)


def _met(held: Field, broker: int, rows: Ints) -> list[int]:
    """Columns of the newest occasions that the broker shares with any of the rows."""
    net = held.net
    own = columns_of(net, broker)
    others = rows[rows != broker]
    with_them = np.asarray(net.incidence[others][:, own].sum(axis=0)).ravel() > 0
    table = net.occasions[own[with_them]].select("start").with_columns(pl.Series("column", own[with_them]))
    return table.sort("start", "column", descending=[True, False])["column"].head(_SHOWN).to_list()
