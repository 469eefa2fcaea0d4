"""A profile shows each fact with its evidence; a neighbourhood is what can be drawn."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import polars as pl
import pytest

from graph.build import rebuild
from graph.columns import Columns
from graph.errors import DataFolderError
from graph.generation import DataFolder
from graph.profile import Link, neighbourhood, profile
from ontology.terms import BASE
from tests.graph.conftest import BUILT
from tests.graph.little import little


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Columns:
    return Columns.load(rebuild(DataFolder(tmp_path_factory.mktemp("p")), little(), BASE, built=BUILT).columns)


def others(columns: Columns, links: Iterable[Link]) -> set[str | None]:
    return {None if link.other is None else columns.key_of[link.other] for link in links}


def test_founders_of_the_network_with_role_and_page(columns: Columns) -> None:
    found = profile(columns, "stockholm-cleantech-business-network")
    assert found is not None
    founders = {
        columns.key_of[link.other]: columns.evidence["document"][link.evidence[0]]
        for link in found.relations
        if link.role == "initiator" and link.other is not None
    }
    assert {"kth", "stockholms-stad", "kista-science-city-ab"} <= founders.keys()
    assert all(document.startswith("https://") for document in founders.values())


def test_every_fact_of_the_demo_has_evidence(columns: Columns) -> None:
    for key, group in columns.nodes.select("key", "group").iter_rows():
        if group in ("organisation", "effort"):
            found = profile(columns, key)
            assert found is not None
            assert all(fact.evidence for fact in found.facts), key
            assert all(link.evidence for link in found.relations), key


def test_two_sources_that_disagree_stand_side_by_side(small: Columns) -> None:
    found = profile(small, "ab")
    assert found is not None
    founded = {
        fact.value: small.evidence["quote"][fact.evidence[0]] for fact in found.facts if fact.property == "founded"
    }
    assert founded == {"1998-05": None, "1999": "grundades 1999"}


def test_money_stands_once_and_on_the_right_side(small: Columns) -> None:
    company, fund = profile(small, "ab"), profile(small, "fund")
    assert company is not None
    assert fund is not None
    assert [(link.kind, link.amount, link.amount_eur) for link in company.money_in if link.amount] == [
        ("InvestmentRound", "10600000", 1001029.36)
    ]
    assert others(small, company.money_in) == {"fund", None}
    assert company.money_out == ()
    assert others(small, fund.money_out) == {"ab"}
    assert [link.start for link in fund.money_out] == ["2019"]


def test_collaborators_come_with_where_they_met(small: Columns) -> None:
    found = profile(small, "ab")
    assert found is not None
    assert [(small.key_of[c.node], [small.key_of[v] for v in c.via]) for c in found.collaborators] == [
        ("fund", ["pilot"])
    ]


def test_technologies_as_said_and_as_they_follow(small: Columns) -> None:
    found = profile(small, "ab")
    assert found is not None
    said = {small.key_of[held.tech]: (held.direct, bool(held.evidence)) for held in found.technologies}
    assert said["tech/batteries"] == (True, True)
    assert said["tech/energy-storage"] == said["tech/cleantech"] == (False, False)
    tech = profile(small, "tech/batteries")
    assert tech is not None
    assert others(small, tech.relations) == {"ab"}


def test_place_and_county_come_from_the_site(small: Columns) -> None:
    row = small.nodes.row(small.node_of["ab"], named=True)
    assert (row["county"], row["municipality"], row["lat"]) == ("place/se-m", "place/malmo", 55.6059)
    assert (row["kind"], row["start"], row["start_year"]) == ("StartUp", "1998-05", 1998)
    assert (row["name_en"], row["name_sv"]) == ("Åkraft AB", "Åkraft AB")


def test_unknown_keys_have_no_profile(columns: Columns) -> None:
    assert profile(columns, "nobody") is None
    assert neighbourhood(columns, "nobody") is None


def test_neighbourhood_starts_with_the_focus_and_keeps_the_cap(columns: Columns) -> None:
    around = neighbourhood(columns, "kth", depth=2, cap=30)
    assert around is not None
    assert columns.key_of[around.nodes[0]] == "kth"
    assert len(around.nodes) == 30
    assert around.truncated > 0
    assert {end for edge in around.edges for end in (edge.a, edge.b)} <= set(around.nodes)


def test_neighbourhood_of_one_step_is_the_degree(columns: Columns) -> None:
    for key in ("kth", "energimyndigheten", "tech/batteries", "place/malmo"):
        around = neighbourhood(columns, key, depth=1, cap=1000)
        assert around is not None
        assert len(around.nodes) - 1 == columns.nodes["degree"][columns.node_of[key]]
        assert around.truncated == 0


def test_damaged_or_older_columns_are_one_clear_error(small: Columns, tmp_path: Path) -> None:
    small.save(tmp_path)
    small.nodes.drop("x").write_parquet(tmp_path / "nodes.parquet")
    with pytest.raises(DataFolderError, match="other columns"):
        Columns.load(tmp_path)
    (tmp_path / "nodes.parquet").write_bytes(b"no parquet")
    with pytest.raises(DataFolderError, match="cannot be read"):
        Columns.load(tmp_path)
    (tmp_path / "nodes.parquet").unlink()
    with pytest.raises(DataFolderError, match="cannot be read"):
        Columns.load(tmp_path)


def test_degree_counts_different_neighbours(columns: Columns) -> None:
    kth = columns.node_of["kth"]
    rows = columns.relations.filter((pl.col("a") == kth) | (pl.col("b") == kth))
    ends = set(rows["a"].to_list() + rows["b"].to_list()) - {kth, None}
    groups = columns.nodes["group"]
    assert columns.nodes["degree"][kth] == sum(groups[end] in ("organisation", "effort") for end in ends)
