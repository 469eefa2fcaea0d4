"""Orphan research: much research of a technology in a region, and fewer ties to companies than its activity would give."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.gaps.actors import TYPES, ActorType
from graph.gaps.answer import Answer, Note
from graph.gaps.areas import FEW_ACTORS, LEAST_EXPECTED, Areas, areas, astray, named, nothing_here, shown_actors
from graph.gaps.collaboration import Collaboration, Ints, Mask
from graph.gaps.coverage import absence, coverage
from graph.gaps.margins import Margins, margins
from graph.gaps.narrower import narrowest
from graph.gaps.nearest import distances, likeness
from graph.gaps.proving import of_work, work_of
from graph.gaps.rows import Orphan, Status

__all__ = ["orphans"]

_ORDER: tuple[Status, ...] = ("gap", "as-expected", "cannot-say", "too-few-actors", "over-linked")
_PROVED = 4  # researchers whose records are shown


@dataclass(frozen=True, slots=True)
class _Square:
    technology: int  # column of `net.techs`
    region: int
    found: Margins
    researchers: int
    status: Status

    @property
    def gap(self) -> float:
        """ln((O+1)/(E+1)); below 0."""
        return float(np.log((self.found.observed[self.region] + 1.0) / (self.found.expected[self.region] + 1.0)))


def orphans(net: Collaboration, *, limit: int = 50) -> Answer[Orphan]:
    """Technologies in regions with research above the median of all regions and ties to companies below what is expected.

    A company may be anywhere; with a scope that reaches `within` its regions, there. Those whose interval lies below
    nothing come first, the deepest gap before the others; then those that may be chance, and those that are too small to tell.
    """
    held = areas(net)
    seen = coverage(net, shown_actors(net, held, "research"))
    empty = nothing_here(net, held, "research")
    squares = [] if empty else [one for column in held.columns for one in _squares(net, held, int(column))]
    squares = narrowest(net, squares, lambda one: (one.region, one.status, one.researchers, round(one.gap, 9)))
    squares.sort(key=lambda one: (_ORDER.index(one.status), one.gap, one.technology, one.region))
    rows = tuple(_orphan(net, held, one) for one in squares[:limit])
    notes = [absence(seen), *astray(held)]
    if squares:
        counts = {status.replace("-", "_"): sum(one.status == status for one in squares) for status in _ORDER[:4]}
        notes.append(Note("orphans-counts", counts))
    return Answer(net.scope, seen, rows, len(squares), tuple(notes), empty or _none(squares))


def _none(squares: list[_Square]) -> Note | None:
    return None if squares else Note("orphans-none")


def _squares(net: Collaboration, held: Areas, column: int) -> list[_Square]:
    research = _side(net, "research")
    regions = len(held.regions)
    found = margins(net, column, np.where(research, held.region, -1), regions, _companies(net))
    working = held.works[:, [column]].toarray().ravel() & research & (held.region >= 0)
    counts = np.bincount(held.region[working], minlength=regions)
    masses = found.mass[found.mass > 0]
    if not len(masses):
        return []
    above = (found.mass > np.median(masses)) & (found.observed < found.expected) & held.shown
    return [
        _Square(column, int(region), found, int(counts[region]), _status(found, int(region), int(counts[region])))
        for region in np.flatnonzero(above)
    ]


def _status(found: Margins, region: int, researchers: int) -> Status:
    if researchers < FEW_ACTORS:
        return "too-few-actors"
    if found.expected[region] < LEAST_EXPECTED:
        return "cannot-say"
    return "gap" if found.high[region] < 0 else "as-expected"


def _side(net: Collaboration, name: ActorType) -> Mask:
    return np.asarray(net.types == TYPES.index(name))


def _companies(net: Collaboration) -> Mask:
    companies = _side(net, "company")
    return companies & net.located_in(net.scope.regions) if net.scope.reach == "within" else companies


def _orphan(net: Collaboration, held: Areas, one: _Square) -> Orphan:
    working = held.works[:, [one.technology]].toarray().ravel()
    researchers = np.flatnonzero(working & _side(net, "research") & (held.region == one.region))
    strongest = researchers[
        np.lexsort((researchers, -net.practised[researchers][:, [one.technology]].toarray().ravel()))
    ]
    topic, map_, km = _near(net, held, researchers, np.flatnonzero(working & _companies(net)))
    found, region = one.found, one.region
    told = one.status in ("gap", "as-expected")
    proofs = work_of(net, strongest, one.technology, _PROVED)
    near = dict.fromkeys(row for row in (topic, map_) if row is not None)
    proofs += tuple(proof for row in near for proof in of_work(net, row, one.technology, 1))
    return Orphan(
        technology=int(net.techs[one.technology]),
        region=held.regions[region],
        researchers=one.researchers,
        mass=float(found.mass[region]),
        observed=float(found.observed[region]),
        expected=float(found.expected[region]),
        low=float(found.low[region]) if told else None,
        high=float(found.high[region]) if told else None,
        status=one.status,
        near_in_topic=None if topic is None else int(net.nodes[topic]),
        near_on_map=None if map_ is None else int(net.nodes[map_]),
        km=km,
        proofs=proofs,
    )


def _near(
    net: Collaboration, held: Areas, researchers: Ints, companies: Ints
) -> tuple[int | None, int | None, float | None]:
    """Of the companies on the technology that none of the researchers ever met: the most alike, the nearest, and how far."""
    met = np.asarray(net.ever[researchers][:, companies].sum(axis=0)).ravel() > 0
    new = companies[~met & named(net)[companies]]
    if not len(new):
        return None, None, None
    alike, far = likeness(held.works, researchers, new), distances(net, researchers, new)
    topic = int(new[np.argmax(alike)]) if alike.max() > 0 else None
    if not np.isfinite(far.min()):
        return topic, None, None
    return topic, int(new[np.argmin(far)]), float(far.min())
