"""Distances on the globe."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]


def arc(lat: Floats, lon: Floats, to_lat: Floats, to_lon: Floats) -> Floats:
    """The angle along the great circle between places, in radians from radians; nan where a place is not known."""
    half = np.sin((to_lat - lat) / 2) ** 2 + np.cos(lat) * np.cos(to_lat) * np.sin((to_lon - lon) / 2) ** 2
    return np.asarray(2 * np.arcsin(np.sqrt(np.clip(half, 0, 1))))
