"""The place of each organisation of a scope between the others of its technologies."""

from __future__ import annotations

import numpy as np

from graph.gaps.actors import TYPES
from graph.gaps.answer import Answer, Note
from graph.gaps.betweenness import EXACT, SAMPLE
from graph.gaps.collaboration import Collaboration, Floats
from graph.gaps.coverage import absence, coverage
from graph.gaps.field import Field, field, nothing
from graph.gaps.roles import roles
from graph.gaps.rows import Brokerage
from graph.gaps.structure import holes


def brokerage(net: Collaboration, *, limit: int = 50) -> Answer[Brokerage]:
    """Organisations of the scope with ties, those first that lie on most of the shortest ways between others."""
    held = field(net)
    covered = coverage(net, held.mask)
    notes = [absence(covered)]
    tied = int((held.degree > 0).sum())
    if tied > EXACT:
        notes.append(Note("betweenness-sampled", {"sources": SAMPLE, "actors": tied}))
    between, rank = held.ties.between, held.ties.rank
    places = np.flatnonzero(held.asked & (held.degree > 0))
    order = places[np.lexsort((places, -rank[places], -between[places]))]
    first = order[:limit]
    constraint, size = holes(held.weights, first)
    rows = tuple(
        _row(held, int(place), rank, between, float(constraint[number]), float(size[number]))
        for number, place in enumerate(first)
    )
    return Answer(net.scope, covered, rows, len(order), tuple(notes), nothing(held))


def _row(held: Field, place: int, rank: Floats, between: Floats, constraint: float, size: float) -> Brokerage:
    counted = roles(held.links, held.types, len(TYPES), place)
    return Brokerage(
        actor=int(held.nodes[place]),
        pagerank=float(rank[place]),
        betweenness=float(between[place]),
        constraint=constraint,
        effective_size=size,
        roles=counted.counts,
        z=counted.z,
    )
