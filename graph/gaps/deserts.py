"""Funding deserts: active organisations with little money, against the same technology in other regions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import polars as pl

from graph.gaps.answer import Answer, Note, Proof
from graph.gaps.areas import Areas, areas, astray, nothing_here, shown_actors
from graph.gaps.collaboration import Collaboration, Floats
from graph.gaps.coverage import absence, coverage
from graph.gaps.narrower import narrowest
from graph.gaps.proving import of_relations, work_of
from graph.gaps.purses import Purses, purses
from graph.gaps.rows import Desert

__all__ = ["deserts"]

KNOWN_SHARE = 0.5  # of the places where an amount could stand; below that nothing is said
_ELSEWHERE = 9  # regions to compare with: with fewer the lowest tenth is no more than the lowest one
_LOW = 0.10
_FEW_FUNDERS = 1
_MANY_FUNDERS = (
    2.0  # the median elsewhere: with less the sources know of one funder only, and to have one tells nothing
)
_LEAST = 10  # organisations; a project more or less decides over fewer
_PROVED = 4

_Status = Literal["desert", "as-expected", "cannot-say", "too-few-actors"]
_ORDER: tuple[_Status, ...] = ("desert", "as-expected", "cannot-say", "too-few-actors")


@dataclass(frozen=True, slots=True)
class _Square:
    technology: int
    region: int
    actors: int
    money: float | None
    each: float | None
    coverage: float
    funders: int
    threshold: float | None
    status: _Status
    why: Note


def deserts(net: Collaboration, *, limit: int = 50) -> Answer[Desert]:
    """Technologies in regions, deserts first (the driest before the others), then those that are none or cannot be told.

    A desert has money per organisation (of those with a known amount) below the 10th percentile of the same technology
    in the other regions, or at most one funder where the median elsewhere is two or more. Counties are compared with
    counties and countries with countries. Nothing is said of fewer than 10 organisations, nor where amounts are known for less
    than half of the places in which one could stand; then all numbers of money are None.
    """
    held = areas(net)
    seen = coverage(net, shown_actors(net, held))
    empty = nothing_here(net, held)
    found = purses(net, held)
    squares = [] if empty else _squares(held, found)
    squares = narrowest(net, squares, lambda one: (one.region, one.status, one.actors, one.money, one.funders))
    squares.sort(key=lambda one: (_ORDER.index(one.status), _dryness(one), -one.actors, one.technology, one.region))
    rows = tuple(_desert(net, held, found, one) for one in squares[:limit])
    notes = [absence(seen), *astray(held), _known(held, found)]
    if squares:
        counts = {status.replace("-", "_"): sum(one.status == status for one in squares) for status in _ORDER}
        counts["least"] = _LEAST
        notes.append(Note("deserts-counts", counts))
    return Answer(
        net.scope, seen, rows, len(squares), tuple(notes), empty or (None if squares else Note("deserts-none"))
    )


def _known(held: Areas, found: Purses) -> Note:
    """How much of the money is known where the scope looks: of all places, each once."""
    here = pl.col("technology").is_in(held.columns.tolist()) & pl.col("region").is_in(
        np.flatnonzero(held.shown).tolist()
    )
    once = found.held.filter(here).unique(["row", "relations"])
    known = once.filter(pl.col("eur").is_not_null()).height
    if not known:
        return Note("deserts-no-money")
    return Note("deserts-coverage", {"known": known, "places": once.height})


def _dryness(one: _Square) -> float:
    return np.inf if one.each is None or not one.threshold else one.each / one.threshold


def _squares(held: Areas, found: Purses) -> list[_Square]:
    squares: list[_Square] = []
    table = found.table.filter(pl.col("technology").is_in(held.columns.tolist()))
    for part in table.partition_by("technology", maintain_order=True):
        squares += _of_technology(held, part)
    return squares


def _of_technology(held: Areas, part: pl.DataFrame) -> list[_Square]:
    rows = part.to_dicts()
    each = np.array([row["money"] / row["heads_paid"] if row["heads_paid"] else np.nan for row in rows])
    told = np.array([row["actors"] >= _LEAST and row["known"] / row["places"] >= KNOWN_SHARE for row in rows])
    funders = np.array([row["funders"] for row in rows])
    split = held.split[[row["region"] for row in rows]]
    return [
        _square(row, each[number], each[others], funders[others])
        for number, row in enumerate(rows)
        if held.shown[row["region"]]
        for others in [told & (np.arange(len(rows)) != number) & (split == split[number])]
    ]


def _square(row: dict[str, Any], each: float, elsewhere: Floats, funders: Floats) -> _Square:
    share = row["known"] / row["places"]
    threshold = _share_of(elsewhere, _LOW) if len(elsewhere) >= _ELSEWHERE else None
    usual = _share_of(funders, 0.5) if len(funders) else 0.0
    status, why = _judged(row, each, share, threshold, usual)
    said = status in ("desert", "as-expected")
    return _Square(
        technology=row["technology"],
        region=row["region"],
        actors=row["actors"],
        money=float(row["money"]) if said else None,
        each=float(each) if said else None,
        coverage=share,
        funders=row["funders"],
        threshold=threshold if said else None,
        status=status,
        why=why,
    )


def _share_of(values: Floats, share: float) -> float:
    """The quantile between two neighbours, as `numpy.quantile` has it, without its cost for so few values."""
    ordered = np.sort(values)
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return float(ordered[below] + (place - below) * (ordered[above] - ordered[below]))


def _judged(
    row: dict[str, Any], each: float, share: float, threshold: float | None, usual: float
) -> tuple[_Status, Note]:
    known = {"known": row["known"], "places": row["places"]}
    if row["actors"] < _LEAST:
        return "too-few-actors", Note("deserts-few", {"actors": row["actors"], "least": _LEAST})
    if share < KNOWN_SHARE:
        return "cannot-say", Note("deserts-unknown", known)
    if threshold is None:
        return "cannot-say", Note("deserts-alone", {"least": _ELSEWHERE})
    if each < threshold:
        return "desert", Note("deserts-dry", {"each": round(each), "threshold": round(threshold), **known})
    if row["funders"] <= _FEW_FUNDERS and usual >= _MANY_FUNDERS:
        return "desert", Note("deserts-one-funder", {"funders": row["funders"], "usual": usual, **known})
    return "as-expected", Note("deserts-usual", {"each": round(each), "threshold": round(threshold), **known})


def _desert(net: Collaboration, held: Areas, found: Purses, one: _Square) -> Desert:
    return Desert(
        technology=int(net.techs[one.technology]),
        region=held.regions[one.region],
        actors=one.actors,
        money=one.money,
        per_actor=one.each,
        threshold=one.threshold,
        funders=one.funders,
        coverage=one.coverage,
        status=one.status,
        why=one.why,
        proofs=_proofs(net, held, found, one),
    )


def _proofs(net: Collaboration, held: Areas, found: Purses, one: _Square) -> tuple[Proof, ...]:
    """The largest known sums; where there are none, that the organisations work on it."""
    here = found.held.filter(pl.col("technology") == one.technology, pl.col("region") == one.region)
    largest = here.filter(pl.col("eur") > 0).sort("eur", "row", descending=[True, False], maintain_order=True)
    proofs = tuple(
        of_relations(net.columns, int(net.nodes[row]), relations)
        for row, relations in largest.head(_PROVED).select("row", "relations").iter_rows()
    )
    if proofs:
        return proofs
    working = held.works[:, [one.technology]].toarray().ravel() & (held.region == one.region) & held.there
    return work_of(net, np.flatnonzero(working), one.technology, _PROVED)
