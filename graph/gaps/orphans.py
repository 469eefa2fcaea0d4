"""Orphan research: much research of a technology in a region, and fewer ties to companies than its activity would give."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.gaps.answer import Answer, Note
from graph.gaps.areas import FEW_ACTORS, LEAST_EXPECTED, Areas, areas, astray, named, nothing_here, shown_actors
from graph.gaps.collaboration import Collaboration, Ints, Mask
from graph.gaps.coverage import absence, coverage
from graph.gaps.margins import Margins, intervals, margins
from graph.gaps.narrower import narrowest
from graph.gaps.nearest import around, distances, likeness, spoken
from graph.gaps.proving import of_work, work_of
from graph.gaps.rows import Orphan, Status

__all__ = ["orphans"]

_ORDER: tuple[Status, ...] = ("gap", "as-expected", "cannot-say", "too-few-actors", "over-linked")
_ALIKE_ABROAD = 0.15  # cosine of the texts from which on a company of another country is worth a journey
_FAR_KM = 250.0  # further away nobody is near
_FIRST = 2.0  # more than both cosines: a company of the same country stands before all others
_PROVED = 4  # researchers whose records are shown


@dataclass(frozen=True, slots=True)
class _Square:
    technology: int  # column of `net.techs`
    region: int
    researchers: int
    mass: float
    observed: float
    expected: float
    gap: float
    low: float
    high: float
    status: Status


def orphans(net: Collaboration, *, limit: int = 50) -> Answer[Orphan]:
    """Technologies in regions with research above the median of all regions and ties to companies below what is expected.

    A company may be anywhere; with a scope that reaches `within` its regions, there. Those whose interval lies below
    nothing come first, the deepest gap before the others; then those that may be chance, and those that are too small to tell.
    """
    held = areas(net)
    seen = coverage(net, shown_actors(net, held, "research"))
    empty = nothing_here(net, held, "research")
    squares = [] if empty else _squares(net, held)
    squares = narrowest(net, squares, lambda one: (one.region, one.status, one.researchers, round(one.gap, 9)))
    squares.sort(key=lambda one: (_ORDER.index(one.status), one.gap, one.technology, one.region))
    there = named(net)
    rows = tuple(_orphan(net, held, one, there) for one in squares[:limit])
    notes = [absence(seen), *astray(held)]
    if squares:
        counts = {status.replace("-", "_"): sum(one.status == status for one in squares) for status in _ORDER[:4]}
        notes.append(Note("orphans-counts", counts))
    return Answer(net.scope, seen, rows, len(squares), tuple(notes), empty or _none(squares))


def _none(squares: list[_Square]) -> Note | None:
    return None if squares else Note("orphans-none")


def _squares(net: Collaboration, held: Areas) -> list[_Square]:
    research, companies = net.of_type("research"), _companies(net)
    region = np.where(research, held.region, -1)
    counts = held.heads(research)
    found = [margins(net, column, region, len(held.regions), companies) for column in held.columns.tolist()]
    drawn = [(one, regions) for one in found if len(regions := _tested(_short(held, one), one, counts))]
    interval = {
        (one.column, number): (float(low[place]), float(high[place]))
        for (one, regions), (low, high) in zip(drawn, intervals(drawn), strict=True)
        for place, number in enumerate(regions.tolist())
    }
    return [
        _square(one, number, int(counts[number, one.column]), *interval.get((one.column, number), (np.nan, np.nan)))
        for one in found
        for number in _short(held, one).tolist()
    ]


def _square(one: Margins, region: int, researchers: int, low: float, high: float) -> _Square:
    """As in the matrix nothing is said of few actors, nor where no interval was drawn because little is expected."""
    numbers = (float(values[region]) for values in (one.mass, one.observed, one.expected, one.gap))
    mass, observed, expected, gap = numbers
    status: Status = "gap" if high < 0 else "as-expected"
    if researchers < FEW_ACTORS or np.isnan(high):
        status = "too-few-actors" if researchers < FEW_ACTORS else "cannot-say"
    return _Square(one.column, region, researchers, mass, observed, expected, gap, low, high, status)


def _tested(regions: Ints, one: Margins, counts: Ints) -> Ints:
    tested = (one.expected[regions] >= LEAST_EXPECTED) & (counts[regions, one.column] >= FEW_ACTORS)
    return np.asarray(regions[tested])


def _short(held: Areas, one: Margins) -> Ints:
    """Regions that are shown, with research above the median of those that have any, and fewer ties than expected."""
    much = np.zeros(len(held.regions), dtype=bool)
    for kind in held.alike():
        some = one.mass[kind & (one.mass > 0)]
        if len(some):
            much |= kind & (one.mass > np.median(some))
    return np.flatnonzero(much & (one.observed < one.expected) & held.shown)


def _companies(net: Collaboration) -> Mask:
    companies = net.of_type("company")
    return companies & net.located_in(net.scope.regions) if net.scope.reach == "within" else companies


def _orphan(net: Collaboration, held: Areas, one: _Square, there: Mask) -> Orphan:
    working = held.works[:, [one.technology]].toarray().ravel()
    researchers = np.flatnonzero(working & net.of_type("research") & (held.region == one.region))
    strongest = researchers[
        np.lexsort((researchers, -net.practised[researchers][:, [one.technology]].toarray().ravel()))
    ]
    strong = held.strong[:, [one.technology]].toarray().ravel()
    topic, map_, km = _near(net, one.technology, researchers, np.flatnonzero(strong & _companies(net) & there))
    told = one.status in ("gap", "as-expected")
    _, first = np.unique(net.owner[strongest], return_index=True)  # one of each group
    proofs = work_of(net, strongest[np.sort(first)], one.technology, _PROVED)
    near = dict.fromkeys(row for row in (topic, map_) if row is not None)
    proofs += tuple(proof for row in near for proof in of_work(net, row, one.technology, 1))
    return Orphan(
        technology=int(net.techs[one.technology]),
        region=held.regions[one.region],
        researchers=one.researchers,
        mass=one.mass,
        observed=one.observed,
        expected=one.expected,
        low=one.low if told else None,
        high=one.high if told else None,
        status=one.status,
        near_in_topic=None if topic is None else int(net.nodes[topic]),
        near_on_map=None if map_ is None else int(net.nodes[map_]),
        km=km,
        proofs=proofs,
    )


def _near(
    net: Collaboration, column: int, researchers: Ints, companies: Ints
) -> tuple[int | None, int | None, float | None]:
    """Of the companies on the technology that none of the researchers ever met: the most alike, the nearest, and how far.

    The most alike is of the country of the researchers, or from elsewhere only if what is written of both is alike as well.
    """
    met = np.asarray(net.ever[researchers][:, companies].sum(axis=0)).ravel() > 0
    new = companies[~met]
    if not len(new):
        return None, None, None
    far = distances(net, researchers, new)
    alike, words = likeness(around(net, column), researchers, new), spoken(net, researchers, new)
    country = {net.country[row] for row in researchers.tolist()} - {None}
    home = np.array([net.country[row] in country for row in new.tolist()], dtype=bool)
    fits = ((alike + words > 0) & home) | (words >= _ALIKE_ABROAD)
    value = np.where(fits, alike + words + _FIRST * home, -1.0)
    topic = int(new[np.argmax(value)]) if fits.any() else None
    if far.min() > _FAR_KM:
        return topic, None, None
    return topic, int(new[np.argmin(far)]), float(far.min())
