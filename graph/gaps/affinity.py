"""How much more, or less, the countries and the types of actors work with each other than their sizes say."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from graph.gaps.collaboration import Collaboration, Ints

_PRIOR: Final = 2.0  # ties that are added to what was seen and to what was expected, so that few ties say little

Table = npt.NDArray[np.float32]


def affinity(net: Collaboration, group: Ints, count: int) -> Table:
    """ln((O + prior) / (E + prior)) for each two of `count` groups (-1 = of no known group: its row and column, the last,
    are 0). O is the weight of the ties between the groups, E = m_a m_b / M."""
    ties = net.weights.tocoo()
    one, other = group[ties.coords[0]], group[ties.coords[1]]
    known = (one >= 0) & (other >= 0)
    seen = np.zeros((count, count))
    np.add.at(seen, (one[known], other[known]), ties.data[known])
    mass = seen.sum(axis=1)
    expected = np.outer(mass, mass) / max(seen.sum(), 1e-9)
    found = np.zeros((count + 1, count + 1), dtype=np.float32)
    found[:count, :count] = np.log((seen + _PRIOR) / (expected + _PRIOR))
    return found
