"""What is known of two organisations: their ties with the records, who stands between them, and why they should meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl

from graph.gaps.answer import Note, Proof
from graph.gaps.collaboration import Collaboration
from graph.gaps.ground import Ground, ground
from graph.gaps.known import ActorError, row_of
from graph.gaps.links import link_proofs, links, met
from graph.gaps.occasions import occasions
from graph.gaps.over import over
from graph.gaps.pairs import EXCLUDING, pair
from graph.gaps.rows import MissingPair

__all__ = ["ActorError", "Bridge", "Explanation", "TieSeen", "explain"]

_MOST_BRIDGES = 20
_YEARS = {"tie": pl.String, "start": pl.Int64, "end": pl.Int64}


@dataclass(frozen=True, slots=True)
class TieSeen:
    """One occasion in which both took part, or another direct link (`tie` as in `graph.ties`).

    `thing` is the node of the project or joint venture, None for a link without one. `weight` is what it adds to the tie;
    None when it does not count: too many partners, other years, or no collaboration.
    """

    tie: str
    thing: int | None
    start: int | None
    end: int | None
    actors: int | None
    weight: float | None
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class Bridge:
    """A partner of both: its node, the strength of its tie to each, and the latest thing that it shares with each."""

    partner: int
    strength_a: float
    strength_b: float
    thing_a: int | None
    thing_b: int | None
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """`strength` is the sum of the weights of the ties; `pair` is there when they never worked together or not for long."""

    a: int
    b: int
    strength: float
    ties: tuple[TieSeen, ...]
    through: tuple[Bridge, ...]
    bridges: int  # how many there are; `through` holds the closest
    pair: MissingPair | None
    notes: tuple[Note, ...]


def explain(
    net: Collaboration, a: int, b: int, answers: dict[tuple[int, int], str] | None = None, *, lapse: int = 3
) -> Explanation:
    """Of two organisations by their node ids. ActorError when one is none, or both are the same."""
    one, other = row_of(net, a), row_of(net, b)
    if one == other:
        raise ActorError(b, f"{net.columns.key_of[b]} is compared with itself; name two organisations")
    held = ground(net)
    said = answers or {}
    answer = said.get((a, b), said.get((b, a)))
    ties = _ties(held, one, other)
    history = _history(held, ties, lapse)
    through, count = _through(held, one, other)
    notes = () if answer not in EXCLUDING else (Note(f"answered-{answer}", {}, {"a": (a,), "b": (b,)}),)
    return Explanation(
        a=a,
        b=b,
        strength=round(sum(tie.weight or 0.0 for tie in ties), 4),
        ties=ties,
        through=through,
        bridges=count,
        pair=None if history is None else pair(net, one, other, history, answer),
        notes=notes,
    )


def _history(held: Ground, ties: Sequence[TieSeen], lapse: int) -> Literal["never", "lapsed"] | None:
    """Lapsed when all that they did together has been over for long; None when they are tied."""
    if not ties:
        return "never"
    if any(tie.actors is None for tie in ties):
        return None
    rows = pl.DataFrame([(tie.tie, tie.start, tie.end) for tie in ties], schema=_YEARS, orient="row")
    return "lapsed" if over(rows).max() < held.net.as_of - lapse else None


def _ties(held: Ground, a: int, b: int) -> tuple[TieSeen, ...]:
    """The joint occasions, the youngest first, then the other links."""
    net = held.net
    column_of = {int(occasion): column for column, occasion in enumerate(held.ids)}
    common = np.intersect1d(met(held, a), met(held, b))
    rows = occasions(net.columns).table.filter(pl.col("occasion").is_in(common.tolist()))
    sizes = np.asarray(net.met[:, common].sum(axis=0)).ravel().tolist()
    found = []
    for row, actors in zip(rows.iter_rows(named=True), sizes, strict=True):
        column = column_of.get(row["occasion"])
        weight = None if column is None else round(float(net.decay[column]) / (int(actors) - 1), 4)
        proofs = tuple(held.records.taken(end, row["occasion"], row["thing"]) for end in (a, b))
        found.append(TieSeen(row["tie"], row["thing"], row["start"], row["end"], int(actors), weight, proofs))
    found.sort(key=lambda tie: (-max(tie.end or -1, tie.start or -1), -(tie.start or -1), tie.thing or 0))
    return (*found, *_links(held, a, b))


def _links(held: Ground, a: int, b: int) -> list[TieSeen]:
    """Direct links that are no collaboration: investments, ownership, support, units, money for a project of the other."""
    kept = links(held, a, b).join(
        held.net.columns.relations.select("relation", "key", "start_year", "end_year"), on="relation"
    )
    kept = kept.unique(["key", "thing"], keep="first", maintain_order=True)
    return [
        TieSeen(row["tie"], row["thing"], row["start_year"], row["end_year"], None, None, link_proofs(held, row))
        for row in kept.iter_rows(named=True)
    ]


def _through(held: Ground, a: int, b: int) -> tuple[tuple[Bridge, ...], int]:
    """The partners of both in the scope, those first that tie them most closely."""
    net, records = held.net, held.records
    one, other = net.weights[[a]].toarray()[0], net.weights[[b]].toarray()[0]
    both = np.flatnonzero((one > 0) & (other > 0))
    close = one[both] * other[both] / net.strength[both]
    found = []
    for row in both[np.lexsort((both, -close))][:_MOST_BRIDGES].tolist():
        met = [held.newest(np.intersect1d(held.columns_of(end), held.columns_of(row)))[0] for end in (a, b)]
        things = [None if held.things[column] < 0 else int(held.things[column]) for column in met]
        proofs = tuple(
            records.part(net, end, column) for end, column in ((a, met[0]), (row, met[0]), (b, met[1]), (row, met[1]))
        )
        strengths = round(float(one[row]), 4), round(float(other[row]), 4)
        found.append(Bridge(int(net.nodes[row]), *strengths, things[0], things[1], proofs))
    return tuple(found), len(both)
