"""How large a thing is on the map: measures of all things that the columns give at once."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import numpy as np
import numpy.typing as npt
import polars as pl

from graph.columns import Columns
from graph.gaps.money import received

Measure = Literal["partners", "money"]
Values = npt.NDArray[np.float32]


@lru_cache(maxsize=8)
def measured(columns: Columns, measure: Measure) -> Values:
    """By node id; NaN where it is not known.

    partners    other organisations it works with (`collaboratesWith`); NaN for what is no organisation
    money       euro received in all years, as far as it is known (see graph.gaps.money); 0 is never given for unknown
    """
    if measure == "partners":
        values = np.where(columns.nodes["group"].to_numpy() == "organisation", np.float32(0), np.float32(np.nan))
        found = columns.links.filter(pl.col("property") == "collaboratesWith").group_by("a").agg(pl.col("b").n_unique())
        values[found["a"].to_numpy()] = found["b"].to_numpy()
        return values.astype(np.float32)
    values = np.full(len(columns.nodes), np.nan, dtype=np.float32)
    sums = received(columns)
    values[sums["actor"].to_numpy()] = sums["eur"].to_numpy()
    return values
