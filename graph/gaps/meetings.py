"""Where two organisations met: the occasions that they share, each with its years and its records."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import polars as pl

from graph.columns import Columns
from graph.gaps.answer import Proof
from graph.gaps.collaboration import Collaboration, Ints, of_row
from graph.gaps.occasions import occasions


@dataclass(frozen=True, slots=True)
class Meeting:
    """One occasion. `thing` is the node id of the effort or joint venture, None for a partnership, which has no page."""

    tie: str
    thing: int | None
    start: int | None
    end: int | None
    strength: float  # what it adds to the tie of the two
    proofs: tuple[Proof, ...]
    roles: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())  # slugs of what each of the two was there; none: not said


@dataclass(frozen=True, slots=True)
class Hop:
    """A tie between two organisations (node ids), with all occasions behind it, the strongest first."""

    a: int
    b: int
    strength: float
    meetings: tuple[Meeting, ...]

    @property
    def first_year(self) -> int | None:
        """The first year in which they met; None when nobody says."""
        return min((meeting.start for meeting in self.meetings if meeting.start is not None), default=None)

    @property
    def last_year(self) -> int | None:
        """The last year of which an occasion tells; None when nobody says."""
        ends = (meeting.end if meeting.end is not None else meeting.start for meeting in self.meetings)
        return max((year for year in ends if year is not None), default=None)


def hop(net: Collaboration, one: int, other: int) -> Hop:
    """The tie between two rows of the network; without meetings when there is none."""
    found = [meeting(net, column, (one, other)) for column in shared(net, one, other)]
    found.sort(key=lambda held: -held.strength)
    return Hop(int(net.nodes[one]), int(net.nodes[other]), sum(held.strength for held in found), tuple(found))


def shared(net: Collaboration, one: int, other: int) -> list[int]:
    """Columns of the occasions in which both rows took part, in their order."""
    return [int(column) for column in np.intersect1d(columns_of(net, one), columns_of(net, other))]


def columns_of(net: Collaboration, row: int) -> Ints:
    """Columns of the occasions in which a row took part."""
    return of_row(net.incidence, row)


def meeting(net: Collaboration, column: int, rows: tuple[int, ...]) -> Meeting:
    """An occasion, with the records that say that these rows took part."""
    told = net.occasions.row(column, named=True)
    start, end = (int(told[name]) if told[name] >= 0 else None for name in ("start", "end"))
    strength = float(net.decay[column]) / (told["actors"] - 1)
    said = _roles(net, column, rows[0]), _roles(net, column, rows[1])
    return Meeting(told["tie"], told["thing"], start, end, strength, (proof(net, column, rows),), said)


def proof(net: Collaboration, column: int, rows: tuple[int, ...]) -> Proof:
    """The records that say that these rows took part in an occasion. A partnership has no page: the first row has."""
    told = net.occasions.row(column, named=True)
    kept = _relations(net, int(told["occasion"]), rows)
    evidence = net.columns.relations["evidence"].gather(kept).explode().drop_nulls().unique().sort()
    thing = int(net.nodes[rows[0]]) if told["thing"] is None else int(told["thing"])
    return Proof(thing, tuple(evidence.to_list()))


def _roles(net: Collaboration, column: int, row: int) -> tuple[str, ...]:
    """Slugs of the roles in which a row took part in an occasion, in the order of the alphabet."""
    kept = _relations(net, int(net.occasions.row(column, named=True)["occasion"]), (row,))
    held = net.columns.relations.select("role", "scheme")[kept].filter(pl.col("scheme") == "role")
    return tuple(held["role"].drop_nulls().unique().sort().to_list())


def _relations(net: Collaboration, occasion: int, rows: tuple[int, ...]) -> Ints:
    """The relations by which these rows take part in an occasion."""
    actors, relations, starts = _parts(net.columns)
    part = slice(starts[occasion], starts[occasion + 1])
    of = net.row_of[actors[part]]
    of = net.owner[of] if net.scope.rollup else of
    return relations[part][np.isin(of, rows)]


@lru_cache(maxsize=4)
def _parts(columns: Columns) -> tuple[Ints, Ints, Ints]:
    """Actors and relations of all occasions, one occasion after the other, and where each begins."""
    parts = occasions(columns).parts.select(pl.col("occasion", "actor", "relation").cast(pl.Int64))
    ids = parts["occasion"].to_numpy()
    starts = np.searchsorted(ids, np.arange(int(ids[-1]) + 2 if len(ids) else 1))
    return parts["actor"].to_numpy(), parts["relation"].to_numpy(), starts.astype(np.int64)
