"""Reasons against a pair: one group, probably one organisation, one brand, long silence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from graph.gaps.actors import TYPES
from graph.gaps.answer import Note, Proof, Reason
from graph.gaps.doubles import doubles
from graph.gaps.ground import Ground
from graph.gaps.reasons_roles import activities
from graph.inside import inside

_GROUP, _DUPLICATE, _BRAND, _DORMANT, _RIVALS = -10.0, -10.0, -3.0, -1.0, -1.0


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
    """Whoever has done nothing with its group for more than three years, counted from the last that its sources can tell of."""
    return [_dormant(held, row) for row in (a, b) if held.silent[row]]


def _dormant(held: Ground, row: int) -> Reason:
    known, node = held.lasting, int(held.net.nodes[row])
    values = {"year": str(known.year[row]), "horizon": str(known.horizon[row])}
    proof = held.records.relation(node, int(known.relation[row]))
    return Reason(Note("dormant", values, {"a": (node,)}), (proof,), _DORMANT)


def may_compete(held: Ground, a: int, b: int) -> Sequence[Reason]:
    """Two companies that state the very same focus, unless one of them makes what the other uses."""
    company = TYPES.index("company")
    if held.net.types[a] != company or held.net.types[b] != company or activities(held, a, b):
        return ()
    one, other = (_focus(held, row) for row in (a, b))
    if not one or one.keys() != other.keys():
        return ()
    proofs = tuple(
        held.records.relation(int(held.net.nodes[row]), *said.values()) for row, said in ((a, one), (b, other))
    )
    things = both(held, a, b) | {"technologies": tuple(sorted(one))[:3]}
    return (Reason(Note("may-compete", {}, things), proofs, _RIVALS),)


def _focus(held: Ground, row: int) -> dict[int, int]:
    """The narrowest technologies that a company states, and the relation that says so."""
    said = {int(tech): int(relation) for tech, relation in held.records.technologies.of(int(held.net.nodes[row]))}
    said = {tech: relation for tech, relation in said.items() if relation >= 0}
    return {tech: relation for tech, relation in said.items() if not inside(held.net.columns, tech) & said.keys()}


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
