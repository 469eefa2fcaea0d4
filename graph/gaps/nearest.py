"""Who is nearest: in what they work on, and on the map."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array

from graph.gaps.collaboration import Collaboration, Floats, Ints
from graph.gaps.earth import arc
from graph.gaps.topics import topics

__all__ = ["around", "distances", "likeness", "rarity", "spoken"]

_EARTH_KM = 6371.0088


def rarity(works: csr_array) -> Floats:
    """How much it tells that two work on a technology: ln of all busy actors over those that work on it."""
    counts = np.asarray(works.sum(axis=0)).ravel()
    busy = (np.asarray(works.sum(axis=1)).ravel() > 0).sum()
    weights: Floats = np.log((busy + 1.0) / (counts + 1.0))
    return np.clip(weights, 0.0, None).astype(np.float64)


def around(net: Collaboration, column: int) -> csr_array:
    """Actors x technologies, bool: on what each works in occasions on a technology, and what those state that state it."""
    occasions = np.flatnonzero(net.covers[:, [column]].toarray().ravel())
    practised = net.incidence[:, occasions].astype(np.int32) @ net.covers[occasions].astype(np.int32)
    says = net.stated[:, [column]].toarray().ravel()
    return csr_array((practised + net.stated.multiply(says[:, np.newaxis])) > 0)


def likeness(works: csr_array, rows: Ints, others: Ints) -> Floats:
    """Cosine between the technologies of a group (the sum over its actors) and of each of the others, by rarity."""
    weights = rarity(works)
    group = np.asarray(works[rows].sum(axis=0)).ravel() * weights
    held = works[others].multiply(weights[np.newaxis, :]).tocsr()
    length = np.sqrt(np.asarray(held.multiply(held).sum(axis=1)).ravel()) * np.sqrt(group @ group)
    dot = held @ group
    found: Floats = np.divide(dot, length, out=np.zeros_like(dot), where=length > 0)
    return found


def spoken(net: Collaboration, rows: Ints, others: Ints) -> Floats:
    """Cosine between what is written of a group (the sum over its actors) and of each of the others; 0 where nothing is."""
    held = topics(net).vectors
    group = np.asarray(held[rows].sum(axis=0)).ravel().astype(np.float64)
    length = float(np.sqrt(group @ group))
    found: Floats = held[others].astype(np.float64) @ (group / length if length else group)
    return found


def distances(net: Collaboration, rows: Ints, others: Ints) -> Floats:
    """Kilometres from each of the others to the nearest of the rows, along a great circle; inf where a place is unknown."""
    found = np.full(len(others), np.inf)
    known = rows[~np.isnan(net.lat[rows])]
    placed = ~np.isnan(net.lat[others])
    if not len(known) or not placed.any():
        return found
    lat, lon = np.radians(net.lat[known])[:, None], np.radians(net.lon[known])[:, None]
    to_lat, to_lon = np.radians(net.lat[others[placed]])[None, :], np.radians(net.lon[others[placed]])[None, :]
    found[placed] = (_EARTH_KM * arc(lat, lon, to_lat, to_lon)).min(axis=0)
    return found
