"""Reasons against a pair that never met itself: its group, those who run it, or its double know the other already."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from rapidfuzz.fuzz import token_set_ratio
from scipy.sparse import csr_array

from graph.gaps.answer import Note, Proof, Reason
from graph.gaps.collaboration import of_row
from graph.gaps.doubles import home_pages, plain_name
from graph.gaps.ground import Ground
from graph.gaps.kin import Kin, kin
from graph.gaps.links import link_proofs, links, met, proofs_of_tie
from graph.gaps.reasons_against import belongs, both

_KNOWN: Final = -3.0


def known_through(held: Ground, a: int, b: int) -> Sequence[Reason]:
    """Others of their groups, or those who take part in the lab or centre that one of them is, have a tie: KTH knows whom
    its departments do not, and a venture's lab whom the venture does."""
    net, found = held.net, kin(held.net)
    if net.owner[a] == net.owner[b] or net.ever[a, b] or not found.known[a, b]:
        return ()
    ends = _tied(held, found, a, b)
    if ends is None:
        return ()
    one, other = ends
    proofs = (*proofs_of_tie(held, one, other), *_binds(held, found, a, one), *_binds(held, found, b, other))
    things = both(held, a, b) | {"one": (int(net.nodes[one]),), "other": (int(net.nodes[other]),)}
    for row, end, far in ((a, one, other), (b, other, one)):
        if net.owner[row] != net.owner[end]:
            run = {"effort": row, "one": end, "other": far}
            named = {name: (int(net.nodes[place]),) for name, place in run.items()}
            return (Reason(Note("run-by-linked", {}, named), proofs, _KNOWN),)
    code = "group-meets" if len(np.intersect1d(met(held, one), met(held, other))) else "group-linked"
    return (Reason(Note(code, {}, things), proofs, _KNOWN),)


def kin_known(held: Ground, a: int, b: int) -> Sequence[Reason]:
    """One of them has a tie to what is probably the other under a second name, or a sister of it."""
    net, found = held.net, kin(held.net)
    if net.owner[a] == net.owner[b] or net.ever[a, b] or not found.known[a, b]:
        return ()
    if found.likely[a, b] or _tied(held, found, a, b) is not None:
        return ()
    for row, other in ((a, b), (b, a)):
        for double in sorted(_of(found.likely, other), key=lambda place: -_alike(held, place, other)):
            ends = (row, double) if net.ever[row, double] else _tied(held, found, row, double)
            if ends is not None and double != row:
                things = {"one": row, "kin": double, "other": other}
                proofs = (
                    *proofs_of_tie(held, *ends),
                    *_binds(held, found, row, ends[0]),
                    *_binds(held, found, double, ends[1]),
                    *(held.records.thing(int(net.nodes[place])) for place in (double, other)),
                )
                named = {name: (int(net.nodes[place]),) for name, place in things.items()}
                return (Reason(Note("kin-linked", {}, named), proofs, _KNOWN),)
    return ()


def same_home_page(held: Ground, a: int, b: int) -> Sequence[Reason]:
    """Both name one home page."""
    net = held.net
    if net.owner[a] == net.owner[b] or not kin(net).likely[a, b]:
        return ()
    pages = home_pages(net)
    one, other = (set(pages["mark"].to_numpy()[pages["row"].to_numpy() == row]) for row in (a, b))
    if not one & other:
        return ()
    proofs = tuple(held.records.thing(int(net.nodes[row])) for row in (a, b))
    return (Reason(Note("same-home-page", {"page": min(one & other)}, both(held, a, b)), proofs, _KNOWN),)


def _tied(held: Ground, found: Kin, a: int, b: int) -> tuple[int, int] | None:
    """The first of the sure kin of each who have a tie: they themselves before all, then those of their groups."""
    net = held.net
    others = sorted(_of(found.sure, b), key=lambda row: _near(net.owner, row, b))
    for one in sorted(_of(found.sure, a), key=lambda row: _near(net.owner, row, a)):
        tied = set(_of(net.ever, one))
        for other in others:
            if other in tied:
                return one, other
    return None


def _alike(held: Ground, one: int, other: int) -> float:
    names = held.net.columns.nodes["name_en"]
    return float(token_set_ratio(*(plain_name(str(names[int(held.net.nodes[row])])) for row in (one, other))))


def _near(owner: np.ndarray, row: int, of: int) -> tuple[bool, bool, int]:
    return bool(owner[row] != owner[of]), row != of, row


def _of(table: csr_array, row: int) -> list[int]:
    return sorted(of_row(table, row).tolist())


def _binds(held: Ground, found: Kin, row: int, other: int) -> list[Proof]:
    """What says that an organisation speaks for another: it is of its group, or takes part in it."""
    owner = held.net.owner
    if row == other:
        return []
    if owner[row] == owner[other]:
        return [proof for end in (row, other) for proof in belongs(held, end)]
    for party in _of(found.parties, row):
        if owner[party] == owner[other]:
            said = links(held, party, row)
            proofs = [proof for one in said.iter_rows(named=True) for proof in link_proofs(held, one)]
            return proofs + ([] if party == other else [p for end in (party, other) for p in belongs(held, end)])
    return []
