"""Until when an occasion keeps two together."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from graph.gaps.collaboration import Ints

ALWAYS: Final = 9999
_LASTS: Final = 5  # years that a project or partnership is taken to last when nobody says until when


def over(occasions: pl.DataFrame) -> Ints:
    """The last year of each of the occasions (columns tie, start, end; null or -1 is unknown). Without an end, a joint lead
    or venture lasts for ever and all else five years; what has no date at all may still go on."""
    start, end = (occasions[name].fill_null(-1).cast(pl.Int64).to_numpy() for name in ("start", "end"))
    lasting = occasions["tie"].is_in(["lead", "venture"]).to_numpy() | (start < 0)
    found: Ints = np.where(end >= 0, end, np.where(lasting, ALWAYS, start + _LASTS))
    return found
