"""The network on arrays says what the rules of `collaboratesWith` say, weighted, and knows who ever met."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from graph.columns import Columns
from graph.gaps.actors import TYPES
from graph.gaps.collaboration import Collaboration, Mask, collaboration
from graph.gaps.explain import explain
from graph.gaps.scope import Scope
from graph.node import Node, Ref
from tests.gaps.maps import PAGE, Actor, Project, map_of

ACTORS = {
    "kth": Actor("HigherEducationInstitution", "place/se-ab"),
    "lab": Actor("ResearchGroup", "place/se-ab"),
    "cells": Actor("Company", "place/se-ab", ["batteries"]),
    "grid": Actor("Company", "place/se-m"),
    "bank": Actor("InvestmentOrganization", "NO"),
    "alone": Actor("Company"),
}
PROJECTS = {
    "p1": Project(["kth:coordinator", "cells", "grid"], "2015", "2018", ["batteries"]),
    "p2": Project(["kth", "cells"], "2019"),
    "p3": Project(["lab", "grid", "cells:attendee"], None),
    "big": Project(["kth", "lab", "cells", "grid"], "2018"),
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Columns:
    unit = Node("lab", "ResearchGroup").add("unitOf", Ref("kth"))
    deal = Node("rel/deal", "Partnership", [PAGE]).add("party", Ref("alone")).add("party", Ref("grid"))
    owned = Node("rel/inv", "Investment", [PAGE]).add("investor", Ref("bank")).add("recipient", Ref("cells"))
    return map_of(tmp_path_factory.mktemp("small"), ACTORS, PROJECTS, [unit, deal, owned])


def row(net: Collaboration, key: str) -> int:
    return int(net.row_of[net.columns.node_of[key]])


def tied(net: Collaboration, one: str, other: str) -> float:
    return float(net.weights[row(net, one), row(net, other)])


def met(net: Collaboration, one: str, other: str) -> bool:
    return bool(net.ever[row(net, one), row(net, other)])


def things(net: Collaboration) -> set[str]:
    return {net.columns.key_of[thing] for thing in net.occasions["thing"].drop_nulls()}


def keys(net: Collaboration, mask: Mask) -> set[str]:
    return {net.columns.key_of[node] for node in net.nodes[mask].tolist()}


def test_weights_are_decayed_shares_of_each_occasion(small: Columns) -> None:
    net = collaboration(small, Scope(half_life=2.0, as_of=2020))
    worth = {"p1": 2 ** (-2 / 2), "p2": 2 ** (-1 / 2), "big": 2 ** (-2 / 2)}
    assert tied(net, "kth", "cells") == pytest.approx(worth["p1"] / 2 + worth["p2"] + worth["big"] / 3)
    assert tied(net, "cells", "grid") == pytest.approx(worth["p1"] / 2 + worth["big"] / 3)
    assert tied(net, "lab", "grid") == pytest.approx(0.5 + worth["big"] / 3), (
        "an undated one is one half life old: worth a half"
    )
    assert tied(net, "alone", "grid") == pytest.approx(0.5)
    assert np.all(net.weights.diagonal() == 0)
    assert abs(net.weights - net.weights.T).max() == 0


def test_without_decay_each_occasion_shares_out_one(small: Columns) -> None:
    net = collaboration(small, Scope(half_life=0))
    assert tied(net, "kth", "cells") == pytest.approx(1 / 2 + 1 + 1 / 3)


def test_an_attendee_and_an_investor_do_not_work_together_but_the_investor_is_no_stranger(small: Columns) -> None:
    net = collaboration(small)
    assert not met(net, "bank", "kth")
    assert met(net, "bank", "cells")
    assert tied(net, "bank", "cells") == 0
    p3 = small.node_of["p3"]
    occasion = net.occasions.with_row_index("i").filter(pl.col("thing") == p3)["i"].item()
    assert net.incidence[[row(net, "cells")], [occasion]].tolist() == [False]


def test_a_cap_takes_ties_away_but_not_that_they_met(small: Columns) -> None:
    net = collaboration(small, Scope(max_partners=3))
    assert tied(net, "kth", "lab") == 0
    assert met(net, "kth", "lab")


def test_years_and_ties_choose_the_occasions(small: Columns) -> None:
    assert things(collaboration(small, Scope(year_from=2019))) == {"p2"}
    assert things(collaboration(small, Scope(year_to=2017))) == {"p1"}
    assert things(collaboration(small, Scope(ties=("partnership",)))) == set()
    assert things(collaboration(small)) == {"p1", "p2", "p3", "big"}


def test_a_back_test_sees_nothing_of_the_time_after(small: Columns) -> None:
    net = collaboration(small, until=2017)
    assert things(net) == {"p1"}
    assert not met(net, "lab", "grid")
    assert not met(net, "bank", "cells")
    assert net.as_of == 2017
    only = collaboration(small, things=[small.node_of["p2"]])
    assert only.occasions["thing"].to_list() == [small.node_of["p2"]]


def test_units_count_as_the_whole_when_rolled_up(small: Columns) -> None:
    net = collaboration(small)
    assert net.owner[row(net, "lab")] == row(net, "kth")
    up = collaboration(small, Scope(rollup=True))
    assert tied(up, "kth", "grid") > tied(net, "kth", "grid")
    assert up.strength[row(up, "lab")] == 0
    assert up.occasions.filter(pl.col("thing") == small.node_of["big"])["actors"].item() == 3


def test_technologies_are_stated_or_practised(small: Columns) -> None:
    net = collaboration(small)
    assert keys(net, net.working_on(["batteries"])) == {"kth", "cells", "grid"}
    assert keys(net, net.working_on(["energy-storage"])) >= {"kth", "cells", "grid"}, "what is narrower counts"
    assert keys(net, net.working_on(["wind-power"])) == set()
    assert net.working_on([]).all()
    assert net.occasions_on(["batteries"]).sum() == 1


def test_places_countries_and_types(small: Columns) -> None:
    net = collaboration(small)
    assert keys(net, net.located_in(["place/se-ab"])) == {"kth", "lab", "cells"}
    assert keys(net, net.located_in(["NO"])) == {"bank"}
    assert keys(net, net.located_in(["SE", "NO"])) == {"kth", "lab", "cells", "grid", "bank"}
    assert keys(net, net.of_type("research")) == {"kth", "lab"}
    assert keys(net, net.of_type(None)) == set(ACTORS)
    assert [TYPES[code] for code in net.types[[row(net, "bank"), row(net, "cells")]]] == ["investor", "company"]


def test_the_last_active_year(small: Columns) -> None:
    net = collaboration(small, Scope(as_of=2020))
    assert net.last_active[[row(net, "cells"), row(net, "bank")]].tolist() == [2019, -1]


def test_every_collaboration_of_the_demo_is_one_here_and_no_other(demo_columns: Columns) -> None:
    """The shortcut has a limit of 60 and so has the scope; both know the same pairs of organisations."""
    net = collaboration(demo_columns, Scope(half_life=0))
    links = demo_columns.links.filter(pl.col("property") == "collaboratesWith")
    actors = set(net.nodes.tolist())
    stated = {(a, b) for a, b in links.select("a", "b").iter_rows() if a in actors and b in actors}
    held = net.weights.tocoo()
    found = {(int(net.nodes[a]), int(net.nodes[b])) for a, b in zip(*held.coords, strict=True)}
    assert found == stated
    assert stated


def test_an_empty_map_and_one_organisation(tmp_path: Path) -> None:
    net = collaboration(map_of(tmp_path, {"one": Actor()}, {}))
    assert net.weights.shape == (1, 1)
    assert net.strength.tolist() == [0]
    assert net.occasions.is_empty()
    assert net.as_of == 0
    assert net.scope == Scope()


def test_who_pays_for_a_project_knows_its_participants_unless_it_pays_for_everything(tmp_path: Path) -> None:
    actors = {
        "lab": Actor("ResearchInstitute"),
        "firm": Actor("Company"),
        "visitor": Actor("Company"),
        "steel": Actor("Company"),
        "agency": Actor("FundingAgency"),
        "council": Actor("GovernmentAgency"),
        "grants": Actor("ResearchInstitute"),
    }
    many = {f"q{n}": Project(("visitor",), "2020") for n in range(20)}
    projects = {"p": Project(("lab:coordinator", "firm", "visitor:attendee"), "2020"), **many}
    money = [
        Node(f"rel/{who}", "Funding", [PAGE]).add("funder", Ref(who)).add("fundedEffort", Ref("p"))
        for who in ("steel", "agency", "council", "grants")
    ]
    money += [
        Node(f"rel/{key}", "Funding", [PAGE]).add("funder", Ref("grants")).add("fundedEffort", Ref(key)) for key in many
    ]
    columns = map_of(tmp_path, actors, projects, money)
    net = collaboration(columns)
    assert {key for key in actors if met(net, "steel", key)} == {"lab", "firm"}
    assert not any(met(net, who, key) for who in ("agency", "council", "grants") for key in actors)
    assert not met(collaboration(columns, until=2025), "steel", "lab"), "a back-test knows joint occasions alone"
    told = explain(net, columns.node_of["lab"], columns.node_of["steel"])
    (tie,) = told.ties
    assert (tie.tie, columns.key_of[tie.thing or 0], tie.weight, told.pair) == ("funding", "p", None, None)
    assert [columns.key_of[proof.thing] for proof in tie.proofs] == ["p"]
