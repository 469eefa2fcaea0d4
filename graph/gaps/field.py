"""The part of the network that a scope is about: the actors of its technologies and all ties among them.

Two who work on batteries and met in a project about hydrogen do know each other, so the ties are those of any work.
The region and the types of the scope say who is asked about; they cut no ties.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from scipy.sparse import csr_array

from graph.gaps.answer import Note
from graph.gaps.betweenness import betweenness
from graph.gaps.collaboration import Collaboration, Floats, Ints, Mask
from graph.gaps.same import Same
from graph.gaps.structure import pagerank
from graph.gaps.why import no_ties, nobody


@dataclass(frozen=True, eq=False)
class Ties:
    """All who work on the technologies, tied or not, and the ties among them; kept for the next question.

    rows     rows of the network, ascending
    weights  strength of ties among them, symmetric, zero diagonal, sorted indices
    """

    rows: Ints
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

    @cached_property
    def between(self) -> Floats:
        """The betweenness of each."""
        return betweenness(self.links)

    @cached_property
    def rank(self) -> Floats:
        """The PageRank of each."""
        return pagerank(self.weights)


@dataclass(frozen=True, eq=False)
class Field:
    """Place i of every array here, and of those of `ties`, is the row `ties.rows[i]` of the network.

    asked    whom the scope asks about: in its regions, of one of its types
    """

    net: Collaboration
    ties: Ties
    asked: Mask

    @property
    def rows(self) -> Ints:
        """Rows of the network."""
        return self.ties.rows

    @property
    def weights(self) -> csr_array:
        """Strength of the ties."""
        return self.ties.weights

    @property
    def links(self) -> csr_array:
        """One where there is a tie."""
        return self.ties.links

    @property
    def degree(self) -> Ints:
        """With how many others each has a tie."""
        return self.ties.degree

    @property
    def nodes(self) -> Ints:
        """Node ids."""
        return np.asarray(self.net.nodes[self.rows])

    @property
    def types(self) -> Ints:
        """Codes of the types."""
        return np.asarray(self.net.types[self.rows], dtype=np.int64)

    @cached_property
    def mask(self) -> Mask:
        """Whom the scope asks about, as a mask over the network."""
        found = np.zeros(len(self.net.nodes), dtype=bool)
        found[self.rows[self.asked]] = True
        return found


def field(net: Collaboration) -> Field:
    """The field of the scope of a network."""
    scope = net.scope
    ties = _ties(Same(net), scope.technologies)
    asked = net.located_in(scope.regions)
    if scope.types is not None:
        asked = asked & (net.of_type(scope.types[0]) | net.of_type(scope.types[1]))
    return Field(net, ties, asked[ties.rows])


@lru_cache(maxsize=4)
def _ties(same: Same, technologies: tuple[str, ...]) -> Ties:
    net = same.net
    rows = np.flatnonzero(net.working_on(technologies)).astype(np.int64)
    weights = csr_array(net.weights[rows][:, rows])
    weights.sort_indices()
    return Ties(rows, weights)


def nothing(held: Field) -> Note | None:
    """Why nothing can be found here: no actor in the scope, or none that is tied to another."""
    if not held.asked.any():
        return nobody(held.net)
    if not held.degree[held.asked].any():
        return no_ties(held.net, held.mask)
    return None
