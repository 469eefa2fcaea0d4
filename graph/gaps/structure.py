"""Where an actor stands in a weighted network: PageRank, and Burt's measures of structural holes.

The weights are symmetric, without loops. The definitions are those of NetworkX, which is the oracle of the tests.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array

from graph.gaps.collaboration import Floats, Ints

_DAMPING = 0.85
_CLOSE = 1e-10
_ROUNDS = 200
_CHUNK = 1_000


def pagerank(weights: csr_array) -> Floats:
    """The share of time that a walk along the ties, by their strength, spends with each actor; they sum to one."""
    count = weights.shape[0]
    if not count:
        return np.zeros(0)
    onward = _shares(weights).T.tocsr()
    stuck = np.diff(weights.indptr) == 0
    rank = np.full(count, 1.0 / count)
    for _ in range(_ROUNDS):
        moved = _DAMPING * (onward @ rank + rank[stuck].sum() / count) + (1 - _DAMPING) / count
        done = np.abs(moved - rank).sum() < _CLOSE
        rank = np.asarray(moved)
        if done:
            break
    return rank


def holes(weights: csr_array, rows: Ints) -> tuple[Floats, Floats]:
    """Burt's constraint and effective size of these rows; nan for those without ties.

    constraint_i = sum over partners j of (p_ij + sum_q p_iq p_qj)^2, where p_ij is the share of i's strength that goes to j.
    effective size_i = partners - sum over partners j and q of p_iq m_jq, where m_jq is w_jq over the greatest w of j.
    """
    shares, marginal = _shares(weights), _of_strongest(weights)
    constraint, size = np.full(len(rows), np.nan), np.full(len(rows), np.nan)
    for at in range(0, len(rows), _CHUNK):
        part = slice(at, at + _CHUNK)
        own = csr_array(shares[rows[part]])
        partners = csr_array((np.ones(own.nnz), own.indices, own.indptr), shape=own.shape)
        indirect = csr_array((own @ shares).multiply(partners))
        redundant = csr_array((partners @ marginal).multiply(own))
        tied = np.diff(own.indptr) > 0
        constraint[part][tied] = np.asarray((own + indirect).power(2).sum(axis=1)).ravel()[tied]
        size[part][tied] = (np.diff(own.indptr) - np.asarray(redundant.sum(axis=1)).ravel())[tied]
    return constraint, size


def _shares(weights: csr_array) -> csr_array:
    """Each row divided by its sum; rows without ties stay empty."""
    sums = np.asarray(weights.sum(axis=1)).ravel()
    each: Floats = np.repeat(np.where(sums > 0, sums, 1.0), np.diff(weights.indptr))
    return csr_array((weights.data / each, weights.indices, weights.indptr), shape=weights.shape)


def _of_strongest(weights: csr_array) -> csr_array:
    """Each row divided by its greatest weight."""
    greatest = np.asarray(weights.max(axis=1).todense()).ravel() if weights.nnz else np.ones(weights.shape[0])
    each = np.repeat(greatest, np.diff(weights.indptr))
    return csr_array((weights.data / each, weights.indices, weights.indptr), shape=weights.shape)
