"""Whom to seat together at a venture day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from scipy.sparse import csr_array

from graph.gaps import venture_reasons as why
from graph.gaps.actors import TYPES
from graph.gaps.answer import Answer, Note, Reason
from graph.gaps.areas import Areas, areas, nothing_here
from graph.gaps.collaboration import Collaboration
from graph.gaps.coverage import absence, coverage
from graph.gaps.pairs import EXCLUDING
from graph.gaps.rows import Introduction
from graph.gaps.venture_lists import LISTS, List, Listed, small
from graph.gaps.venture_scores import Scores, scores

__all__ = ["venture_day"]

_OFTEN = 3  # how many times one organisation may stand in a list
_DEEP = 20  # counterparts of each candidate that are ranked at all


@dataclass(frozen=True, eq=False)
class _Pairs:
    name: List
    listed: Listed
    scored: Scores
    rows: list[tuple[int, int]]  # numbers of candidates and counterparts, best first
    said: dict[tuple[int, int], str] = field(default_factory=dict)


def venture_day(
    net: Collaboration, *, limit: int = 50, answers: Mapping[tuple[int, int], str] | None = None
) -> Answer[Introduction]:
    """Three lists, one after the other, each with its best pairs first and its share of the limit.

    `answers` are what people said of pairs of node ids, in either order: what they refused or know is left out, and what
    they found useful comes first. The candidate (the first of a pair) is in the regions of the scope; its counterpart may be
    anywhere, or with a scope that reaches `within` there too. An organisation stands at most three times in a list with all of
    its group, and of a university and its groups one alone with the same research.
    """
    held = areas(net)
    empty = nothing_here(net, held)
    found = [] if empty else [_pairs(net, held, name, answers or {}) for name in LISTS]
    seen = coverage(net, net.working_on(net.scope.technologies) & net.located_in(net.scope.regions))
    rows = tuple(
        _introduction(net, held, pairs, one)
        for pairs, most in zip(found, _shares(found, limit), strict=True)
        for one in pairs.rows[:most]
    )
    total = sum(len(pairs.rows) for pairs in found)
    thin = sum(pairs.scored.thin for pairs in found)
    notes = (
        absence(seen),
        _sizes(net),
        *(_counted(net, pairs) for pairs in found),
        *((Note("venture-thin", {"pairs": thin}),) if thin else ()),
    )
    return Answer(net.scope, seen, rows, total, notes, empty or (None if rows else Note("venture-none")))


def _sizes(net: Collaboration) -> Note:
    companies = int((net.types == TYPES.index("company")).sum())
    return Note("venture-sizes", {"small": int(small(net).sum()), "companies": companies})


def _counted(net: Collaboration, pairs: _Pairs) -> Note:
    """A university and its groups are one candidate."""
    candidates = len(np.unique(net.owner[pairs.listed.a]))
    return Note(f"venture-list-{pairs.name}", {"candidates": candidates, "pairs": len(pairs.rows)})


def _shares(found: list[_Pairs], limit: int) -> list[int]:
    """A third each; what a list does not need goes to those that come after, then to those before."""
    left, shares = limit, [0] * len(found)
    while left and any(len(pairs.rows) > share for pairs, share in zip(found, shares, strict=True)):
        for number, pairs in enumerate(found):
            if left and len(pairs.rows) > shares[number]:
                shares[number] += 1
                left -= 1
    return shares


def _pairs(net: Collaboration, held: Areas, name: List, answers: Mapping[tuple[int, int], str]) -> _Pairs:
    listed = _here(net, LISTS[name](net, held))
    scored = scores(net, held, name, listed)
    said = _said(net, scored, answers)
    for one, answer in said.items():
        scored.total[one] = -np.inf if answer in EXCLUDING else scored.total[one]
    return _Pairs(name, listed, scored, _ranked(net, held, listed, scored, said), said)


def _here(net: Collaboration, listed: Listed) -> Listed:
    """With the candidates of the regions of the scope alone."""
    here = np.flatnonzero(net.located_in(net.scope.regions)[listed.a])
    fits = None if listed.fits is None else listed.fits[here]
    projects = None if listed.projects is None else tuple(listed.projects[place] for place in here)
    return replace(listed, a=listed.a[here], of_a=csr_array(listed.of_a[here]), fits=fits, projects=projects)


def _said(net: Collaboration, scored: Scores, answers: Mapping[tuple[int, int], str]) -> dict[tuple[int, int], str]:
    """Answers by numbers of candidate and counterpart."""
    of_a = {int(net.nodes[row]): number for number, row in enumerate(scored.a)}
    of_b = {int(net.nodes[row]): number for number, row in enumerate(scored.b)}
    ways = [(pair, answer) for (one, other), answer in answers.items() for pair in ((one, other), (other, one))]
    return {(of_a[a], of_b[b]): answer for (a, b), answer in ways if a in of_a and b in of_b}


def _ranked(
    net: Collaboration, held: Areas, listed: Listed, scored: Scores, said: dict[tuple[int, int], str]
) -> list[tuple[int, int]]:
    """Best first, useful ones before all, each organisation as often as it may."""
    if not scored.total.size:
        return []
    active = net.strength[scored.b]
    value = np.round(scored.total, 3) + 1e-4 * active / max(
        float(active.max(initial=0)), 1.0
    )  # who works most breaks ties
    best = np.argsort(-value, axis=1, kind="stable")[:, :_DEEP]
    pairs = [(a, int(b)) for a in range(len(scored.a)) for b in best[a] if np.isfinite(scored.total[a, b])]
    useful = {one for one, answer in said.items() if answer == "useful" and np.isfinite(scored.total[one])}
    pairs = list(dict.fromkeys([*sorted(useful), *pairs]))
    pairs.sort(key=lambda one: (one not in useful, -value[one], one))
    seats: dict[int, int] = {}
    kept: list[tuple[int, int]] = []
    seated: dict[int, dict[int, set[int]]] = {}  # by group and row, what its candidates look for
    shown: set[tuple[frozenset[int], int]] = set()  # the same projects need to meet a company once
    places = np.searchsorted(listed.a, scored.a)
    for a, b in pairs:
        ends = int(net.owner[scored.a[a]]), int(net.owner[scored.b[b]])
        wants = set(np.intersect1d(listed.of_a[[places[a]]].indices, held.columns).tolist())
        group = seated.setdefault(ends[0], {})
        again = any(row != a and wants & other for row, other in group.items())
        projects = listed.projects[places[a]] if listed.projects is not None else frozenset()
        again = again or (bool(projects) and (projects, ends[1]) in shown)
        if not again and all(seats.get(end, 0) < _OFTEN for end in ends):
            kept.append((a, b))
            group[a] = wants
            shown.add((projects, ends[1]))
            seats.update({end: seats.get(end, 0) + 1 for end in ends})
    return kept


def _introduction(net: Collaboration, held: Areas, pairs: _Pairs, one: tuple[int, int]) -> Introduction:
    a, b = int(pairs.scored.a[one[0]]), int(pairs.scored.b[one[1]])
    return Introduction(
        list=pairs.name,
        a=int(net.nodes[a]),
        b=int(net.nodes[b]),
        score=float(pairs.scored.total[one]),
        reasons=tuple(_reasons(net, held, pairs, one, a, b)),
        against=why.against(net, held, a, b, pairs.name == "investor"),
        answer=pairs.said.get(one),
    )


def _reasons(net: Collaboration, held: Areas, pairs: _Pairs, one: tuple[int, int], a: int, b: int) -> list[Reason]:
    topic = float(pairs.scored.topic[one])
    found: list[Reason | None] = []
    if pairs.name == "investor":
        found.append(why.portfolio(net, held, a, b, topic))
        partners = net.weights[[a]].indices
        found.append(why.research(net, a, partners[net.types[partners] == TYPES.index("research")]))
    elif pairs.name == "company-for-research":
        place = int(np.searchsorted(pairs.listed.a, a))
        found.append(why.results(net, held, a, b, pairs.listed.of_a[[place]].indices, topic))
    else:
        found.append(why.shared(net, held, a, b, topic))
    found.append(why.common(net, held, a, b, float(pairs.scored.common[one])))
    found.append(why.near(net, held, a, b, float(pairs.scored.near[one])))
    return [reason for reason in found if reason is not None]
