"""The order of pairs: who is specific and near stands first, nobody fills a list, and authorities are no partners."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from graph.columns import Columns
from graph.gaps.authorities import authorities
from graph.gaps.collaboration import Collaboration, collaboration
from graph.gaps.pairs import pairs
from graph.gaps.ranking import diverse, fair
from graph.gaps.scope import scope_of
from tests.gaps.maps import Actor, Project, map_of

BATTERIES = ("batteries",)
MANY = 24


@pytest.fixture(scope="module")
def columns(tmp_path_factory: pytest.TempPathFactory) -> Columns:
    actors = {
        "uni": Actor("HigherEducationInstitution", "place/se-ab", BATTERIES),
        "near": Actor("Company", "place/se-ab", BATTERIES),
        "far": Actor("Company", "NO", BATTERIES),
        "all-trades": Actor("Company", "NO"),
        "council": Actor("PublicBody", "NO", BATTERIES),
        "town": Actor("Municipality", "place/se-ab", BATTERIES),
        "payer": Actor("Organization", "NO", BATTERIES),
        "club": Actor("Organization", "NO", BATTERIES),
        "mate": Actor("Company", "DE"),
    }
    projects = {"p": Project(("all-trades", "mate"), "2020", "2024", BATTERIES, "Cells")}
    projects |= {f"q{n}": Project(("all-trades", "mate"), "2020", "2024", (), f"Other {n}") for n in range(MANY)}
    for number in range(2):
        projects[f"net{number}"] = Project(("payer", "mate"), "2020", "2024", (), f"ERA-NET Cofund on water {number}")
    actors |= {f"firm{n}": Actor("Company", "NO", BATTERIES) for n in range(30)}
    return map_of(tmp_path_factory.mktemp("ranking"), actors, projects)


def net_of(columns: Columns, **said: object) -> Collaboration:
    return collaboration(columns, scope_of(columns, **said))  # type: ignore[arg-type]


def test_both_in_the_region_come_first_and_an_organisation_stands_four_times(columns: Columns) -> None:
    net = net_of(columns, technology=BATTERIES, region=["SE110"], type="company-research")
    found = pairs(net, limit=20)
    ends = [(columns.key_of[row.a], columns.key_of[row.b]) for row in found.rows]
    assert ends[0] == ("near", "uni")
    assert found.rows[0].parts["inside"] == 1
    assert len(ends) == 4
    (more,) = [note for note in found.notes if note.code == "more-with"]
    assert (more.values, more.things["a"]) == (
        {"count": found.total - 4, "key": "uni"},
        (columns.node_of["uni"],),
    )


def test_of_one_organisation_there_are_as_many_as_asked(columns: Columns) -> None:
    net = net_of(columns, technology=BATTERIES, type="company-research")
    found = pairs(net, limit=20, actor=columns.node_of["uni"])
    assert len(found.rows) == 20
    assert "more-with" not in {note.code for note in found.notes}


def test_a_company_in_projects_of_every_kind_ranks_down(columns: Columns) -> None:
    net = net_of(columns, technology=BATTERIES, type="company-research")
    parts = {columns.key_of[row.a]: row.parts for row in pairs(net, limit=50, most_each=50).rows}
    assert parts["all-trades"]["spread"] == -1
    assert "spread" not in parts["far"]
    assert parts["all-trades"]["focus"] < parts["far"]["focus"]


def test_who_pays_others_is_no_partner_unless_it_is_asked_for(columns: Columns) -> None:
    net = net_of(columns, technology=BATTERIES)
    assert {columns.key_of[node] for node in net.nodes[authorities(net)]} == {"council", "payer"}
    found = pairs(net, limit=50, most_each=50)
    keys = {columns.key_of[end] for row in found.rows for end in (row.a, row.b)}
    assert not keys & {"council", "payer"}
    assert {"town", "club"} <= keys
    (out,) = [note for note in found.notes if note.code == "left-out-public"]
    assert out.values == {"count": 2}
    asked = pairs(net_of(columns, technology=BATTERIES, type="public-research"))
    assert {columns.key_of[row.a] for row in asked.rows} == {"council", "town"}


def test_every_beginning_of_a_list_is_fair(columns: Columns) -> None:
    net = net_of(columns)
    ends = [(a, b) for a in range(12) for b in range(12, 39)]
    kept = [ends[place] for place in diverse(net, ends, 100, fair)]
    for length in range(1, len(kept) + 1):
        times = Counter(end for pair in kept[:length] for end in pair)
        assert max(times.values()) <= fair(length)


@pytest.mark.parametrize("region", ["SE110", "SE232", "SE"])
def test_nobody_fills_a_list_of_the_demo(demo_columns: Columns, region: str) -> None:
    net = net_of(demo_columns, technology=BATTERIES, region=[region])
    rows = pairs(net, limit=200).rows[:20]
    times = Counter(int(net.owner[net.row_of[end]]) for row in rows for end in (row.a, row.b))
    assert max(times.values()) <= 4


def test_a_list_is_full_where_others_are_left(tmp_path: Path) -> None:
    actors = {f"firm{n:02}": Actor("Company", "SE", BATTERIES) for n in range(30)}
    columns = map_of(tmp_path, actors, {})
    assert len(pairs(net_of(columns), limit=50).rows) == 50
