"""Who works together most: communities of the network by the Leiden method, how sure they are, and what they are about."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.sparse import csr_array, triu

from graph.gaps.answer import Answer, Note
from graph.gaps.blocs import regions_of
from graph.gaps.collaboration import Collaboration, Floats, Ints
from graph.gaps.coverage import absence, coverage
from graph.gaps.field import Field, field, nothing
from graph.layout_communities import communities as leiden

SEEDS = tuple(range(5))
_LARGE = 200_000  # ties beyond which three seeds must do: seven seconds a seed on all of Horizon 2020
_FEWEST = 3  # actors, for a technology or a region to name a community
_NAMES = 3
_ACTORS = 10


@dataclass(frozen=True, slots=True)
class Partition:
    """`of` has the number of each actor's community, 0 the largest; -1 for those without ties. `agreement` is the mean
    adjusted Rand index of all pairs of seeds: 1 = always the same, 0 = no better than chance."""

    of: Ints
    agreement: float


@dataclass(frozen=True, slots=True)
class Community:
    """`technologies` (node ids) and `regions` are those that it has most beyond their share of the whole; `actors` the
    strongest in it; `inside` the share of the strength of its ties that stays in it."""

    number: int
    size: int
    technologies: tuple[int, ...]
    regions: tuple[str, ...]
    actors: tuple[int, ...]
    inside: float


def communities(net: Collaboration, *, limit: int = 50) -> Answer[Community]:
    """Communities with an actor whom the scope asks about, the largest first; found among all actors of its technologies."""
    held = field(net)
    covered = coverage(net, held.mask)
    empty = nothing(held)
    if empty is not None:
        return Answer(net.scope, covered, (), 0, (absence(covered),), empty)
    seeds = SEEDS if held.weights.nnz // 2 <= _LARGE else SEEDS[:3]
    found = partition(held.weights, seeds=seeds)
    numbers = np.unique(found.of[held.asked & (found.of >= 0)])
    notes = (absence(covered), Note("communities-agree", {"seeds": len(seeds), "agreement": found.agreement}))
    rows = tuple(_described(held, found.of, numbers[:limit]))
    return Answer(net.scope, covered, rows, len(numbers), notes)


def partition(weights: csr_array, *, seeds: tuple[int, ...] = SEEDS) -> Partition:
    """The one of the partitions by several seeds that agrees most with the others; the order of the actors is fixed."""
    upper = triu(weights, 1).tocoo()
    ends = np.column_stack([upper.coords[0], upper.coords[1]]).astype(np.int64)
    order = np.lexsort((ends[:, 1], ends[:, 0]))
    tied = np.diff(weights.indptr) > 0
    drawn = [leiden(weights.shape[0], ends[order], upper.data[order], seed=seed) for seed in seeds]
    drawn = [np.where(tied, found, -1) for found in drawn]
    alike = np.eye(len(drawn))
    for one, other in combinations(range(len(drawn)), 2):
        alike[one, other] = alike[other, one] = agreement(drawn[one][tied], drawn[other][tied])
    pairs = alike[np.triu_indices(len(drawn), 1)]
    return Partition(drawn[int(np.argmax(alike.sum(axis=1)))], float(pairs.mean()) if len(pairs) else 1.0)


def agreement(one: Ints, other: Ints) -> float:
    """The adjusted Rand index of two partitions of the same things."""
    if not len(one):
        return 1.0
    both = np.unique(np.column_stack([one, other]), axis=0, return_counts=True)[1]
    together = _pairs(both)
    first, second = _pairs(np.bincount(one)), _pairs(np.bincount(other))
    expected = first * second / max(_pairs(np.array([len(one)])), 1.0)
    most = (first + second) / 2
    return 1.0 if most == expected else (together - expected) / (most - expected)


def _pairs(sizes: Ints) -> float:
    return float((sizes * (sizes - 1) / 2).sum())


def _described(held: Field, of: Ints, numbers: Ints) -> list[Community]:
    net = held.net
    works = csr_array(net.stated[held.rows] + (net.practised[held.rows] > 0)).toarray().astype(bool)
    codes, names = _codes(regions_of(held))
    strength = np.asarray(held.weights.sum(axis=1)).ravel()
    found = []
    for number in numbers.tolist():
        members = np.flatnonzero(of == number)
        techs = _beyond(works[members].sum(axis=0), works[of >= 0].sum(axis=0), len(members), int((of >= 0).sum()))
        known, everywhere = codes[members], codes[of >= 0]
        there, all_there = known[known >= 0], everywhere[everywhere >= 0]
        places = _beyond(
            np.bincount(there, minlength=len(names)),
            np.bincount(all_there, minlength=len(names)),
            len(there),
            len(all_there),
        )
        strongest = members[np.lexsort((members, -strength[members]))][:_ACTORS]
        stays = held.weights[members][:, members].sum() / strength[members].sum()
        found.append(
            Community(
                number=number,
                size=len(members),
                technologies=tuple(int(net.techs[column]) for column in techs),
                regions=tuple(names[code] for code in places),
                actors=tuple(int(node) for node in held.nodes[strongest]),
                inside=float(stays),
            )
        )
    return found


def _beyond(here: Ints, everywhere: Ints, size: int, total: int) -> list[int]:
    """The few that are most here beyond their share of the whole: count x ln(share here / share everywhere)."""
    kept = np.flatnonzero(here >= _FEWEST)
    share: Floats = (here[kept] / max(size, 1)) / (everywhere[kept] / max(total, 1))
    worth = here[kept] * np.log(share)
    order = np.lexsort((kept, -worth))
    return [int(kept[place]) for place in order[:_NAMES] if worth[place] > 0]


def _codes(regions: list[str | None]) -> tuple[Ints, list[str]]:
    """A number for each region, -1 for none, and the names of the numbers."""
    names = sorted({region for region in regions if region is not None})
    number = {name: code for code, name in enumerate(names)}
    return np.array([-1 if region is None else number[region] for region in regions], dtype=np.int64), names
