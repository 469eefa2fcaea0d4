"""Who speaks for whom: a corporate group for each of its members, those who run a lab or a centre for it, and whoever is
probably the same organisation or a sister of it. Two whose kin know each other are no strangers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

import numpy as np
import polars as pl
from scipy.sparse import csr_array, eye_array

from graph.columns import Columns
from graph.gaps.collaboration import Collaboration, Ints, Mask
from graph.gaps.doubles import doubles_of, home_pages
from graph.gaps.names import brands
from graph.gaps.same import Same

MOST_PARTIES: Final = 5  # an effort of more is an arena, which does not make its parties one


@dataclass(frozen=True, eq=False)
class Kin:
    """Tables actors x actors, bool.

    sure      the members of its group and, of an organisation that is an effort, those who take part in it and their groups;
              itself too. No member of a network and nobody who only attends.
    likely    probable duplicates, and those with one brand or home page, without itself
    parties   of an organisation that is an effort, those who take part in it
    """

    net: Collaboration
    sure: csr_array
    likely: csr_array
    parties: csr_array

    @cached_property
    def known(self) -> csr_array:
        """Pairs whose kin know each other, or who do so themselves: likely kin on one side alone."""
        ever = csr_array(self.net.ever.astype(np.float32))
        sure = csr_array(self.sure.astype(np.float32))
        near = csr_array(sure @ ever @ sure.T)
        beside = csr_array(self.likely.astype(np.float32) @ near)
        found = csr_array((near + beside + beside.T).astype(bool))
        found.sum_duplicates()
        return found

    def are_known(self, a: Ints, b: Ints) -> Mask:
        """`known` of rows, pair by pair."""
        return np.asarray(self.known[a, b]).ravel().astype(bool) if len(a) else np.zeros(0, dtype=bool)


def kin(net: Collaboration) -> Kin:
    """Of the organisations of a network; kept for the next call."""
    return _kin(Same(net))


@lru_cache(maxsize=4)
def _kin(same: Same) -> Kin:
    net = same.net
    size = len(net.nodes)
    group = net.group @ net.group.T
    parties = _parties(net)
    sure = csr_array((parties + eye_array(size, dtype=bool, format="csr")).astype(np.int32) @ group.astype(np.int32))
    likely = csr_array((doubles_of(net).astype(np.int32) + _branded(net) + _housed(net)).astype(bool))
    likely.setdiag(False)
    likely.eliminate_zeros()
    return Kin(net, csr_array(sure.astype(bool)), likely, parties)


def _together(key: Ints, rows: Ints, size: int) -> csr_array:
    """Rows with the same key, and each with itself."""
    _, numbered = np.unique(key, return_inverse=True)
    held = csr_array((np.ones(len(rows), dtype=np.int32), (rows, numbered.ravel())), shape=(size, int(size)))
    return csr_array((held @ held.T).astype(bool))


def _branded(net: Collaboration) -> csr_array:
    told = [(row, brand) for row, brand in enumerate(brands(net.columns)) if brand is not None]
    rows = np.array([row for row, _ in told], dtype=np.int64)
    return _together(np.array([brand for _, brand in told], dtype=np.str_), rows, len(net.nodes)).astype(np.int32)


def _housed(net: Collaboration) -> csr_array:
    pages = home_pages(net)
    return _together(pages["mark"].to_numpy(), pages["row"].to_numpy(), len(net.nodes)).astype(np.int32)


def _parties(net: Collaboration) -> csr_array:
    """Efforts x those who take part in them, of organisations that are efforts with few."""
    table = _taking_part(net.columns)
    rows = net.row_of[table["effort"].to_numpy()], net.row_of[table["actor"].to_numpy()]
    if net.scope.rollup:
        rows = net.owner[rows[0]], net.owner[rows[1]]
    size = len(net.nodes)
    found = csr_array((np.ones(len(rows[0]), dtype=np.int32), rows), shape=(size, size))
    return csr_array(found.astype(bool))


@lru_cache(maxsize=2)
def _taking_part(columns: Columns) -> pl.DataFrame:
    """effort, actor, relation: those who run, host, start or join an organisation that is an effort."""
    organisations = columns.nodes.filter(pl.col("group") == "organisation").select("node")
    rows = columns.relations.filter(
        pl.col("b_property") == "inEffort", pl.col("tie") == "participation", pl.col("role") != "attendee"
    ).select(pl.col("b").alias("effort"), pl.col("a").alias("actor"), "relation")
    for end in ("effort", "actor"):
        rows = rows.join(organisations.rename({"node": end}), on=end, how="semi", maintain_order="left")
    rows = rows.unique(["effort", "actor"], keep="first", maintain_order=True)
    return rows.filter(pl.len().over("effort") <= MOST_PARTIES)
