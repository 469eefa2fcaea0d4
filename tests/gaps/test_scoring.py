"""The score rises with what speaks for a pair, says nothing of who met already, and is the same each time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from graph.columns import Columns
from graph.gaps.affinity import affinity
from graph.gaps.collaboration import Collaboration, collaboration
from graph.gaps.scoring import capped, scored, scored_for
from graph.gaps.topics import topics
from tests.gaps.maps import Actor, Project, map_of

# Two teams on batteries (a, b) that only `hub` knows, one on wind (w), a newcomer with a technology, one with nothing.
ACTORS = {
    **{f"a{n}": Actor("Company", "place/se-ab") for n in range(4)},
    **{f"b{n}": Actor("HigherEducationInstitution", "place/se-ab") for n in range(4)},
    **{f"w{n}": Actor("Company", "DK") for n in range(4)},
    "hub": Actor("ResearchInstitute", "place/se-ab"),
    "new": Actor("StartUp", "place/se-ab", ["batteries"]),
    "nothing": Actor("Company"),
}
BATTERY = "Solid electrolyte lithium cells recycling anode cathode graphite"
WIND = "Offshore turbine blades floating foundations mooring anchors gearbox"
PROJECTS = {
    **{f"pa{n}": Project([f"a{n}", f"a{(n + 1) % 4}", "hub"], "2015", name=f"{BATTERY} {n}") for n in range(4)},
    **{f"pb{n}": Project([f"b{n}", f"b{(n + 1) % 4}", "hub"], "2016", name=f"{BATTERY} again {n}") for n in range(4)},
    **{f"pw{n}": Project([f"w{n}", f"w{(n + 1) % 4}"], "2016", name=f"{WIND} {n}") for n in range(4)},
    "solo": Project(["new"], "2017", name=BATTERY),
}


@pytest.fixture(scope="module")
def teams(tmp_path_factory: pytest.TempPathFactory) -> Columns:
    return map_of(tmp_path_factory.mktemp("teams"), ACTORS, PROJECTS)


@pytest.fixture(scope="module")
def net(teams: Columns) -> Collaboration:
    return collaboration(teams)


def row(net: Collaboration, key: str) -> int:
    return int(net.row_of[net.columns.node_of[key]])


def score(net: Collaboration, one: str, other: str) -> float:
    a, b = sorted((row(net, one), row(net, other)))
    found = scored(net).filter(pl.col("a") == a, pl.col("b") == b)
    assert found.height == 1, (one, other)
    return float(found["score"][0])


def test_nobody_is_proposed_who_met_already_or_to_itself(net: Collaboration) -> None:
    table = scored(net)
    a, b = table["a"].to_numpy(), table["b"].to_numpy()
    assert (a < b).all()
    assert not np.asarray(net.ever[a, b]).any()
    assert table.select("a", "b").is_duplicated().sum() == 0
    pairs = len(net.nodes) * (len(net.nodes) - 1) // 2
    assert table.height == pairs - net.ever.nnz // 2


def test_topic_and_activity_speak_for_a_pair(net: Collaboration) -> None:
    assert score(net, "a0", "b0") > score(net, "a0", "w0")
    assert score(net, "hub", "new") > score(net, "a0", "new")
    assert score(net, "a0", "new") > score(net, "w0", "new")
    assert score(net, "a0", "new") > score(net, "a0", "nothing")


def test_a_newcomer_has_a_score_by_what_it_took_part_in_alone(net: Collaboration) -> None:
    first = scored_for(net, row(net, "new")).filter(pl.col("topic") > 0)
    partners = {net.columns.key_of[node] for node in net.nodes[first.select(pl.col("a", "b")).to_numpy()].ravel()}
    assert {"hub", "a0", "b0"} <= partners
    assert "nothing" not in partners


def test_one_actor_alone_has_the_scores_of_the_whole_table(net: Collaboration) -> None:
    here = row(net, "a0")
    one = scored_for(net, here)
    whole = scored(net).filter((pl.col("a") == here) | (pl.col("b") == here))
    both = one.join(whole, on=["a", "b"], suffix="_too")
    assert both.height == one.height == whole.height
    assert both["score"].to_numpy() == pytest.approx(both["score_too"].to_numpy(), rel=1e-4, abs=1e-4)
    assert one["score"].is_sorted(descending=True)


def test_a_mask_keeps_both_ends_within(net: Collaboration) -> None:
    companies = net.of_type("company")
    table = scored(net, actors=companies, per_actor=3)
    assert table.height
    assert companies[table["a"].to_numpy()].all()
    assert companies[table["b"].to_numpy()].all()


def test_the_same_map_gives_the_same_scores(teams: Columns) -> None:
    assert scored(collaboration(teams)).equals(scored(collaboration(replace(teams))))


def test_taking_away_a_project_lowers_the_score(teams: Columns, net: Collaboration) -> None:
    fewer = [node for node in net.occasions["thing"].drop_nulls().to_list() if teams.key_of[node] not in {"pb0", "pb3"}]
    less = collaboration(teams, things=[*fewer, teams.node_of["solo"]])
    both = [float(part["gravity"][0] + part["topic"][0]) for part in (_pair(net, "a0", "b0"), _pair(less, "a0", "b0"))]
    assert both[1] < both[0]


def _pair(net: Collaboration, one: str, other: str) -> pl.DataFrame:
    a, b = sorted((row(net, one), row(net, other)))
    return scored_for(net, a).filter(pl.col("a") == a, pl.col("b") == b)


def test_maps_with_one_organisation_or_none_or_without_dates_and_text(tmp_path: Path) -> None:
    alone = collaboration(map_of(tmp_path / "one", {"a": Actor()}, {}))
    assert scored(alone).is_empty()
    assert scored_for(alone, 0).is_empty()
    assert scored(alone, actors=np.zeros(1, dtype=bool)).is_empty()
    actors = {f"o{n}": Actor() for n in range(4)}
    undated = {"p": Project(["o0", "o1"], None), "q": Project(["o1", "o2"], None)}
    table = scored(collaboration(map_of(tmp_path / "undated", actors, undated)))
    assert table.height == 4
    assert np.isfinite(table["score"].to_numpy()).all()


def test_common_partners_speak_where_there_are_many_occasions(tmp_path: Path) -> None:
    """x1 and x2 have five projects each with the same three; y has as many with others."""
    actors = {key: Actor() for key in ("x1", "x2", "y", "k1", "k2", "k3", "m1", "m2", "m3", "z")}
    projects = {f"{who}{n}{k}": Project([who, f"k{k}"]) for who in ("x1", "x2") for n in range(2) for k in (1, 2, 3)}
    projects |= {f"y{n}{k}": Project(["y", f"m{k}"]) for n in range(2) for k in (1, 2, 3)}
    projects |= {f"z{n}": Project(["z", f"k{n % 3 + 1}"]) for n in range(6)}
    net = collaboration(map_of(tmp_path / "dense", actors, projects))
    assert _pair(net, "x1", "x2")["ra"][0] > _pair(net, "x1", "y")["ra"][0]
    assert score(net, "x1", "x2") > score(net, "x1", "y")


def test_affinity_is_that_of_who_works_with_whom(net: Collaboration) -> None:
    country = np.array([{"SE": 0, "DK": 1}.get(code or "", -1) for code in net.country])
    table = affinity(net, country, 2)
    assert table[0, 0] > 0 > table[0, 1]
    assert table[1, 1] > 0
    assert (table[2] == 0).all()
    assert np.array_equal(table, table.T)


def test_who_is_told_of_in_few_words_is_alike_for_less_sure(net: Collaboration) -> None:
    vectors = topics(net).vectors
    length = np.sqrt(np.asarray(vectors.multiply(vectors).sum(axis=1)).ravel())
    assert length[row(net, "nothing")] == 0
    assert 0 < length[row(net, "w0")] < 1


def test_a_list_is_not_one_hub_with_everybody(net: Collaboration) -> None:
    table = scored(net)
    short = capped(table, 12, most=2)
    ends = pl.concat([short["a"], short["b"]])
    assert short.height == 12
    assert ends.value_counts()["count"].max() == 2
    assert short["score"].is_sorted(descending=True)
    assert capped(table, table.height, most=1).height == table.height
