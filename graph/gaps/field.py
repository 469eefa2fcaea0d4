"""The part of the network that a scope is about: the actors of its technologies and all ties among them.

Two who work on batteries and met in a project about hydrogen do know each other, so the ties are those of any work.
The region and the types of the scope say who is asked about; they cut no ties.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array

from graph.gaps.answer import Note
from graph.gaps.collaboration import Collaboration, Floats, Ints, Mask
from graph.gaps.scope import Scope


@dataclass(frozen=True, eq=False)
class Field:
    """Place i of every array here is the row `rows[i]` of the network.

    rows     rows of the network, ascending: all who work on the technologies, tied or not
    asked    whom the scope asks about: in its regions, of one of its types
    weights  strength of ties among them, symmetric, zero diagonal, sorted indices
    """

    net: Collaboration
    rows: Ints
    asked: Mask
    weights: csr_array

    @cached_property
    def links(self) -> csr_array:
        """One where there is a tie."""
        held = self.weights
        return csr_array((np.ones(held.nnz), held.indices, held.indptr), shape=held.shape)

    @cached_property
    def degree(self) -> Ints:
        """With how many others each has a tie."""
        return np.asarray(np.diff(self.weights.indptr), dtype=np.int64)

    @property
    def nodes(self) -> Ints:
        """Node ids."""
        return np.asarray(self.net.nodes[self.rows])

    @property
    def types(self) -> Ints:
        """Codes of the types."""
        return self.net.types[self.rows].astype(np.int64)

    @cached_property
    def mask(self) -> Mask:
        """Whom the scope asks about, as a mask over the network."""
        found = np.zeros(len(self.net.nodes), dtype=bool)
        found[self.rows[self.asked]] = True
        return found


def field(net: Collaboration) -> Field:
    """The field of the scope of a network."""
    scope = net.scope
    rows = np.flatnonzero(net.working_on(scope.technologies))
    asked = net.located_in(scope.regions)
    if scope.types is not None:
        asked = asked & (net.of_type(scope.types[0]) | net.of_type(scope.types[1]))
    whole = len(rows) == len(net.nodes)
    weights = csr_array(net.weights if whole else net.weights[rows][:, rows])
    weights.sort_indices()
    return Field(net, rows.astype(np.int64), asked[rows], weights)


def nothing(held: Field) -> Note | None:
    """Why nothing can be found here: no actor in the scope, or none that is tied to another."""
    if not held.asked.any():
        return Note("no-actors", {"filters": told(held.net.scope)})
    if not held.degree[held.asked].any():
        return Note("no-ties", {"actors": int(held.asked.sum())})
    return None


def told(scope: Scope) -> str:
    """The filters of a scope, as they were chosen."""
    years = [f"{name} {year}" for name, year in (("from", scope.year_from), ("to", scope.year_to)) if year is not None]
    parts: Sequence[str] = (*scope.technologies, *scope.regions, *(scope.types or ()), *years)
    return ", ".join(parts) or "-"


def share_of(weights: csr_array) -> csr_array:
    """Each row divided by its sum; rows without ties stay empty."""
    sums = np.asarray(weights.sum(axis=1)).ravel()
    each: Floats = np.repeat(np.where(sums > 0, sums, 1.0), np.diff(weights.indptr))
    return csr_array((weights.data / each, weights.indices, weights.indptr), shape=weights.shape)
