"""Who stands at which stage between research and the market, as far as the sources tell.

research     research organisations that work on the technology; anybody whose activity in it is research
development  companies in a project, centre or other joint effort on it; anybody whose activity in it is development
pilot        test beds on it and those that run or use them; parties of a pilot partnership; anybody whose activity is test;
             who takes part in a project whose title speaks of a pilot, a demonstration, a test bed or a trial plant
company      companies that work on it; anybody whose activity is production or sale
market       customers of a company that works on it; anybody whose activity is use

Who is closed stands nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.sparse import csr_array, eye_array

from graph.gaps.areas import FEW_ACTORS, Areas, subjects
from graph.gaps.collaboration import Collaboration, Ints, Mask
from graph.gaps.narrower import under
from graph.gaps.results import projects
from graph.gaps.rows import STAGES, Stage
from graph.gaps.scope import Tie

__all__ = ["NO_TRIAL", "TRIAL", "Stages", "stages"]

_SHOWN = 0.25
# Regular expressions, as in CQ48, whatever the case: titles of projects, in English and in Swedish.
TRIAL = (
    "(^|[^a-zåäö-])(pilot|demonstrat|demonstrer|demo ?-?(plant|site|anläggning)|test ?-?b[eä]d|testanläggning|provanläggning"
    "|försöksanläggning)"
)
NO_TRIAL = "pilot ?-?(stud|survey|proposal)|co-?pilot|pre-?study|förstudie|feasibility"
_TITLES = ("name_en", "name_sv")
_ACTIVITIES: Mapping[Stage, tuple[str, ...]] = {
    "research": ("research",),
    "development": ("development",),
    "pilot": ("test",),
    "company": ("production", "sale"),
    "market": ("use",),
}


@dataclass(frozen=True, eq=False)
class Stages:
    """`at`: for each stage, actors x technologies, bool. `recorded`: the same of the pilot without what titles say. `sold`: customer rows by supplier row, both arrays of equal length."""

    at: Mapping[Stage, csr_array]
    recorded: csr_array
    sold: tuple[Ints, Ints]

    def customers(self, companies: Ints) -> Ints:
        """Of the companies; rows, ascending."""
        customers, suppliers = self.sold
        return np.unique(customers[np.isin(suppliers, companies) & (customers >= 0)])

    def known(self, net: Collaboration, held: Areas) -> Sequence[Mapping[Stage, bool]]:
        """For each region which stages the sources can show in its country: those seen there in a quarter at least of the
        technologies and regions with 5 organisations, and the market if a customer is known of a quarter of the companies.
        To miss what the sources hardly ever record would be no finding; a title that speaks of no pilot is no record either."""
        country = np.array([code or "" for code in net.country])
        of_region = np.full(len(held.regions), "", dtype=object)
        of_region[held.region[held.region >= 0]] = country[held.region >= 0]
        everybody = held.heads(np.ones(len(net.nodes), dtype=bool)) >= FEW_ACTORS
        seen = {stage: held.counted(self.at[stage]) > 0 for stage in STAGES} | {
            "pilot": held.counted(self.recorded) > 0
        }
        companies = np.asarray(self.at["company"].sum(axis=1)).ravel() > 0
        selling = companies & np.isin(np.arange(len(net.nodes)), self.sold[1])
        found = []
        for here in of_region:
            squares = everybody & (of_region == here)[:, None]
            shares = {stage: _share(seen[stage][squares]) for stage in STAGES}
            shares["market"] = _share(selling[companies & (country == here)])
            found.append({stage: shares[stage] >= _SHOWN for stage in STAGES})
        return found


def _share(held: Mask) -> float:
    return float(held.mean()) if len(held) else 0.0


def stages(net: Collaboration, held: Areas) -> Stages:
    """For all technologies of the map."""
    research, company = (_only(held.works, net.of_type(name)) for name in ("research", "company"))
    customers, suppliers = _sales(net)
    bought = _matrix(net, customers, suppliers, len(net.nodes)) @ held.works.astype(np.int32)
    at: dict[Stage, csr_array] = {
        "research": research,
        "development": _only(_practised(net, ("project", "lead")), net.of_type("company")),
        "pilot": _piloting(net, held),
        "company": company,
        "market": csr_array(bought > 0),
    }
    said = {stage: _said(net, kinds) for stage, kinds in _ACTIVITIES.items()}
    found = {stage: _only(csr_array(at[stage] + said[stage]), held.there) for stage in at}
    recorded = found["pilot"]
    found["pilot"] = csr_array(recorded + _only(_titled(net), held.there))
    return Stages(found, recorded, (customers, suppliers))


def _only(works: csr_array, actors: Mask) -> csr_array:
    return csr_array(works.multiply(actors[:, np.newaxis]).astype(bool))


def _practised(net: Collaboration, ties: tuple[Tie, ...]) -> csr_array:
    """Actors x technologies, from occasions of some ties."""
    columns = np.flatnonzero(net.occasions["tie"].is_in(ties).to_numpy())
    met = net.incidence[:, columns].astype(np.int32) @ net.covers[columns].astype(np.int32)
    return csr_array(met > 0)


def _sales(net: Collaboration) -> tuple[Ints, Ints]:
    """Rows of customers and of suppliers of each partnership that says which is which, in the years of the scope."""
    kept = net.occasions.filter(pl.col("tie") == "partnership")["relation"]
    keys = net.columns.relations[kept.to_list()]["key"] if len(kept) else pl.Series([], dtype=pl.String)
    rows = net.columns.relations.filter(
        pl.col("a_property") == "customer", pl.col("b_property") == "supplier", pl.col("key").is_in(keys.implode())
    )
    return net.rows_of(rows["a"]), net.rows_of(rows["b"])


def _piloting(net: Collaboration, held: Areas) -> csr_array:
    beds = net.columns.nodes.filter(pl.col("kind") == "TestBed")["node"]
    of_bed = net.rows_of(beds)
    itself = np.zeros(len(net.nodes), dtype=bool)
    itself[of_bed[of_bed >= 0]] = True
    parts = net.columns.relations.filter(pl.col("b_property") == "inEffort", pl.col("b").is_in(beds.implode()))
    users = _matrix(net, net.rows_of(parts["a"]), net.rows_of(parts["b"]), len(net.nodes))
    around = csr_array((users @ _only(held.works, itself).astype(np.int32)) > 0)
    return csr_array(_only(held.works, itself) + around + _trials(net, held))


def _trials(net: Collaboration, held: Areas) -> csr_array:
    """Parties of a pilot partnership, each with all that it works on."""
    rows = net.columns.relations.filter(
        pl.col("tie") == "partnership", pl.col("scheme") == "partnership", pl.col("role") == "pilot"
    )
    parties = net.rows_of(pl.concat([rows["a"], rows["b"].drop_nulls()]))
    mask = np.zeros(len(net.nodes), dtype=bool)
    mask[parties[parties >= 0]] = True
    return _only(held.works, mask)


def _titled(net: Collaboration) -> csr_array:
    """Actors x technologies: who takes part in a project that is a pilot by its title, also alone."""
    nodes = net.columns.nodes
    titled = (
        pl.col(name).str.contains(f"(?i){TRIAL}") & ~pl.col(name).str.contains(f"(?i){NO_TRIAL}") for name in _TITLES
    )
    trials = nodes.filter(pl.any_horizontal(*titled))["node"]
    parts = projects(net).filter(pl.col("thing").is_in(trials.implode()))
    parts = parts.join(subjects(net), left_on="thing", right_on="node")
    rows, columns = (parts[name].to_numpy().astype(np.int64) for name in ("row", "technology"))
    return csr_array(_matrix(net, rows, columns, len(net.techs)) > 0)


def _said(net: Collaboration, kinds: tuple[str, ...]) -> csr_array:
    """Actors x technologies by the kind of their activity, with all broader technologies."""
    rows = net.columns.relations.filter(
        pl.col("tie") == "technology",
        pl.col("scheme") == "activity",
        pl.col("role").is_in(kinds),
        pl.col("b").is_not_null(),
    )
    actors, columns = net.rows_of(rows["a"]), [net.tech_column[tech] for tech in rows["b"].to_list()]
    direct = _matrix(net, actors, np.array(columns, dtype=np.int64), len(net.techs))
    return csr_array((direct.astype(np.int32) @ _above(net).astype(np.int32)) > 0)


def _above(net: Collaboration) -> csr_array:
    """Technologies x technologies: itself and all broader ones."""
    return csr_array(under(net) + eye_array(len(net.techs), dtype=np.int32, format="csr"))


def _matrix(net: Collaboration, rows: Ints, columns: Ints, width: int) -> csr_array:
    kept = (rows >= 0) & (columns >= 0)
    ones = np.ones(int(kept.sum()), dtype=np.int32)
    return csr_array((ones, (rows[kept], columns[kept])), shape=(len(net.nodes), width))
