"""Who looks for whom at a venture day: three lists, each with its candidates, their counterparts and what both work on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

import numpy as np
import polars as pl
from scipy.sparse import csr_array

from graph.columns import Columns
from graph.gaps.actors import TYPES, ActorType
from graph.gaps.areas import Areas, named
from graph.gaps.collaboration import Collaboration, Ints, Mask
from graph.gaps.results import alone, unused
from graph.shortcuts import below

__all__ = ["LISTS", "List", "Listed", "investments", "small"]

List: TypeAlias = Literal["investor", "company-for-research", "foreign-partner"]

# Money from abroad is no partner abroad.
_NO_PARTNERS: Final[tuple[ActorType, ...]] = ("funder", "public")
_YOUNG = ("stage/idea", "stage/start-up", "stage/scale-up")
_SMALL = ("size/micro", "size/small", "size/sme")


@dataclass(frozen=True, eq=False)
class Listed:
    """`a` and `b`: rows of candidates and counterparts, ascending. `of_a` and `of_b`: those rows x technologies (columns of
    `net.techs`), what they are matched on. `record`: counterparts x technologies, bool: on which they did what the list is about
    (an investor invested); None = it is about nothing of that kind. `projects`: for each
    candidate the node ids of what it has to show; None = nothing is asked of anybody. `fits`: whether a counterpart may be shown to a candidate,
    beside never having met; None = always."""

    a: Ints
    b: Ints
    of_a: csr_array
    of_b: csr_array
    record: csr_array | None = None
    projects: tuple[frozenset[int], ...] | None = None
    fits: Mask | None = None


def _investor(net: Collaboration, held: Areas) -> Listed:
    """Start-ups and small companies that met a research organisation and got no investment; investors by what the
    companies work on that they invested in, and by what they say themselves."""
    researched = _met(net, net.of_type("research"))
    a = np.flatnonzero(small(net) & researched & ~_invested(net) & _called(net, held))
    b = np.flatnonzero(net.of_type("investor") & named(net))
    backed = _matrix(investments(net).select("investor", "company"), len(net.nodes))
    record = csr_array(backed[b] @ held.works.astype(np.int32) > 0)
    return Listed(a, b, held.works[a], csr_array(record + held.works[b]), record)


def _company_for_research(net: Collaboration, held: Areas) -> Listed:
    """Research organisations by the technologies on which they have projects or groups but met no company; companies."""
    open_ = unused(net, held)
    research = net.of_type("research") & _called(net, held) & (np.asarray(open_.sum(axis=1)).ravel() > 0)
    a, b = np.flatnonzero(research), np.flatnonzero(net.of_type("company") & named(net) & _busy(held))
    return Listed(a, b, open_[a], held.strong[b], projects=_alone_on(net, held, a))


def _alone_on(net: Collaboration, held: Areas, rows: Ints) -> tuple[frozenset[int], ...]:
    """For each of the rows its projects on a technology of the scope in which no company takes part."""
    techs = pl.Series(net.techs[held.columns].astype(np.uint32))
    about = net.columns.technology.filter(pl.col("tech").is_in(techs.implode()))["node"]
    found: dict[int, set[int]] = {}
    for row, thing in alone(net).filter(pl.col("thing").is_in(about.implode())).select("row", "thing").iter_rows():
        found.setdefault(row, set()).add(thing)
    return tuple(frozenset(found.get(row, ())) for row in rows.tolist())


def _foreign_partner(net: Collaboration, held: Areas) -> Listed:
    """Companies with partners, all of them in their own country; companies and research abroad.

    Public bodies and funders are partners where they took part in something together; their money alone makes them none.
    """
    country = np.array([code or "" for code in net.country])
    known = country != ""
    met = net.ever.tocoo()
    giver = np.isin(net.types, [TYPES.index(name) for name in _NO_PARTNERS])
    with_giver = (net.met[giver].astype(np.float32) @ net.met.T.astype(np.float32)).tocoo().coords
    givers = np.flatnonzero(giver)[with_giver[0]]
    kept = ~giver[met.coords[1]]
    one = np.concatenate([met.coords[0][kept], with_giver[1]])
    other = np.concatenate([met.coords[1][kept], givers])
    abroad, unknown = np.zeros(len(country), dtype=bool), np.zeros(len(country), dtype=bool)
    abroad[one[known[one] & known[other] & (country[one] != country[other])]] = True
    unknown[one[~known[other]]] = True
    tied = np.asarray(net.incidence.sum(axis=1)).ravel() > 0
    home = tied & known & ~abroad & ~unknown
    a = np.flatnonzero(net.of_type("company") & home & _called(net, held) & _busy(held))
    b = np.flatnonzero((net.of_type("company") | net.of_type("research")) & known & named(net) & _busy(held))
    abroad_to = country[a][:, None] != country[b][None, :]
    return Listed(a, b, held.works[a], held.strong[b], fits=abroad_to)


LISTS: Final[Mapping[List, Callable[[Collaboration, Areas], Listed]]] = MappingProxyType(
    {
        "investor": _investor,
        "company-for-research": _company_for_research,
        "foreign-partner": _foreign_partner,
    }
)


def small(net: Collaboration) -> Mask:
    """Start-ups, and companies of which a source says that they are young or small."""
    said = net.columns.facts.filter(pl.col("value").is_in([*_YOUNG, *_SMALL]))["node"]
    kinds = net.columns.nodes["kind"].gather(net.nodes).is_in(below("StartUp") + below("SME")).to_numpy()
    return np.asarray(kinds | np.isin(net.nodes, said.to_numpy())) & net.of_type("company")


def investments(net: Collaboration) -> pl.DataFrame:
    """investor, company (rows), relation, year"""
    rows = _investing(net.columns)
    held = rows.select(
        pl.Series("investor", net.rows_of(rows["a"])),
        pl.Series("company", net.rows_of(rows["b"])),
        "relation",
        "start_year",
    )
    return held.filter(pl.col("investor") >= 0, pl.col("company") >= 0).rename({"start_year": "year"})


@lru_cache(maxsize=4)
def _investing(columns: Columns) -> pl.DataFrame:
    return columns.relations.filter(pl.col("tie") == "investment", pl.col("b").is_not_null())


def _invested(net: Collaboration) -> Mask:
    """Companies with an investment or a round of one, whoever was in it."""
    rounds = net.columns.relations.filter(pl.col("kind") == "InvestmentRound", pl.col("a_property") == "recipient")
    rows = np.concatenate([net.rows_of(rounds["a"]), investments(net)["company"].to_numpy()])
    found = np.zeros(len(net.nodes), dtype=bool)
    found[rows[rows >= 0]] = True
    return found


def _met(net: Collaboration, others: Mask) -> Mask:
    """Who took part in an occasion of the scope together with one of the others."""
    with_one = np.asarray(net.incidence[np.flatnonzero(others)].sum(axis=0)).ravel() > 0
    return np.asarray(net.incidence[:, np.flatnonzero(with_one)].sum(axis=1)).ravel() > 0


def _busy(held: Areas) -> Mask:
    return np.asarray(held.works.sum(axis=1)).ravel() > 0


def _called(net: Collaboration, held: Areas) -> Mask:
    """With a name, and on a technology of the scope. The venture day asks for the region."""
    return named(net) & (np.asarray(held.works[:, held.columns].sum(axis=1)).ravel() > 0)


def _matrix(pairs: pl.DataFrame, count: int) -> csr_array:
    rows, columns = (pairs.to_series(number).to_numpy().astype(np.int64) for number in (0, 1))
    return csr_array((np.ones(len(rows), dtype=np.int32), (rows, columns)), shape=(count, count))
