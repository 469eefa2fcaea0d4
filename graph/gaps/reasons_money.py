"""Reasons of money: who has paid both, which call both came through, and which call is open to both."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from graph.gaps.answer import Note, Proof, Reason
from graph.gaps.ground import Ground

_OPEN, _CALL, _FUNDER = 0.3, 0.2, 0.1
_WIDE = 200  # a call with more organisations than this says nothing about two of them
_EVERYBODY = 0.5  # nor does a funder who pays a larger share of all who are paid


def open_calls(held: Ground, a: int, b: int) -> Sequence[Reason]:
    """The call that closes first of those still open (in the year `as_of` or later) on a technology of both."""
    works = held.works
    for call, closes, techs in held.open_calls:
        common = [
            tech for tech in techs if works[a, held.net.tech_column[tech]] and works[b, held.net.tech_column[tech]]
        ]
        if common:
            things = {"call": (call,), "technologies": tuple(common[:2])}
            proofs = (held.records.fact(call, "closes"), held.records.thing(call))
            return (Reason(Note("open-call", {"closes": closes}, things), proofs, _OPEN),)
    return ()


def same_call(held: Ground, a: int, b: int) -> Sequence[Reason]:
    """The rarest call under which both have had a project, each its own."""
    one, other = held.records.calls.of(a), held.records.calls.of(b)
    common = np.intersect1d(one[:, 0], other[:, 0])
    sizes = held.call_sizes
    for call in sorted((int(call) for call in common), key=lambda call: (sizes[call], call)):
        mine, theirs = (set(rows[rows[:, 0] == call, 1].tolist()) for rows in (one, other))
        if sizes[call] <= _WIDE and mine - theirs and theirs - mine:
            projects = min(mine - theirs), min(theirs - mine)
            things = {"a": (int(held.net.nodes[a]),), "b": (int(held.net.nodes[b]),), "call": (call,)}
            things |= {"project_a": (projects[0],), "project_b": (projects[1],)}
            proofs = tuple(_under(held, row, effort) for row, effort in zip((a, b), projects, strict=True))
            return (Reason(Note("same-call", {}, things), proofs, _CALL),)
    return ()


def funders(held: Ground, a: int, b: int) -> Sequence[Reason]:
    """The rarest funder that has paid both, unless it pays nearly everybody."""
    one, other = held.records.money.of(a), held.records.money.of(b)
    common = np.intersect1d(one[:, 0], other[:, 0])
    paid = held.paid
    for funder in sorted((int(funder) for funder in common), key=lambda funder: (paid[funder], funder)):
        if paid[funder] <= _EVERYBODY * held.paid_at_all and held.records.row_of[funder] not in (a, b):
            proofs = tuple(_paid(held, row, rows[rows[:, 0] == funder]) for row, rows in ((a, one), (b, other)))
            things = {"a": (int(held.net.nodes[a]),), "b": (int(held.net.nodes[b]),), "funder": (funder,)}
            return (Reason(Note("same-funder", {}, things), proofs, _FUNDER),)
    return ()


def _paid(held: Ground, row: int, rows: np.ndarray) -> Proof:
    """The youngest payment: to itself, or to an effort of its own."""
    best = max(rows.tolist(), key=lambda found: (held.node_last[found[1]] if found[1] >= 0 else 0, -found[2]))
    if best[1] < 0:
        return held.records.relation(int(held.net.nodes[row]), best[2])
    return _with_part(held, row, best[1], held.records.relation(best[1], best[2]))


def _under(held: Ground, row: int, effort: int) -> Proof:
    return _with_part(held, row, effort, held.records.fact(effort, "call"))


def _with_part(held: Ground, row: int, effort: int, said: Proof) -> Proof:
    """What is said of an effort, and that the organisation has a part in it."""
    parts = held.records.efforts.of(row)
    part = held.records.relation(effort, *parts[parts[:, 0] == effort, 1])
    return Proof(effort, tuple(sorted({*said.evidence, *part.evidence})))
