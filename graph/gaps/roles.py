"""The roles of brokers by Gould and Fernandez: whom of which type an actor stands between, against chance.

A triad is two partners of the actor without a tie of their own. Ties have no direction here, so every gatekeeper is a
representative the other way round and both counts are the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import sqrt
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from graph.gaps.collaboration import of_row

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

# coordinator: all three of one type; consultant: both others of one type, the actor not; gatekeeper, representative: the
# actor and one other of one type; liaison: three types.
ROLES: Final = ("coordinator", "gatekeeper", "representative", "consultant", "liaison")


@dataclass(frozen=True, slots=True)
class Roles:
    """Triads by role, and how many standard deviations that is from what types handed out at random give (None: chance
    leaves no room)."""

    counts: Mapping[str, int]
    z: Mapping[str, float | None]


def roles(links: csr_array, types: Ints, kinds: int, row: int) -> Roles:
    """The roles of one row. `links` symmetric, of ones; `types` a code below `kinds` for each row.

    Chance: the types of all others with ties change places, all ways equally likely. Mean and variance of that are exact,
    so that nothing is drawn.
    """
    partners = of_row(links, row)
    among = csr_array(csr_array(links[partners])[:, partners])
    counts = _counts(_open(among, types[partners], kinds), int(types[row]))
    others = types[np.diff(links.indptr) > 0]
    held = np.bincount(others, minlength=kinds)
    held[types[row]] -= 1
    open_degree = len(partners) - 1 - np.diff(among.indptr)
    z = {
        role: _score(counts[role], open_degree, _chances(role, int(types[row]), tuple(held.tolist()))) for role in ROLES
    }
    return Roles(counts, z)


def _open(among: csr_array, types: Ints, kinds: int) -> Ints:
    """Pairs of partners without a tie, by their types; symmetric, so that pairs of two types stand twice."""
    one = np.zeros((len(types), kinds))
    one[np.arange(len(types)), types] = 1.0
    all_pairs = np.outer(one.sum(axis=0), one.sum(axis=0)) - np.diag(one.sum(axis=0))
    found = all_pairs - one.T @ (among @ one)
    found[np.diag_indices(kinds)] /= 2
    return np.asarray(found, dtype=np.int64)


def _counts(held: Ints, own: int) -> dict[str, int]:
    rest = np.arange(len(held)) != own
    same = np.diag(held)
    one_own = int(held[own][rest].sum())
    strangers = held[np.ix_(rest, rest)]
    return {
        "coordinator": int(same[own]),
        "gatekeeper": one_own,
        "representative": one_own,
        "consultant": int(same[rest].sum()),
        "liaison": int(np.triu(strangers, 1).sum()),
    }


def _score(count: int, open_degree: Ints, chances: tuple[float, float, float]) -> float | None:
    """(count - mean) / deviation of a sum over open pairs, of which some share a partner."""
    pairs = float(open_degree.sum()) / 2
    sharing = float((open_degree * (open_degree - 1)).sum())  # in both orders
    one, beside, apart = chances
    mean = pairs * one
    variance = mean + sharing * beside + (pairs * (pairs - 1) - sharing) * apart - mean * mean
    return (count - mean) / sqrt(variance) if variance > 1e-9 * max(mean, 1.0) else None


@cache
def _chances(role: str, own: int, held: tuple[int, ...]) -> tuple[float, float, float]:
    """That one pair has the role; that two pairs with a partner in common both have it; that two without both have it."""
    kinds, total = len(held), sum(held)
    fits = np.zeros((kinds, kinds))
    for a in range(kinds):
        for b in range(kinds):
            fits[a, b] = float(_role(own, a, b) == ("gatekeeper" if role == "representative" else role))
    drawn = [np.array(held, dtype=np.float64)]
    for _ in range(3):
        drawn.append(_one_more(drawn[-1], np.array(held, dtype=np.float64)))
    ways = [float(np.prod([total - taken for taken in range(number)])) for number in range(5)]
    one = (fits * drawn[1]).sum() / ways[2] if ways[2] else 0.0
    beside = np.einsum("ab,ac,abc->", fits, fits, drawn[2]) / ways[3] if ways[3] else 0.0
    apart = np.einsum("ab,cd,abcd->", fits, fits, drawn[3]) / ways[4] if ways[4] else 0.0
    return float(one), float(beside), float(apart)


def _one_more(drawn: Floats, held: Floats) -> Floats:
    """Ways to draw one more, of each type, after those of the axes of `drawn`, without putting back."""
    kinds, axes = len(held), drawn.ndim
    taken = np.zeros((*drawn.shape, kinds))
    for axis in range(axes):
        shape = [1] * axes + [kinds]
        shape[axis] = kinds
        taken = taken + np.eye(kinds).reshape(shape)
    return np.asarray(drawn[..., None] * np.maximum(held - taken, 0.0))


def _role(own: int, a: int, b: int) -> str:
    if a == b:
        return "coordinator" if a == own else "consultant"
    return "gatekeeper" if own in (a, b) else "liaison"
