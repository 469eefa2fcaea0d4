"""Ministries, agencies and councils: they join joint programmes to fund them, and are no partners in the work."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
import polars as pl

from graph.columns import Columns
from graph.gaps.acquaintance import payments
from graph.gaps.actors import TYPES
from graph.gaps.collaboration import Collaboration, Mask
from graph.gaps.same import Same
from graph.shortcuts import below

__all__ = ["authorities"]

# Towns and counties try things out; of a body that a source calls public and no more one cannot tell.
_PARTNERS: Final = frozenset((*below("Municipality"), *below("Region")))
_OTHERS_PAID: Final = 2  # who has paid so many others funds
# Titles of what bodies join to fund others together, or to tell others of funds.
_JOINT_FUNDING: Final = (
    r"(?i)\bERA-?\s?NETs?\b|co-?fund|joint (programming|transnational|call)|\bNCPs?\b|national contact point"
)
_OFTEN: Final = 2


def authorities(net: Collaboration) -> Mask:
    """By actor: public bodies but for municipalities and regions, and what is of no clear type and pays others or takes part
    in what funds others. What somebody is to this map depends on its sources: a scope that names the type has them all."""
    return _authorities(Same(net))


@lru_cache(maxsize=3)
def _authorities(same: Same) -> Mask:
    net = same.net
    kinds = net.columns.nodes["kind"].gather(net.nodes)
    public = (net.types == TYPES.index("public")) & ~kinds.is_in(list(_PARTNERS)).to_numpy()
    unclear = net.types == TYPES.index("other")
    funds = net.columns.nodes["node"].is_in(_funding(net.columns)).to_numpy()
    return np.asarray(public | (unclear & funds[net.nodes]), dtype=bool)


def _funding(columns: Columns) -> list[int]:
    """Nodes that pay others, or take part twice in what funds others."""
    payers = payments(columns).group_by("a").agg(pl.col("b").n_unique()).filter(pl.col("b") >= _OTHERS_PAID)["a"]
    joint = columns.nodes.filter(pl.col("group") == "effort", pl.col("name_en").str.contains(_JOINT_FUNDING))["node"]
    parts = columns.relations.filter(pl.col("b_property") == "inEffort", pl.col("b").is_in(joint.implode()))
    often = parts.group_by("a").agg(pl.col("b").n_unique()).filter(pl.col("b") >= _OFTEN)["a"]
    return [*payers, *often]
