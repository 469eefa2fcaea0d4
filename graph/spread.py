"""Room for a part of the map: the best connected stand in the middle of their community, which is empty around them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

_MOST = 97.0  # percent of the members of a community that count for how wide it is
_WIDEST = 8.0  # times that a community is opened at most

Places = npt.NDArray[np.float64]


def spread(place: Places, community: pl.Series, nodes: pl.DataFrame) -> Places:
    """The places (n, 2) of some nodes of the map, those of each `community` moved away from its middle until they fill the
    room that all of it has in the table `nodes`; none leaves that room."""
    found = place.copy()
    held = nodes.filter(pl.col("community").is_not_null()).select("community", "x", "y")
    whole = {key[0]: part.select("x", "y").to_numpy() for key, part in held.group_by("community")}
    of = community.to_numpy()
    for number in community.drop_nulls().unique().to_list():
        here, everyone = of == number, whole[number].astype(np.float64)
        middle = everyone.mean(axis=0)
        room = np.percentile(np.hypot(*(everyone - middle).T), _MOST)
        away = place[here] - middle
        far = np.hypot(*away.T)
        reach = np.percentile(far, _MOST)
        if not 0 < reach < room:
            continue
        times = np.minimum(min(room / reach, _WIDEST), np.maximum(room / np.maximum(far, 1e-9), 1.0))
        found[here] = middle + away * times[:, None]
    return found
