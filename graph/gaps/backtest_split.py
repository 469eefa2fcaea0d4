"""Before and after a year: who was known, who had met, and which pairs met for the first time in the years behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.sparse import csr_array

from graph.columns import Columns
from graph.gaps.collaboration import Collaboration, Ints, collaboration
from graph.gaps.occasions import occasions
from graph.gaps.scope import Scope

SMALL = 10  # partners at most of what is a small project


@dataclass(frozen=True, eq=False)
class Split:
    """Matrices are known x known, bool, symmetric.

    net     what was known before the cut, of the chosen things alone
    wide    what was known before the cut, of all things
    known   rows of the organisations that had a partner in `net`, and enough occasions
    linked  who had met before the cut, in whatever
    first   who met for the first time in the window, in the chosen things
    small   the same in projects of at most 10 partners
    """

    net: Collaboration
    wide: Collaboration
    known: Ints
    linked: csr_array
    first: csr_array
    small: csr_array


def split(columns: Columns, cut: int, *, window: int, things: Sequence[int] | None, scope: Scope, least: int) -> Split:
    """Train on what began before the year `cut`; look at what begins in `window` years from then on."""
    wide = collaboration(columns, scope, until=cut - 1)
    net = wide if things is None else collaboration(columns, scope, until=cut - 1, things=things)
    count = np.asarray(net.met.sum(axis=1)).ravel()
    partners = np.asarray(net.ever.sum(axis=1)).ravel()
    known = np.flatnonzero((count >= least) & (partners > 0))
    linked = csr_array(wide.ever[known][:, known])
    later = _later(columns, net, cut, cut + window - 1, things)
    return Split(net, wide, known, linked, *(_first(later, known, linked, most) for most in (None, SMALL)))


def _later(columns: Columns, net: Collaboration, begin: int, end: int, things: Sequence[int] | None) -> csr_array:
    """Actors x occasions of the window."""
    held = occasions(columns)
    table = held.table.filter(pl.col("start").is_between(begin, end), pl.col("tie").is_in(net.scope.ties))
    if things is not None:
        table = table.filter(pl.col("thing").is_in(list(things)))
    parts = held.parts.join(table.select("occasion"), on="occasion", how="semi")
    number = table["occasion"].sort()
    row = net.rows_of(parts["actor"])
    column = number.search_sorted(parts["occasion"]).to_numpy().astype(np.int64)
    kept = row >= 0
    ones = np.ones(int(kept.sum()), dtype=np.float32)
    found = csr_array((ones, (row[kept], column[kept])), shape=(len(net.nodes), max(len(number), 1)))
    found.sum_duplicates()
    found.data[:] = 1
    return found


def _first(later: csr_array, known: Ints, linked: csr_array, most: int | None) -> csr_array:
    size = np.asarray(later.sum(axis=0)).ravel()
    held = later[known] if most is None else later[known][:, np.flatnonzero(size <= most)]
    met = csr_array(held @ held.T).astype(bool).astype(np.int8)
    met = csr_array(met - met.multiply(linked.astype(np.int8)))
    met.setdiag(0)
    met.eliminate_zeros()
    return csr_array(met.astype(bool))
