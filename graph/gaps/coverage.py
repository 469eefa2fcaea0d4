"""How much of what a finding looks at says what it needs, and why there may be nothing to find."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
import polars as pl

from graph.columns import Columns
from graph.gaps.actors import TYPES
from graph.gaps.answer import Coverage, Note
from graph.gaps.collaboration import Collaboration, Mask
from graph.gaps.occasions import occasions
from graph.gaps.words import both


def coverage(net: Collaboration, actors: Mask, *, about: bool = False) -> Coverage:
    """Of the actors in the mask, and of the occasions of the scope in which any of them took part; `about`: of those alone
    that have to do with a technology of the scope."""
    touched = np.asarray(net.incidence[np.flatnonzero(actors)].sum(axis=0)).ravel() > 0
    tying = net.incidence
    if about:
        subject = net.occasions_on(net.scope.technologies)
        touched &= subject
        tying = net.incidence[:, np.flatnonzero(subject)]
    known, known_first, known_last = _known(net.columns)
    held = net.occasions.filter(pl.Series(touched))
    years = held.filter(pl.col("start") >= 0)["start"]
    with_place = net.columns.nodes["place"].gather(net.nodes).is_not_null().to_numpy()
    country = np.array([code is not None for code in net.country], dtype=bool)
    works = np.asarray(net.stated.sum(axis=1) + net.practised.sum(axis=1)).ravel() > 0
    return Coverage(
        actors=int(actors.sum()),
        tied=int((actors & (np.asarray(tying.sum(axis=1)).ravel() > 0)).sum()),
        placed=int((actors & (with_place | country)).sum()),
        typed=int((actors & (net.types != TYPES.index("other"))).sum()),
        technology=int((actors & works).sum()),
        occasions=held.height,
        dated=len(years),
        with_money=int(held["thing"].is_in(_paid(net.columns).implode()).sum()),
        first_year=None if years.is_empty() else int(years.min()),  # type: ignore[arg-type]
        last_year=None if years.is_empty() else int(years.max()),  # type: ignore[arg-type]
        sources=_sources(net.columns),
        known=known,
        known_first=known_first,
        known_last=known_last,
    )


def absence(held: Coverage) -> Note:
    """What holds for every finding: no record is not no tie. It tells what the sources hold at all, not what was looked at."""
    years = {"first": str(held.known_first), "last": str(held.known_last)}
    told = Note("absence-dated", years) if held.known_first is not None else Note("absence-undated")
    said = both(replace(told, values={"occasions": held.known, **told.values}) if held.known else Note("absence-none"))
    return Note("absence", {"held": said})


@lru_cache(maxsize=4)
def _paid(columns: Columns) -> pl.Series:
    """Efforts of which some amount is known."""
    rows = columns.relations.filter(pl.col("amount").is_not_null())
    facts = columns.facts.filter(pl.col("property") == "totalCost")["node"]
    return pl.concat([rows["a"], rows["b"].drop_nulls(), facts]).unique()


@lru_cache(maxsize=4)
def _known(columns: Columns) -> tuple[int, int | None, int | None]:
    """How many occasions of two parties or more the map has, and the years in which the first and the last of them begin."""
    held = occasions(columns)
    sizes = held.parts.unique(["occasion", "actor"]).group_by("occasion").len()
    table = held.table.join(sizes.filter(pl.col("len") > 1), on="occasion", how="semi")
    years = table["start"].drop_nulls()
    first, last = (None, None) if years.is_empty() else (int(years.min()), int(years.max()))  # type: ignore[arg-type]
    return table.height, first, last


@lru_cache(maxsize=4)
def _sources(columns: Columns) -> tuple[str, ...]:
    return tuple(columns.evidence["source"].unique().sort())
