"""Broader and narrower technologies: which say the same, and which say it best."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

import numpy as np
from scipy.sparse import csr_array

from graph.gaps.collaboration import Collaboration
from graph.inside import inside

__all__ = ["below", "narrowest", "narrowest_of", "under"]


class _Square(Protocol):
    @property
    def technology(self) -> int: ...


Square = TypeVar("Square", bound=_Square)


def narrowest(net: Collaboration, squares: Iterable[Square], same: Callable[[Square], object]) -> list[Square]:
    """Without those of which a narrower technology says the same: equal by `same`, which holds the region as well."""
    of_same: dict[object, list[Square]] = {}
    held = list(squares)
    for one in held:
        of_same.setdefault(same(one), []).append(one)
    parts = {column: set(below(net, column)) for column in {one.technology for one in held}}
    return [one for one in held if not any(other.technology in parts[one.technology] for other in of_same[same(one)])]


def narrowest_of(net: Collaboration, works: csr_array) -> csr_array:
    """Actors x technologies without those of which the actor works on a narrower one as well."""
    covered = (works.astype(np.int32) @ under(net)) > 0
    return csr_array(works.astype(np.int8) - works.multiply(covered).astype(np.int8) > 0)


def under(net: Collaboration) -> csr_array:
    """Technologies x technologies: one where the row is narrower than the column, at any depth."""
    pairs = [(part, column) for column in range(len(net.techs)) for part in below(net, column)]
    rows, columns = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return csr_array((np.ones(len(rows), dtype=np.int32), (rows, columns)), shape=(len(net.techs), len(net.techs)))


def below(net: Collaboration, column: int) -> list[int]:
    """Columns of the technologies narrower than that of a column, at any depth."""
    parts = inside(net.columns, int(net.techs[column]))
    return [net.tech_column[node] for node in parts if node in net.tech_column]
