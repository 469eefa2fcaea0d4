"""What the order of pairs counts besides the score of the back-test and the reasons, and how often one may stand in a list.

The weights were set by reading lists, not by a back-test (docs/explanation/gaps.md): nobody has yet said of enough pairs
whether they were useful.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np

from graph.gaps.actors import TYPES
from graph.gaps.areas import scope_columns
from graph.gaps.collaboration import Collaboration, Floats, Ints, Mask

ADDED: Final = ("focus", "inside", "spread")
MODEL: Final = 0.5  # of the logarithm of the score: size must not outweigh what speaks for a pair
_FOCUS: Final = 1.5  # whole when neither does anything else than the technology
_INSIDE: Final = 1.0  # both are in the region that is asked for
_SPREAD: Final = -1.0  # a company that is in many projects, hardly any of them of the technology
_MANY, _HARDLY = 20, 0.1

_LEAST: Final = 4
_SHARE: Final = 5

Allowed = Callable[[int], int]  # how often a group may stand in a list of that length


def added(net: Collaboration, a: Ints, b: Ints) -> Mapping[str, Floats]:
    """What each of `ADDED` adds to the score of pairs of rows."""
    zeros = np.zeros(len(a))
    found: dict[str, Floats] = dict.fromkeys(ADDED, zeros)
    if net.scope.regions and not net.scope.other_regions and net.scope.reach == "touching":
        here = net.located_in(net.scope.regions)
        found["inside"] = np.where(here[a] & here[b], _INSIDE, 0.0)
    if net.scope.technologies:
        share, scattered = _specific(net)
        found["focus"] = (np.sqrt(share[a]) + np.sqrt(share[b])) / 2 * _FOCUS
        found["spread"] = np.where(scattered[a] | scattered[b], _SPREAD, 0.0)
    return found


def _specific(net: Collaboration) -> tuple[Floats, Mask]:
    """By actor: the share of its joint efforts that is about the technology (its own word counts as one of them, and two
    are added of which nobody knows), and whether it is a company that takes part in everything, as consultants do."""
    efforts = np.diff(net.incidence.indptr)
    about = net.incidence.astype(np.float64) @ net.occasions_on(net.scope.technologies).astype(np.float64)
    states = np.asarray(net.stated[:, scope_columns(net)].sum(axis=1)).ravel() > 0
    share: Floats = (about + states) / (efforts + 2)
    company = net.types == TYPES.index("company")
    return share, np.asarray(company & ~states & (efforts >= _MANY) & (share < _HARDLY), dtype=bool)


def fair(length: int) -> int:
    """A fifth of the list, and four at least: of every beginning of it, so that pages of it are fair too."""
    return max(_LEAST, length // _SHARE)


def diverse(
    net: Collaboration,
    ends: Sequence[tuple[int, int]],
    most: int,
    allowed: Allowed | None,
    *,
    first: Sequence[int] = (),
    start: int = 0,
) -> list[int]:
    """The places of the first `most` pairs of rows in which two corporate groups meet once, and each of them stands as
    often as is `allowed` in a list of that length: fewer than `most` where the others are all of groups that have had theirs.
    `first` are places that are in the list already; then only those from `start` on are looked at."""
    groups = [sorted((int(net.owner[a]), int(net.owner[b]))) for a, b in ends]
    seen: dict[int, int] = {}
    met: set[tuple[int, int]] = set()
    kept: list[int] = []
    waiting: list[int] = []
    places = iter(range(start, len(ends)))

    def take(place: int) -> bool:
        one, other = groups[place]
        if allowed is not None and max(seen.get(one, 0), seen.get(other, 0)) >= allowed(len(kept) + 1):
            return False
        if one == other or (one, other) not in met:
            kept.append(place)
            met.add((one, other))
            for group in {one, other}:
                seen[group] = seen.get(group, 0) + 1
        return True

    for place in first:
        take(place)
    may = 0
    while len(kept) < most:
        if allowed is not None and waiting and allowed(len(kept) + 1) > may:
            may = allowed(len(kept) + 1)
            waiting = [place for place in waiting if len(kept) == most or not take(place)]
            continue
        coming = next(places, None)
        if coming is None:
            break
        if not take(coming):
            waiting.append(coming)
    return kept
