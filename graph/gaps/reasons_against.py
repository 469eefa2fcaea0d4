"""Reasons against a pair: one group, probably one organisation, one brand, long silence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from graph.gaps.answer import Note, Proof, Reason
from graph.gaps.doubles import doubles
from graph.gaps.ground import YEARS_DORMANT, Ground

_GROUP, _DUPLICATE, _BRAND, _DORMANT = -10.0, -10.0, -3.0, -1.0


def same_group(held: Ground, a: int, b: int) -> Sequence[Reason]:
    """Both belong to one organisation, or the one to the other."""
    top = int(held.net.owner[a])
    if top != held.net.owner[b]:
        return ()
    proofs = tuple(proof for row in (a, b) if row != top for proof in belongs(held, row))
    things = both(held, a, b) | {"top": (int(held.net.nodes[top]),)}
    return (Reason(Note("same-group", {}, things), proofs, _GROUP),)


def duplicate(held: Ground, a: int, b: int) -> Sequence[Reason]:
    """The two look like one organisation that stands twice on the map."""
    if not doubles(held.net, np.array([a]), np.array([b]))[0]:
        return ()
    proofs = tuple(held.records.thing(int(held.net.nodes[row])) for row in (a, b))
    return (Reason(Note("probable-duplicate", {}, both(held, a, b)), proofs, _DUPLICATE),)


def same_brand(held: Ground, a: int, b: int) -> Sequence[Reason]:
    """Both names begin with one rare word that is no word of the running texts and no place: Bombardier, say."""
    one, other = held.brands[a], held.brands[b]
    if one is None or one != other or held.net.owner[a] == held.net.owner[b]:
        return ()
    proofs = tuple(held.records.thing(int(held.net.nodes[row])) for row in (a, b))
    return (Reason(Note("same-brand", {"word": one}, both(held, a, b)), proofs, _BRAND),)


def dormant(held: Ground, a: int, b: int) -> Sequence[Reason]:
    """Whoever has done nothing for more than three years, counted from the last year that its sources know of."""
    return [reason for row in (a, b) if (reason := _dormant(held, row)) is not None]


def _dormant(held: Ground, row: int) -> Reason | None:
    year, horizon = int(held.net.last_active[row]), int(held.horizon[row])
    if year < 0 or horizon - year <= YEARS_DORMANT:
        return None
    note = Note("dormant", {"year": str(year), "horizon": str(horizon)}, {"a": (int(held.net.nodes[row]),)})
    return Reason(note, (held.records.part(held.net, row, held.newest_of_all(row)),), _DORMANT)


def belongs(held: Ground, row: int) -> list[Proof]:
    """What says that an organisation is owned, or a unit of another."""
    node = int(held.net.nodes[row])
    owned = held.net.columns.relations.filter(
        ((pl.col("tie") == "ownership") & (pl.col("b") == node))
        | ((pl.col("a_property") == "unitOf") & (pl.col("a") == node))
    )["relation"]
    return [held.records.relation(node, *owned)] if len(owned) else []


def both(held: Ground, a: int, b: int) -> dict[str, tuple[int, ...]]:
    """The two as the things of a note."""
    return {"a": (int(held.net.nodes[a]),), "b": (int(held.net.nodes[b]),)}
