"""White space: a technology that a region does little of, although it is strong in much of what is related to it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import pdtr

from graph.gaps.answer import Answer, Note, Proof
from graph.gaps.areas import Areas, areas, astray, nothing_here, shown_actors
from graph.gaps.collaboration import Collaboration, Mask
from graph.gaps.coverage import absence, coverage
from graph.gaps.narrower import below
from graph.gaps.proving import work_of
from graph.gaps.relatedness import Related, related
from graph.gaps.rows import WhiteSpace

__all__ = ["white_space"]

_LEAST = {"county": 5, "country": 10}  # organisations expected; of fewer the share is that of a project or two
_TOP = 0.75
_CHANCE = 0.10
_RELATED = 5
_PROVED = 2  # actors of each related technology whose records are shown


@dataclass(frozen=True, slots=True)
class _Square:
    number: int  # of the technology in `held.all_columns`
    region: int


def white_space(net: Collaboration, *, limit: int = 50) -> Answer[WhiteSpace]:
    """Technologies in regions with revealed advantage below 1 and relatedness density in the top quartile of all squares.

    Only where 5 organisations or more are expected in a county, 10 in a country, and so few as there are would be less likely than one in ten by chance. First
    what is most missing for its density. Advantage and density are reckoned over the whole map, whatever the scope shows, among
    counties and among countries.
    """
    held = areas(net)
    anything = replace(held, columns=held.all_columns)  # nobody works on what is white
    seen = coverage(net, shown_actors(net, anything))
    empty = nothing_here(net, anything) or _alone(held)
    found = related(net, held, held.all_columns)
    told = _told(held, found)
    squares = [] if empty else _squares(held, found, told)
    rows = tuple(_row(net, held, found, one) for one in squares[:limit])
    notes = (
        absence(seen),
        *astray(held),
        Note("whitespace-told", {"told": int(told.sum()), **_LEAST}),
    )
    return Answer(net.scope, seen, rows, len(squares), notes, empty or _none(squares, told))


def _alone(held: Areas) -> Note | None:
    """Where all are in one region nothing can be compared."""
    return Note("whitespace-alone") if len(held.regions) < 2 else None


def _none(squares: list[_Square], told: Mask) -> Note | None:
    if squares:
        return None
    return Note("whitespace-none" if told.any() else "whitespace-small", _LEAST)


def _told(held: Areas, found: Related) -> Mask:
    """Squares that are shown and large enough."""
    asked = np.isin(held.all_columns, held.columns)
    least = np.where(held.split, _LEAST["county"], _LEAST["country"])[:, None]
    return np.asarray(found.told & (found.expected >= least) & held.shown[:, None] & asked[None, :])


def _squares(held: Areas, found: Related, told: Mask) -> list[_Square]:
    if not found.told.any():
        return []
    dense = np.zeros(told.shape, dtype=bool)
    for kind in held.alike():
        known = found.told & kind[:, None]
        if known.any():
            dense[kind] = found.density[kind] >= np.quantile(found.density[known], _TOP)
    few = (found.advantage < 1) & (pdtr(found.counts, found.expected) <= _CHANCE)
    regions, numbers = np.nonzero(told & dense & few)
    worth = ((1 - found.advantage) * found.density)[regions, numbers]
    order = np.lexsort((numbers, regions, -worth))
    return [_Square(int(numbers[one]), int(regions[one])) for one in order]


def _row(net: Collaboration, held: Areas, found: Related, one: _Square) -> WhiteSpace:
    numbers = _nearest(net, held, found, one)
    column = int(held.all_columns[one.number])
    return WhiteSpace(
        technology=int(net.techs[column]),
        region=held.regions[one.region],
        actors=int(found.counts[one.region, one.number]),
        advantage=float(found.advantage[one.region, one.number]),
        density=float(found.density[one.region, one.number]),
        related=tuple(int(net.techs[held.all_columns[number]]) for number in numbers),
        proofs=_proofs(net, held, one.region, [int(held.all_columns[number]) for number in numbers]),
    )


def _nearest(net: Collaboration, held: Areas, found: Related, one: _Square) -> list[int]:
    """The nearest technologies in which the region is strong, none above or below another; the narrower first."""
    near = found.proximity[one.number] * found.strong[one.region]
    parts = [{number, *_under(net, held, number)} for number in range(len(near))]
    order = sorted(np.flatnonzero(near).tolist(), key=lambda number: (-near[number], len(parts[number]), number))
    picked: list[int] = []
    for number in order:
        if not any(number in parts[one] or one in parts[number] for one in picked):
            picked.append(number)
    return picked[:_RELATED]


def _under(net: Collaboration, held: Areas, number: int) -> list[int]:
    columns = below(net, int(held.all_columns[number]))
    return np.flatnonzero(np.isin(held.all_columns, columns)).tolist()


def _proofs(net: Collaboration, held: Areas, region: int, columns: list[int]) -> tuple[Proof, ...]:
    """That actors of the region work on the related technologies."""
    here = held.region == region
    found = [
        proof
        for column in columns
        for proof in work_of(net, np.flatnonzero(held.works[:, [column]].toarray().ravel() & here), column, _PROVED)
    ]
    return tuple(dict.fromkeys(found))
