"""Who is like an organisation: what it works on, what it writes about, and of what type it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from rapidfuzz.fuzz import token_sort_ratio
from scipy.sparse import csr_array

from graph.columns import Columns
from graph.gaps.collaboration import Collaboration, Floats, Ints
from graph.gaps.doubles import plain_name
from graph.gaps.text import own_texts, telling
from graph.profile_scope import taking_part

_TOPICS, _TEXT, _TYPE = 0.6, 0.3, 0.1  # of the likeness
_EFFORT_TOPICS, _EFFORT_PARTIES = 0.5, 0.5
_MOST: Final = 60
_ALIKE: Final = 92.0
_LEAST: Final = 0.12
_SHOWN: Final = 5
_SAYS: Final = 0.1  # of the rarity of a technology: what nearly everybody works on says nothing


@dataclass(frozen=True, slots=True)
class Similar:
    """`score` is 0 to 1; `techs` are node ids of the technologies that both work on, those that fewest do first; `words` what both
    write; `double` says that the two are probably one and the same; `linked` that they work together, of efforts that they share
    participants: `common` (node ids, at most 5)."""

    node: int
    score: float
    techs: tuple[int, ...]
    words: tuple[str, ...]
    same_type: bool
    linked: bool
    double: bool
    common: tuple[int, ...] = ()


def similar(net: Collaboration, node: int) -> list[Similar]:
    """At most 60, the most alike first; empty when nothing is known of what it works on or writes."""
    row = int(net.row_of[node])
    if row < 0:
        return []
    topics, profile, rarity = _topics(net, row)
    text = own_texts(net.columns)
    written = text.weights[[node]]
    words = np.asarray((text.weights[net.nodes.tolist()] @ written.T).toarray()).ravel()
    score = _TOPICS * topics + _TEXT * words
    score = np.where(score > 0, score + _TYPE * (net.types == net.types[row]), 0)
    score[row] = 0
    best = np.lexsort((net.nodes, -score))[:_MOST]
    known = set(net.weights.indices[net.weights.indptr[row] : net.weights.indptr[row + 1]].tolist())
    told, mine = text.telling[[node]], profile[[row]].toarray().ravel()
    found = []
    for other in best.tolist():
        if score[other] < _LEAST:
            break
        both = np.flatnonzero(mine * profile[[other]].toarray().ravel() * (rarity > _SAYS))
        rare = both[np.argsort(-rarity[both], kind="stable")][:_SHOWN].tolist()
        at = int(net.nodes[other])
        shared = telling(told, csr_array(text.telling[[at]]), 4)
        found.append(
            Similar(
                at,
                float(score[other]),
                tuple(int(net.techs[one]) for one in rare),
                tuple(text.shown[one] for one in shared),
                bool(net.types[other] == net.types[row]),
                other in known,
                _one(net, node, at),
            )
        )
    return found


def _topics(net: Collaboration, row: int) -> tuple[Floats, csr_array, Floats]:
    """Cosine of what each actor states and practises (log of how often), weighed by how few do, with that of the row; the
    unweighed table; the weights."""
    held = net.practised.copy()
    held.data = np.log1p(held.data)
    profile = csr_array(held + net.stated.astype(np.float64))
    rarity = _rarity(profile)
    return _cosines(profile, row, rarity), profile, rarity


def _rarity(profile: csr_array) -> Floats:
    count = np.asarray((profile > 0).sum(axis=0)).ravel()
    rarity: Floats = np.log((1 + profile.shape[0]) / (1 + count))
    return rarity


def _one(net: Collaboration, node: int, other: int) -> bool:
    """Nearly the same name, in either language, in one country or where nobody says where."""
    nodes = net.columns.nodes
    one, two = nodes.row(node, named=True), nodes.row(other, named=True)
    if one["country"] and two["country"] and one["country"] != two["country"]:
        return False
    names = [{plain_name(held[name]) for name in ("name_en", "name_sv")} for held in (one, two)]
    return any(token_sort_ratio(a, b) >= _ALIKE for a in names[0] for b in names[1])


def similar_efforts(columns: Columns, node: int) -> list[Similar]:
    """Of an effort: those about the same technologies and with the same participants; at most 60, the most alike first."""
    efforts, profile = _efforts(columns)
    row = int(np.searchsorted(efforts, node))
    if row >= len(efforts) or efforts[row] != node:
        return []
    rarity = _rarity(profile)
    topics = _cosines(profile, row, rarity)
    together = taking_part(columns).select("actor", "effort").unique()
    mine = together.filter(pl.col("effort") == node)["actor"]
    shared = together.filter(pl.col("actor").is_in(mine.implode()))
    sizes = together.group_by("effort").len("size")
    both = shared.group_by("effort").agg("actor").join(sizes, on="effort")
    met = {effort: actors for effort, actors, _ in both.iter_rows()}
    score = _EFFORT_TOPICS * topics
    at = np.searchsorted(efforts, both["effort"].to_numpy())
    joint = both["actor"].list.len().to_numpy()
    score[at] += _EFFORT_PARTIES * joint / (len(mine) + both["size"].to_numpy() - joint)
    score[row] = 0
    kinds = columns.nodes["kind"]
    told = profile[[row]].toarray().ravel()
    found = []
    for other in np.lexsort((efforts, -score))[:_MOST].tolist():
        if score[other] < _LEAST:
            break
        one = int(efforts[other])
        techs = np.flatnonzero(told * profile[[other]].toarray().ravel() * (rarity > _SAYS))
        rare = techs[np.argsort(-rarity[techs], kind="stable")][:_SHOWN].tolist()
        common = tuple(met.get(one, ())[:_SHOWN])
        ids = tuple(int(_techs(columns)[tech]) for tech in rare)
        found.append(Similar(one, float(score[other]), ids, (), kinds[one] == kinds[node], bool(common), False, common))
    return found


def _efforts(columns: Columns) -> tuple[Ints, csr_array]:
    """Node ids of the efforts that have topics or participants, and efforts x technologies as stated."""
    efforts = columns.nodes.filter(pl.col("group") == "effort")["node"].to_numpy().astype(np.int64)
    techs = _techs(columns)
    direct = columns.technology.filter("direct").unique()
    direct = direct.filter(pl.col("node").is_in(efforts))
    rows = np.searchsorted(efforts, direct["node"].to_numpy())
    cols = np.searchsorted(techs, direct["tech"].to_numpy())
    return efforts, csr_array((np.ones(len(rows)), (rows, cols)), shape=(len(efforts), len(techs)))


def _techs(columns: Columns) -> Ints:
    return columns.nodes.filter(pl.col("group") == "technology")["node"].to_numpy().astype(np.int64)


def _cosines(profile: csr_array, row: int, rarity: Floats) -> Floats:
    """Of each row with one of them, with columns weighed."""
    weighed = csr_array(profile.multiply(rarity[np.newaxis, :]))
    length = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel())
    product = np.asarray((weighed @ weighed[[row]].T).toarray()).ravel()
    both = length * length[row]
    found: Floats = np.divide(product, both, out=np.zeros_like(product), where=both > 0)
    return found
