"""Where things stand in a drawing of dots with fixed sizes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from networkx import MultiGraph

# The side of the square that one thing gets, in the units of the dots' radii (7 to 38).
_ROOM = 85.0
_GOLDEN_ANGLE = 2.39996


def positions(network: MultiGraph) -> npt.NDArray[np.float64]:
    """Places as an (n, 2) array, y downwards: those of the server, spread so that every thing has room.

    Things that the server has not placed stand on a spiral around the rest.
    """
    given = [(held["x"], held["y"]) for _, held in network.nodes(data=True)]
    placed = np.array(given, dtype=np.float64).reshape(-1, 2) * (1.0, -1.0)
    known = np.isfinite(placed).all(axis=1)
    spread = placed * _factor(placed[known], len(placed))
    reach = np.hypot(*spread[known].T).max(initial=0.0) + _ROOM
    lost = np.flatnonzero(~known)
    turn, radius = _GOLDEN_ANGLE * lost, reach + _ROOM * np.sqrt(lost)
    spread[lost] = np.stack([radius * np.cos(turn), radius * np.sin(turn)], axis=1)
    return spread.round(1)


def _factor(placed: npt.NDArray[np.float64], count: int) -> float:
    """By what to stretch so that the area that `placed` takes suffices for `count` things; narrow clouds count as 1:9."""
    if not len(placed):
        return 1.0
    wide, high = np.ptp(placed, axis=0)
    return float(_ROOM * np.sqrt(count) / max(np.sqrt(wide * high), wide / 3, high / 3, 1.0))
