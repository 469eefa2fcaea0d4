"""From stage to stage in all regions at once: who stands there, and how many have a tie to the stage before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.sparse import csr_array

from graph.gaps.areas import Areas
from graph.gaps.collaboration import Collaboration, Ints, Mask
from graph.gaps.rows import STAGES, Link, Stage
from graph.gaps.stages import Stages

__all__ = ["neighbours", "walk"]


def neighbours(net: Collaboration, held: Areas) -> csr_array:
    """Actors x actors of one region: who ever met, belongs to the same group, or is the same."""
    met, same = net.ever.tocoo().coords, (net.group @ net.group.T).tocoo().coords
    one, other = np.concatenate([met[0], same[0]]), np.concatenate([met[1], same[1]])
    kept = (held.region[one] == held.region[other]) & (held.region[one] >= 0)
    ones = np.ones(int(kept.sum()), dtype=np.int32)
    return csr_array((ones, (one[kept], other[kept])), shape=net.ever.shape)


def walk(
    net: Collaboration,
    held: Areas,
    found: Stages,
    known: Sequence[Mapping[Stage, bool]],
    near: csr_array,
    column: int,
    regions: Ints,
) -> dict[int, tuple[Link, ...]]:
    """By region the links of the chain of one technology, with rows for actors.

    The stage before is the last known one where somebody stands; everybody counts as tied where there is none.
    """
    at = {stage: found.at[stage][:, [column]].toarray().ravel() for stage in STAGES}
    links: dict[int, list[Link]] = {region: [] for region in regions.tolist()}
    last: dict[int, Ints] = {}
    before = np.zeros(len(net.nodes), dtype=np.int32)
    for stage in STAGES:
        tied = (near @ before) > 0
        there = _by_region(held, at[stage], regions)
        for region, rows in there.items():
            everybody = rows if stage != "market" else np.union1d(rows, _customers(held, found, at["company"], region))
            ties = _ties(net, tied, everybody, last.get(region), stage)
            links[region].append(Link(stage, tuple(everybody.tolist()), ties, known[region][stage]))
            if known[region][stage] and len(everybody):
                before[last.get(region, everybody)] = 0
                before[everybody] = 1
                last[region] = everybody
    return {region: tuple(each) for region, each in links.items()}


def _by_region(held: Areas, stage: Mask, regions: Ints) -> dict[int, Ints]:
    """Rows of those at the stage, ascending."""
    rows = np.flatnonzero(stage)
    rows = rows[np.argsort(held.region[rows], kind="stable")]
    starts = np.searchsorted(held.region[rows], regions)
    ends = np.searchsorted(held.region[rows], regions, side="right")
    return {int(region): rows[start:end] for region, start, end in zip(regions, starts, ends, strict=True)}


def _customers(held: Areas, found: Stages, companies: Mask, region: int) -> Ints:
    """Of the companies of the region, wherever they are."""
    return found.customers(np.flatnonzero(companies & (held.region == region)))


def _ties(net: Collaboration, tied: Mask, rows: Ints, before: Ints | None, stage: Stage) -> int:
    if before is None:
        return len(rows)
    if stage != "market" or not len(rows):
        return int(tied[rows].sum())
    met = np.asarray(net.ever[rows][:, before].sum(axis=1)).ravel() > 0
    return int((met | np.isin(net.owner[rows], net.owner[before])).sum())
