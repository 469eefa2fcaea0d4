"""Why two should meet at a venture day, and why not, each with records."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import polars as pl

from graph.columns import Columns
from graph.gaps.answer import Note, Proof, Reason
from graph.gaps.areas import Areas
from graph.gaps.collaboration import Collaboration, Ints
from graph.gaps.names import NAMELESS
from graph.gaps.narrower import below
from graph.gaps.nearest import distances, rarity
from graph.gaps.proving import members, of_meeting, of_occasion, of_relations, of_work
from graph.gaps.results import alone
from graph.gaps.venture_lists import investments
from graph.gaps.venture_scores import DORMANT_COSTS, DORMANT_YEARS, dormant

__all__ = ["against", "common", "near", "portfolio", "research", "results", "shared"]

_TECHNOLOGIES, _NAMES = 3, 3


def narrow(net: Collaboration, held: Areas, columns: Ints) -> list[int]:
    """The narrowest of some technologies, the rarest first."""
    chosen = set(columns.tolist())
    lowest = [column for column in chosen if not chosen & set(below(net, column))]
    weights = rarity(held.works)
    return sorted(lowest, key=lambda column: (-weights[column], column))[:_TECHNOLOGIES]


def shared(net: Collaboration, held: Areas, a: int, b: int, weight: float) -> Reason:
    """Both work on the same technologies."""
    theirs = held.strong if held.strong[[a]].multiply(held.strong[[b]]).nnz else held.works
    columns = narrow(net, held, np.intersect1d(held.works[[a]].indices, theirs[[b]].indices))
    proofs = [proof for column in columns for row in (a, b) for proof in of_work(net, row, column, 1)]
    return Reason(Note("venture-shared", {}, {"technologies": _techs(net, columns)}), _once(proofs), weight)


def results(net: Collaboration, held: Areas, a: int, b: int, open_: Ints, weight: float) -> Reason:
    """`a` has research on technologies on which it met no company, and `b` works on them."""
    columns = narrow(net, held, np.intersect1d(open_, held.strong[[b]].indices))
    mine = alone(net).filter(pl.col("row") == a)
    techs = [int(net.techs[column]) for column in columns]
    about = net.columns.technology.filter(pl.col("tech").is_in(techs))["node"]
    found = (
        mine.filter(pl.col("thing").is_in(about.implode()))
        .sort("thing", "relation")
        .unique("thing", maintain_order=True)
    )
    things = {"technologies": _techs(net, columns)}
    theirs = [proof for column in columns for proof in of_work(net, b, column, 1)]
    own = [proof for column in columns for proof in of_work(net, a, column, 1)]
    if found.is_empty():
        return Reason(Note("venture-results-stated", {}, things), _once(own + theirs), weight)
    titles = net.columns.nodes["name_en"].gather(found["thing"])
    first = (
        found.with_columns(titles.str.contains(NAMELESS).alias("nameless"))
        .sort("nameless", maintain_order=True)
        .head(_NAMES)
    )
    named = tuple(int(thing) for thing in first["thing"])
    own = [
        of_relations(net.columns, thing, [relation])
        for thing, relation in first.select("thing", "relation").iter_rows()
    ]
    note = Note("venture-results", {"count": found.height}, {**things, "projects": named})
    return Reason(note, _once(own + theirs), weight)


def portfolio(net: Collaboration, held: Areas, a: int, b: int, weight: float) -> Reason:
    """The investor `b` put money into companies that work on the same as `a`, or says that it works on it itself."""
    mine = held.works[[a]].indices
    rows = investments(net).filter(pl.col("investor") == b)
    backed = {row: np.intersect1d(mine, held.works[[row]].indices) for row in rows["company"].unique().sort().to_list()}
    alike = {row: columns for row, columns in backed.items() if len(columns)}
    if not alike:
        return shared(net, held, a, b, weight)
    columns = narrow(net, held, np.unique(np.concatenate(list(alike.values()))))
    weights = rarity(held.works)
    worth = {row: float(weights[np.intersect1d(own, columns)].sum()) for row, own in alike.items()}
    best = sorted((row for row in alike if worth[row]), key=lambda row: (-worth[row], row))[:_NAMES]
    told = rows.filter(pl.col("company").is_in(best)).sort("relation").unique("company", maintain_order=True)
    proofs = [
        of_relations(net.columns, int(net.nodes[row]), [relation])
        for row, relation in told.select("company", "relation").iter_rows()
    ]
    proofs += [
        proof
        for column in columns
        for row in (a, *best)
        if column in held.works[[row]].indices
        for proof in of_work(net, row, column, 1)
    ]
    things = {"companies": tuple(int(net.nodes[row]) for row in best), "technologies": _techs(net, columns)}
    return Reason(Note("venture-portfolio", {}, things), _once(proofs), weight)


def research(net: Collaboration, a: int, partners: Ints) -> Reason:
    """Which research organisations the company works with."""
    strongest = sorted(partners.tolist(), key=lambda row: (-net.strength[row], row))[:_NAMES]
    proofs = [proof for row in strongest for proof in of_meeting(net, a, row)]
    return Reason(
        Note("venture-research", {}, {"research": tuple(int(net.nodes[row]) for row in strongest)}), _once(proofs)
    )


def near(net: Collaboration, held: Areas, a: int, b: int, weight: float) -> Reason | None:
    """Same country or region, with the distance where it is known."""
    proofs = _once([proof for row in (a, b) for proof in _sites(net, row)])
    if not weight or not proofs:
        return None
    km = float(distances(net, np.array([a]), np.array([b]))[0])
    same = held.region[a] == held.region[b] and held.region[a] >= 0
    code = "venture-same-region" if same else "venture-same-country"
    if np.isfinite(km) and km >= 1:
        return Reason(Note(f"{code}-km", {"km": round(km)}), proofs, weight)
    return Reason(Note(code), proofs, weight)


def common(net: Collaboration, held: Areas, a: int, b: int, weight: float) -> Reason | None:
    """Partners that both worked with, the strongest first."""
    both = np.intersect1d(net.weights[[a]].indices, net.weights[[b]].indices)
    both = both[held.there[both]]
    if not weight or not len(both):
        return None
    best = sorted(both.tolist(), key=lambda row: (-min(net.weights[a, row], net.weights[row, b]), row))[:_NAMES]
    proofs = [proof for row in best for end in (a, b) for proof in of_meeting(net, end, row)]
    note = Note("venture-common", {"count": len(both)}, {"partners": tuple(int(net.nodes[row]) for row in best)})
    return Reason(note, _once(proofs), weight)


def against(net: Collaboration, held: Areas, a: int, b: int, investor: bool) -> tuple[Reason, ...]:
    """Dormant for more than three years; an investor that has not been seen to invest for as long, or holds a rival."""
    found = [_dormant(net, row) for row in ((a,) if investor else (a, b))]
    if investor:
        found += [_quiet(net, b), _rival(net, held, a, b)]
    return tuple(one for one in found if one is not None)


def _dormant(net: Collaboration, row: int) -> Reason | None:
    if not dormant(net)[row]:
        return None
    held = net.incidence[[row]].indices
    newest = sorted(held.tolist(), key=lambda one: (-max(net.occasions["end"][one], net.occasions["start"][one]), one))[
        :1
    ]
    note = Note("venture-dormant", {"year": str(net.last_active[row])}, {"who": (int(net.nodes[row]),)})
    return Reason(note, tuple(of_occasion(net, one, [row]) for one in newest), -DORMANT_COSTS)


def _quiet(net: Collaboration, b: int) -> Reason | None:
    known = investments(net).filter(pl.col("year") <= net.as_of)
    dated = known.filter(pl.col("investor") == b).sort("year", "relation")
    if dated.is_empty() or known["year"].to_numpy().max() - dated["year"][-1] <= DORMANT_YEARS:
        return None
    note = Note("venture-quiet", {"year": str(dated["year"][-1])})
    return Reason(note, (of_relations(net.columns, int(net.nodes[b]), [dated["relation"][-1]]),))


def _rival(net: Collaboration, held: Areas, a: int, b: int) -> Reason | None:
    """A company of the investor with the very same narrowest technologies."""
    mine = narrow(net, held, held.works[[a]].indices)
    rows = investments(net).filter(pl.col("investor") == b).sort("relation").unique("company", maintain_order=True)
    for company, relation in rows.select("company", "relation").iter_rows():
        if mine and narrow(net, held, held.works[[company]].indices) == mine:
            proofs = (
                of_relations(net.columns, int(net.nodes[company]), [relation]),
                *of_work(net, company, mine[0], 1),
            )
            return Reason(Note("venture-rival", {}, {"company": (int(net.nodes[company]),)}), proofs)
    return None


def _sites(net: Collaboration, row: int) -> tuple[Proof, ...]:
    """Where it says that the actor is."""
    nodes = members(net, row)
    first = _first_sites(net.columns)
    told = [first[node] for node in nodes if node in first][:1]
    if not told:
        return (Proof(nodes[0], tuple(net.columns.nodes["evidence"][nodes[0]].to_list()[:1])),)
    return (of_relations(net.columns, nodes[0], told),)


@lru_cache(maxsize=4)
def _first_sites(columns: Columns) -> Mapping[int, int]:
    """The first relation that says where, by organisation."""
    rows = columns.relations.filter(pl.col("tie") == "site").unique("a", keep="first", maintain_order=True)
    return dict(rows.select("a", "relation").iter_rows())


def _techs(net: Collaboration, columns: list[int]) -> tuple[int, ...]:
    return tuple(int(net.techs[column]) for column in columns)


def _once(proofs: list[Proof]) -> tuple[Proof, ...]:
    return tuple(dict.fromkeys(proof for proof in proofs if proof.evidence))
