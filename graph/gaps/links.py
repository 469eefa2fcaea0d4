"""What joins two actors directly, with the records: a joint occasion before all, else a link that is no collaboration."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import polars as pl

from graph.columns import Columns
from graph.gaps.acquaintance import acquaintances
from graph.gaps.answer import Proof
from graph.gaps.collaboration import Ints, of_row
from graph.gaps.ground import Ground
from graph.gaps.occasions import occasions, things

__all__ = ["link_proofs", "links", "met", "proofs_of_tie"]


def links(held: Ground, a: int, b: int) -> pl.DataFrame:
    """The rows of `acquaintances` between two rows of the network, in either direction."""
    table = acquaintances(held.net.columns)
    ends = table["a"].to_numpy(), table["b"].to_numpy()
    one, other = (held.records.row_of[end] for end in ends)
    return table.filter(pl.Series(((one == a) & (other == b)) | ((one == b) & (other == a)), dtype=pl.Boolean))


def link_proofs(held: Ground, row: Mapping[str, object]) -> tuple[Proof, ...]:
    """The records of one row of `links`."""
    relations = [int(str(row[name])) for name in ("relation", "other") if row[name] is not None]
    return (held.records.relation(int(str(row["a"] if row["thing"] is None else row["thing"])), *relations),)


def met(held: Ground, row: int) -> Ints:
    """The occasions in which an actor took part, of any size, year and tie."""
    return of_row(held.net.met, row)


def proofs_of_tie(held: Ground, a: int, b: int) -> tuple[Proof, ...]:
    """The records of the latest occasion that two rows share, else of a direct link; none when there is neither."""
    common = np.intersect1d(met(held, a), met(held, b))
    if not len(common):
        rows = links(held, a, b)
        return link_proofs(held, rows.row(0, named=True)) if rows.height else ()
    start = _started(held.net.columns)[common]
    occasion = int(common[np.lexsort((common, -start))][0])
    thing = int(things(held.net.columns)[occasion])
    return tuple(held.records.taken(end, occasion, None if thing < 0 else thing) for end in (a, b))


@lru_cache(maxsize=2)
def _started(columns: Columns) -> Ints:
    return occasions(columns).table["start"].cast(pl.Int64).fill_null(-1).to_numpy()
