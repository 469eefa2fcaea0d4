"""Seeded networks for the tests of structure: ours as sparse tables, the same as NetworkX graphs."""

from __future__ import annotations

import networkx as nx
import numpy as np
from scipy.sparse import csr_array


def weighted(count: int, share: float, seed: int, alone: int = 0) -> csr_array:
    """Symmetric weights between 0 and 1 for a share of all pairs; the last `alone` rows have none."""
    drawn = np.random.default_rng(seed)
    upper = np.triu(drawn.random((count, count)) * (drawn.random((count, count)) < share), 1)
    upper[:, count - alone :] = 0
    return csr_array(upper + upper.T)


def links(weights: csr_array) -> csr_array:
    """Ones where there is a weight."""
    return csr_array((np.ones(weights.nnz), weights.indices, weights.indptr), shape=weights.shape)


def graph(weights: csr_array) -> nx.Graph:
    """The same, with `weight`, and with its resistance as `cost`."""
    found = nx.from_scipy_sparse_array(weights)
    for _, _, held in found.edges(data=True):
        held["cost"] = 1 / held["weight"]
    return found
