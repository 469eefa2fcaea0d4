"""What a meeting of a venture day is worth: what both work on, how near they are, and whom both know."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.sparse import csr_array

from graph.gaps.areas import Areas
from graph.gaps.collaboration import Collaboration, Floats, Ints, Mask
from graph.gaps.narrower import narrowest_of
from graph.gaps.nearest import rarity
from graph.gaps.venture_lists import List, Listed

__all__ = ["DORMANT_COSTS", "DORMANT_YEARS", "Scores", "dormant", "scores"]

_SAME_COUNTRY, _SAME_REGION = 0.2, 0.1
_COMMON, _COMMON_MOST = 0.1, 0.3  # for each doubling of 1 + common partners: giants share partners by the dozen
DORMANT_COSTS = 0.2
DORMANT_YEARS = 3
_MOST = 400  # candidates that are looked at, those with most to match on first


@dataclass(frozen=True, eq=False)
class Scores:
    """Arrays of the candidates `a` by the counterparts `b`; `total` is their sum, -inf where the two may not be shown. `thin`: how
    many pairs are left out because nothing but one technology joins them."""

    a: Ints
    b: Ints
    topic: Floats
    near: Floats
    common: Floats
    total: Floats
    thin: int


def scores(net: Collaboration, held: Areas, name: List, listed: Listed) -> Scores:
    """Cosine of technologies by rarity, 0.2 for the same country and 0.1 for the same region, 0.1 for each doubling of 1 + common
    partners up to 0.3 (not for investors, whose ties are of another kind; being near does not count abroad), less 0.2 for each of the
    two that is dormant. Shown are those that share one of the narrowest technologies of the candidate, within the scope, and
    something more: a second one, the country (where the research has no project that is known: the region), a common partner, or
    what the counterpart did on it."""
    weights = rarity(held.works)
    told = np.asarray(listed.of_a.multiply(weights[np.newaxis, :]).sum(axis=1)).ravel()
    picked = np.sort(np.lexsort((listed.a, -net.strength[listed.a], -told))[:_MOST])
    a, b, of_a = listed.a[picked], listed.b, listed.of_a[picked]
    topic = _cosine(of_a, listed.of_b, weights)
    near = np.zeros(topic.shape) if name == "foreign-partner" else _near(net, held, a, b)
    common = np.zeros(topic.shape) if name == "investor" else _common(net, held, a, b)
    leaves = narrowest_of(net, of_a).astype(np.int32)
    shown = (_shared(leaves, listed.of_b, held.columns) > 0) & (topic > 0) & ~_known(net, a, b)
    if net.scope.reach == "within":
        shown &= net.located_in(net.scope.regions)[b]
    slow = dormant(net).astype(np.float64) * DORMANT_COSTS
    total = topic + near + common - slow[a][:, None] - slow[b][None, :]
    if listed.fits is not None:
        shown &= listed.fits[picked]
    close = near > 0
    if listed.projects is not None:
        shown_any = np.array([bool(listed.projects[place]) for place in picked], dtype=bool)
        close &= (near > _SAME_COUNTRY) | shown_any[:, None]
    more = (_shared(leaves, listed.of_b, held.all_columns) > 1) | close | (common > 0)
    if listed.record is not None:
        more |= _shared(leaves, listed.record, held.columns) > 0
    return Scores(a, b, topic, near, common, np.where(shown & more, total, -np.inf), int((shown & ~more).sum()))


def _shared(leaves: csr_array, of_b: csr_array, columns: Ints) -> Ints:
    """How many of the narrowest technologies of each candidate, among some, each counterpart has as well."""
    return np.asarray((leaves[:, columns] @ of_b[:, columns].T.astype(np.int32)).toarray(), dtype=np.int64)


def dormant(net: Collaboration) -> Mask:
    """Who was last active more than three years before the newest that its sources tell: a source that ends in 2019 says
    of nobody that he is dormant in 2026."""
    told = net.network.latest(_newest(net))
    return np.asarray((net.last_active >= 0) & (np.minimum(told, net.as_of) - net.last_active > DORMANT_YEARS))


def _newest(net: Collaboration) -> Ints:
    """For each occasion the newest year in which anything begins in the source that tells of it."""
    first = net.columns.relations["evidence"].gather(net.occasions["relation"]).list.first()
    told = net.occasions.select("start", net.columns.evidence["source"].gather(first).alias("source"))
    return told.select(pl.col("start").max().over("source"))["start"].to_numpy().astype(np.int64)


def _cosine(one: csr_array, other: csr_array, weights: Floats) -> Floats:
    a, b = (held.astype(np.float64).multiply(weights[np.newaxis, :]).tocsr() for held in (one, other))
    length = np.outer(*(np.sqrt(np.asarray(held.multiply(held).sum(axis=1)).ravel()) for held in (a, b)))
    dot = np.asarray((a @ b.T).toarray())
    found: Floats = np.divide(dot, length, out=np.zeros_like(dot), where=length > 0)
    return found


def _near(net: Collaboration, held: Areas, a: Ints, b: Ints) -> Floats:
    country = np.array([code or "" for code in net.country])
    same_country = (country[a][:, None] == country[b][None, :]) & (country[a] != "")[:, None]
    same_region = (held.region[a][:, None] == held.region[b][None, :]) & (held.region[a] >= 0)[:, None]
    found: Floats = _SAME_COUNTRY * same_country + _SAME_REGION * same_region
    return found


def _common(net: Collaboration, held: Areas, a: Ints, b: Ints) -> Floats:
    met = (net.weights > 0).astype(np.float32).multiply(held.there[np.newaxis, :]).tocsr()  # who is closed joins nobody
    counts = np.asarray((met[a] @ met[b].T).toarray(), dtype=np.float64)
    return np.asarray(np.clip(_COMMON * np.log2(1 + counts), 0.0, _COMMON_MOST))


def _known(net: Collaboration, a: Ints, b: Ints) -> Mask:
    """Who ever met or belong to the same group, and whose groups ever met: they need no introduction."""
    met = net.group[:, net.owner[a]].T @ net.ever.astype(np.int32) @ net.group[:, net.owner[b]]
    return np.asarray((met.toarray() > 0) | (net.owner[a][:, None] == net.owner[b][None, :]))
