"""How much of what a finding looks at says what it needs, and why there may be nothing to find."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import polars as pl

from graph.columns import Columns
from graph.gaps.actors import TYPES
from graph.gaps.answer import Coverage, Note
from graph.gaps.collaboration import Collaboration, Mask


def coverage(net: Collaboration, actors: Mask) -> Coverage:
    """Of the actors in the mask, and of the occasions of the scope in which any of them took part."""
    touched = np.asarray(net.incidence[np.flatnonzero(actors)].sum(axis=0)).ravel() > 0
    held = net.occasions.filter(pl.Series(touched))
    years = held.filter(pl.col("start") >= 0)["start"]
    with_place = net.columns.nodes["place"].gather(net.nodes).is_not_null().to_numpy()
    country = np.array([code is not None for code in net.country], dtype=bool)
    works = np.asarray(net.stated.sum(axis=1) + net.practised.sum(axis=1)).ravel() > 0
    return Coverage(
        actors=int(actors.sum()),
        tied=int((actors & (np.asarray(net.incidence.sum(axis=1)).ravel() > 0)).sum()),
        placed=int((actors & (with_place | country)).sum()),
        typed=int((actors & (net.types != TYPES.index("other"))).sum()),
        technology=int((actors & works).sum()),
        occasions=held.height,
        dated=len(years),
        with_money=int(held["thing"].is_in(_paid(net.columns).implode()).sum()),
        first_year=None if years.is_empty() else int(years.min()),  # type: ignore[arg-type]
        last_year=None if years.is_empty() else int(years.max()),  # type: ignore[arg-type]
        sources=_sources(net.columns),
    )


def absence(held: Coverage) -> Note:
    """What holds for every finding: no record is not no tie."""
    first, last = ("?" if year is None else str(year) for year in (held.first_year, held.last_year))
    return Note("absence", {"occasions": held.occasions, "first": first, "last": last})


@lru_cache(maxsize=4)
def _paid(columns: Columns) -> pl.Series:
    """Efforts of which some amount is known."""
    rows = columns.relations.filter(pl.col("amount").is_not_null())
    facts = columns.facts.filter(pl.col("property") == "totalCost")["node"]
    return pl.concat([rows["a"], rows["b"].drop_nulls(), facts]).unique()


@lru_cache(maxsize=4)
def _sources(columns: Columns) -> tuple[str, ...]:
    return tuple(columns.evidence["source"].unique().sort())
