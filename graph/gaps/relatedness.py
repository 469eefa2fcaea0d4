"""How near technologies are to each other, and what a region is good at (Hidalgo et al. 2007, with actors for countries)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.gaps.areas import Areas
from graph.gaps.collaboration import Collaboration, Floats, Ints, Mask
from graph.gaps.narrower import below

__all__ = ["Related", "related"]

FEW_AT_ALL = 10  # actors on a technology, or in a region on any: with fewer its shares are noise


@dataclass(frozen=True, eq=False)
class Related:
    """Regions x technologies, but `proximity`, which is technologies x technologies.

    counts      organisations that work on it, a group once
    expected    x_r x_t / X: as many as there would be if every region did the same; counties among counties, countries
                among countries
    advantage   counts / expected, revealed comparative advantage; nan where nothing is expected
    strong      advantage of 1 or more from two actors at least
    proximity   min(P(t|u), P(u|t)) over actors; 0 between a technology and those above and below it
    density     share of a technology's proximity that lies in technologies in which the region is strong
    told        enough actors in the region and on the technology
    """

    counts: Ints
    expected: Floats
    advantage: Floats
    strong: Mask
    proximity: Floats
    density: Floats
    told: Mask


def related(net: Collaboration, held: Areas, columns: Ints) -> Related:
    """Over some technologies (columns of `net.techs`), in their order, and all regions."""
    counts = held.heads(np.ones(len(net.nodes), dtype=bool))[:, columns]
    expected, enough = np.zeros(counts.shape), np.zeros(counts.shape, dtype=bool)
    for kind in held.alike():
        of_region, of_tech = counts[kind].sum(axis=1), counts[kind].sum(axis=0)
        expected[kind] = np.outer(of_region, of_tech) / max(of_tech.sum(), 1)
        enough[kind] = of_tech >= FEW_AT_ALL
    advantage = np.divide(counts, expected, out=np.full(counts.shape, np.nan), where=expected > 0)
    strong = (np.nan_to_num(advantage) >= 1) & (counts >= 2)
    proximity = _proximity(net, held, columns)
    near = proximity.sum(axis=0)
    density = np.divide(strong @ proximity, near, out=np.zeros(counts.shape), where=near > 0)
    told = enough & (_busy(held, columns) >= FEW_AT_ALL)[:, None]
    return Related(counts, expected, advantage, strong, proximity, density, told)


def _busy(held: Areas, columns: Ints) -> Ints:
    """How many organisations of each region work on any of the technologies."""
    busy = (np.asarray(held.works[:, columns].sum(axis=1)).ravel() > 0) & (held.region >= 0) & held.there
    once = np.unique(np.stack([held.region[busy], held.owner[busy]]), axis=1)
    return np.bincount(once[0], minlength=len(held.regions)).astype(np.int64)


def _proximity(net: Collaboration, held: Areas, columns: Ints) -> Floats:
    """Over all actors, wherever they are."""
    works = held.works[:, columns].astype(np.int64)
    both = np.asarray((works.T @ works).toarray(), dtype=np.float64)
    counts = both.diagonal()
    larger = np.maximum(counts[:, None], counts[None, :])
    proximity = np.divide(both, larger, out=np.zeros_like(both), where=larger > 0)
    np.fill_diagonal(proximity, 0.0)
    place = {int(column): number for number, column in enumerate(columns)}
    for column, number in place.items():
        parts = [place[part] for part in below(net, column) if part in place]
        proximity[number, parts] = proximity[parts, number] = 0.0
    return proximity
