"""What the findings of regions count is what the competency questions answer on the store of the demo."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import pytest

from graph.columns import Columns
from graph.gaps.actors import TYPES
from graph.gaps.areas import Areas, areas, named
from graph.gaps.collaboration import Collaboration, collaboration
from graph.gaps.margins import margins
from graph.gaps.purses import purses
from graph.gaps.results import alone
from graph.gaps.rows import STAGES
from graph.gaps.scope import scope_of
from graph.gaps.stages import stages
from graph.gaps.venture_lists import LISTS
from graph.generation import DataFolder
from graph.store import EmbeddedStore
from ontology.schema import questions
from tests.graph.test_questions import rows

AREA = "tech/energy-storage"


@pytest.fixture(scope="module")
def store(demo_data: Path) -> EmbeddedStore:
    current = DataFolder(demo_data).current()
    assert current is not None
    return EmbeddedStore.read_only(current.store)


@pytest.fixture(scope="module")
def net(demo_columns: Columns) -> Collaboration:
    """Projects alone, which do not age: what the questions look at."""
    return collaboration(demo_columns, scope_of(demo_columns, tie=["project"], half_life=0))


@pytest.fixture(scope="module")
def held(net: Collaboration) -> Areas:
    return areas(net)


def answer(store: EmbeddedStore, question: str) -> list[dict[str, str]]:
    (sparql,) = (one.sparql for one in questions() if one.id == question)
    return [{name: value.rpartition("/id/")[2] for name, value in row.items()} for row in rows(store.query(sparql))]


def by_county(held: Areas, values: npt.NDArray[Any]) -> dict[str, float]:
    """Those of counties, without zeros."""
    counted = dict(zip(held.regions, values, strict=True))
    return {region: float(value) for region, value in counted.items() if value and region.startswith("place/")}


def test_researchers_and_the_companies_they_met(store: EmbeddedStore, net: Collaboration, held: Areas) -> None:
    column = net.tech_column[net.columns.node_of[AREA]]
    research = net.types == TYPES.index("research")
    asked = answer(store, "CQ44")
    assert {row["county"]: float(row["researchers"]) for row in asked} == by_county(
        held, held.counts(research)[:, column]
    )
    companies = np.flatnonzero(net.types == TYPES.index("company"))
    occasions = np.flatnonzero(net.covers[:, [column]].toarray().ravel())
    for row in asked:
        mine = research & (held.region == held.regions.index(row["county"]))
        working = np.flatnonzero(mine & held.works[:, [column]].toarray().ravel())
        shared = net.incidence[working][:, occasions].T @ np.ones(len(working))
        met = net.incidence[companies][:, occasions][:, np.flatnonzero(shared)]
        assert int(row["companies"]) == int((np.asarray(met.sum(axis=1)).ravel() > 0).sum())


def test_mass_and_ties_of_research(store: EmbeddedStore, net: Collaboration, held: Areas) -> None:
    column = net.tech_column[net.columns.node_of[AREA]]
    region = np.where(net.types == TYPES.index("research"), held.region, -1)
    found = margins(net, column, region, len(held.regions), net.types == TYPES.index("company"))
    asked = answer(store, "CQ45")
    assert {row["county"]: float(row["mass"]) for row in asked} == by_county(held, found.mass)
    ties = {row["county"]: float(row["ties"]) for row in asked if float(row["ties"])}
    assert ties == pytest.approx(by_county(held, found.observed))


def test_money_and_who_got_it(store: EmbeddedStore, net: Collaboration, held: Areas) -> None:
    column = net.tech_column[net.columns.node_of[AREA]]
    table = purses(net, held).table.filter(technology=column)
    found = {held.regions[row["region"]]: row for row in table.iter_rows(named=True) if row["paid"]}
    asked = answer(store, "CQ46")
    assert {row["county"] for row in asked} == {region for region in found if region.startswith("place/")}
    for row in asked:
        assert int(row["paid"]) == found[row["county"]]["paid"]
        assert float(Decimal(row["money"])) == pytest.approx(found[row["county"]]["money"])


def test_funders(store: EmbeddedStore, net: Collaboration, held: Areas) -> None:
    column = net.tech_column[net.columns.node_of[AREA]]
    table = purses(net, held).table.filter(technology=column)
    found = {
        held.regions[row["region"]]: float(row["funders"]) for row in table.iter_rows(named=True) if row["funders"]
    }
    counties = {region: count for region, count in found.items() if region.startswith("place/")}
    assert {row["county"]: float(row["funders"]) for row in answer(store, "CQ47")} == counties


def test_who_stands_at_which_stage(store: EmbeddedStore, net: Collaboration, held: Areas) -> None:
    column = net.tech_column[net.columns.node_of[AREA]]
    found = stages(net, held)
    counted = {
        (county, stage): count
        for stage in STAGES[:4]
        for county, count in by_county(held, held.counted(found.at[stage])[:, column]).items()
    }
    asked = answer(store, "CQ48")
    assert {(row["county"], row["stage"]): float(row["organisations"]) for row in asked} == counted


def test_counts_behind_advantage(store: EmbeddedStore, net: Collaboration, held: Areas) -> None:
    counts = held.counts(np.ones(len(net.nodes), dtype=bool))
    keys = [net.columns.key_of[int(node)] for node in net.techs]
    counted = {
        (region, key): int(counts[number, column])
        for number, region in enumerate(held.regions)
        for column, key in enumerate(keys)
        if counts[number, column] and region.startswith("place/")
    }
    asked = answer(store, "CQ49")
    assert {
        (row["county"], "tech/" + row["area"].rpartition("/")[2]): int(row["organisations"]) for row in asked
    } == counted


def test_companies_without_anybody_abroad(store: EmbeddedStore, demo_columns: Columns) -> None:
    net = collaboration(demo_columns)
    held = areas(net)
    listed = {net.columns.key_of[int(net.nodes[row])] for row in LISTS["foreign-partner"](net, held).a}
    works = (np.asarray(held.works[:, held.columns].sum(axis=1)).ravel() > 0) & named(net)
    busy = {net.columns.key_of[int(node)] for node in net.nodes[works]}
    asked = {row["c"] for row in answer(store, "CQ50")}
    assert listed == asked & busy


def test_research_without_companies(store: EmbeddedStore, net: Collaboration) -> None:
    asked = answer(store, "CQ51")
    about = net.columns.technology.filter(tech=net.columns.node_of["tech/cleantech"])["node"]
    parts = alone(net).filter(pl.col("thing").is_in(about.implode()))
    found = parts.group_by("row").agg(pl.col("thing").n_unique())
    assert {row["r"]: int(row["projects"]) for row in asked} == {
        net.columns.key_of[int(net.nodes[row])]: count for row, count in found.iter_rows()
    }
