"""Reasons of the network: partners that both have, that both are at work now, and what their size lets one expect."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array

from graph.gaps.answer import Note, Reason
from graph.gaps.ground import YEARS_DORMANT, Ground

_MOST_PARTNERS = 2
_MOST_LOOKED_AT = 40
_PARTNER, _ACTIVE, _EXPECTED = 0.2, 0.1, 0.1
_MUCH = 3.0  # times as likely as an average pair
_MOST_TIMES = 20.0  # no more is said: the estimate is a rough one


def common_partners(held: Ground, a: int, b: int) -> Sequence[Reason]:
    """The best known to both, and where each was met: in the technology of the scope before all, then near, then by how
    closely the partner ties them. Not in one and the same occasion, and none that nobody can call."""
    net = held.net
    both = csr_array(net.weights[[a]].multiply(net.weights[[b]]))
    rows = both.indices[held.alive[both.indices]]
    if not len(rows):
        return ()
    close = dict(zip(both.indices.tolist(), (both.data / net.strength[both.indices]).tolist(), strict=True))
    rows = np.array(sorted(rows.tolist(), key=lambda row: (-close[row], row))[:_MOST_LOOKED_AT])
    places = {net.country[row] for row in (a, b)}
    took = np.zeros((2, net.occasions.height), dtype=bool)
    took[0, held.columns_of(a)], took[1, held.columns_of(b)] = True, True
    found = []
    for row in rows.tolist():
        own = held.columns_of(row)
        one, other = own[took[0, own] & ~took[1, own]], own[took[1, own] & ~took[0, own]]
        if len(one) and len(other):
            about = int(held.about[one].any()) + int(held.about[other].any())
            found.append((-about, net.country[row] not in places, -close[row], row, one, other))
    found.sort(key=lambda one: one[:4])
    best = [(row, (held.newest(one)[0], held.newest(other)[0])) for *_, row, one, other in found[:_MOST_PARTNERS]]
    return [_partner(held, a, b, partner, met, len(both.indices)) for partner, met in best]


def _partner(held: Ground, a: int, b: int, partner: int, met: tuple[int, int], count: int) -> Reason:
    net, records = held.net, held.records
    pairs = ((a, met[0]), (partner, met[0]), (b, met[1]), (partner, met[1]))
    things = {"a": a, "b": b, "partner": partner}
    named = {name: (int(net.nodes[row]),) for name, row in things.items()}
    places = tuple(int(held.things[column]) for column in met)
    proofs = tuple(records.part(net, row, column) for row, column in pairs)
    if min(places) < 0:
        return Reason(Note("common-partner", {"count": count}, named), proofs, _PARTNER)
    named |= {"project_a": (places[0],), "project_b": (places[1],)}
    return Reason(Note("common-partner-met", {"count": count}, named), proofs, _PARTNER)


def both_active(held: Ground, a: int, b: int) -> Sequence[Reason]:
    """Both did something in the last years that the sources know of."""
    net = held.net
    years = [int(net.last_active[row]) for row in (a, b)]
    if any(year < 0 or held.horizon[row] - year > YEARS_DORMANT for row, year in zip((a, b), years, strict=True)):
        return ()
    latest = [held.newest_of_all(row) for row in (a, b)]
    proofs = tuple(held.records.part(net, row, column) for row, column in zip((a, b), latest, strict=True))
    values = {"year_a": str(years[0]), "year_b": str(years[1])}
    things = {"a": (int(net.nodes[a]),), "b": (int(net.nodes[b]),)}
    return (Reason(Note("both-active", values, things), proofs, _ACTIVE),)


def expected(held: Ground, a: int, b: int) -> Sequence[Reason]:
    """How much likelier a tie is than between an average pair, by how much both work with others."""
    net = held.net
    strength = held.net.strength
    tied = strength > 0
    if not (tied[a] and tied[b]):
        return ()
    average = float(np.mean(1 + strength[tied])) ** 2
    times = float((1 + strength[a]) * (1 + strength[b])) / average
    if times < _MUCH:
        return ()
    times = min(times, _MOST_TIMES)
    occasions = [column for row in (a, b) for column in held.newest(held.columns_of(row))[:2]]
    rows = [row for row in (a, b) for _ in held.columns_of(row)[:2]]
    proofs = tuple(held.records.part(net, row, column) for row, column in zip(rows, occasions, strict=True))
    counts = {"count_a": len(held.columns_of(a)), "count_b": len(held.columns_of(b)), "times": round(times)}
    things = {"a": (int(net.nodes[a]),), "b": (int(net.nodes[b]),)}
    return (Reason(Note("expected", counts, things), proofs, _EXPECTED),)
