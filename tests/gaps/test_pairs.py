"""Missing pairs on small maps, where everybody can see who should meet, and on the demo."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pytest

from graph.columns import Columns
from graph.gaps.collaboration import Collaboration, collaboration
from graph.gaps.known import ActorError
from graph.gaps.pairs import pairs
from graph.gaps.rows import MissingPair
from graph.gaps.scope import scope_of
from graph.node import Node, PartialDate, Ref, Text
from tests.gaps.maps import PAGE, Actor, Project, map_of

BATTERIES = ("batteries",)
ACTORS: Mapping[str, Actor] = {
    "uni": Actor("HigherEducationInstitution", "place/se-ab", BATTERIES, "Uni"),
    "dept": Actor("ResearchGroup", "place/se-ab", BATTERIES, "Cell lab"),
    "unit": Actor("ResearchGroup", "place/se-ab", BATTERIES, "Grid lab"),
    "maker": Actor("Company", "place/se-ab", BATTERIES, "Maker"),
    "rival": Actor("Company", "place/se-m", BATTERIES, "Rival"),
    "old": Actor("Company", "place/se-ab", BATTERIES, "Old friend"),
    "dead": Actor("Company", "place/se-ab", BATTERIES, "Dead"),
    "numbered": Actor("Company", "place/se-ab", BATTERIES, "Organisation whose name is not known (PIC 999900044)"),
    "fund": Actor("InvestmentOrganization", "place/se-ab", BATTERIES, "Fund"),
    "bridge": Actor("ResearchInstitute", "DE", BATTERIES, "Bridge"),
    "wind": Actor("HigherEducationInstitution", "place/se-ab", ("wind-power",), "Windy"),
}
PROJECTS: Mapping[str, Project] = {
    "p1": Project(("uni:coordinator", "bridge"), "2022", "2025", BATTERIES, "Lithium anode recycling"),
    "p2": Project(("maker", "bridge:coordinator"), "2023", "2025", BATTERIES, "Recycling of lithium anode scrap"),
    "p3": Project(("uni", "old:coordinator"), "2010", "2012", BATTERIES, "Lead plates"),
    "p4": Project(("rival:coordinator", "bridge"), "2024", "2026", BATTERIES, "Sodium cathode"),
    "p5": Project(("uni:coordinator", "rival", "wind"), "2024", "2026", (), "Grid study"),
}


def more() -> list[Node]:
    dept, unit = (Node(key, "ResearchGroup", [PAGE]).add("unitOf", Ref("uni")) for key in ("dept", "unit"))
    dead = Node("dead", "Company", [PAGE]).add("dissolved", PartialDate.parse("2020"))
    return [dept, unit, dead, Node("lone", "Company", [PAGE]).add("name", Text("Lone", "en"))]


@pytest.fixture(scope="module")
def columns(tmp_path_factory: pytest.TempPathFactory) -> Columns:
    return map_of(tmp_path_factory.mktemp("pairs"), ACTORS, PROJECTS, more())


def net_of(columns: Columns, **said: object) -> Collaboration:
    return collaboration(columns, scope_of(columns, **said))  # type: ignore[arg-type]


def keys(columns: Columns, rows: tuple[MissingPair, ...]) -> list[tuple[str, str]]:
    return [(columns.key_of[row.a], columns.key_of[row.b]) for row in rows]


def test_a_narrow_scope_gives_every_pair_that_is_missing_in_the_order_of_the_types(columns: Columns) -> None:
    net = net_of(columns, technology=BATTERIES, region=["SE110"], type="company-research")
    found = pairs(net)
    # rival met uni and bridge; dept is a unit of uni, which met old and rival
    assert set(keys(columns, found.rows)) == {
        ("maker", "uni"), ("old", "dept"), ("old", "bridge"), ("rival", "dept")
    }  # fmt: skip
    assert found.total == 8  # dept, unit and uni are one group, and stand once for each company
    assert found.empty is None
    assert {note.code for note in found.notes} == {"absence", "left-out-dissolved", "left-out-nameless", "all-scored"}
    assert keys(columns, found.rows)[0] == ("maker", "uni")


def test_within_keeps_both_ends_in_the_region(columns: Columns) -> None:
    net = net_of(columns, technology=BATTERIES, region=["SE110"], reach="within", type="research-company")
    assert set(keys(columns, pairs(net).rows)) == {("uni", "maker"), ("dept", "old")}


def test_without_types_who_pays_is_no_partner_unless_it_is_asked_for(columns: Columns) -> None:
    anybody = {key for pair in keys(columns, pairs(net_of(columns)).rows) for key in pair}
    assert "fund" not in anybody
    asked = pairs(net_of(columns, type="investor-company"))
    assert {one for one, _ in keys(columns, asked.rows)} == {"fund"}


def test_two_of_one_group_are_never_offered_without_the_reason_against(columns: Columns) -> None:
    rows = pairs(net_of(columns), most_each=50).rows
    (group,) = [row for row in rows if {columns.key_of[row.a], columns.key_of[row.b]} == {"unit", "dept"}]
    assert [reason.note.code for reason in group.against] == ["same-group"]
    offered = [row for row in rows if row.reasons and {one.note.code for one in row.against} <= {"dormant"}]
    assert rows.index(group) >= len(offered) > 0


def test_what_the_whole_group_did_speaks_against_a_unit(columns: Columns) -> None:
    net = net_of(columns, technology=BATTERIES, type="company-research")
    (row,) = [row for row in pairs(net, most_each=50).rows if keys(columns, (row,)) == [("old", "dept")]]
    (reason,) = [reason for reason in row.against if reason.note.code == "group-meets"]
    assert {columns.key_of[proof.thing] for proof in reason.proofs} == {"p3", "dept"}


def test_a_pair_lapses_when_all_it_did_is_long_over(columns: Columns) -> None:
    net = net_of(columns, technology=BATTERIES, type="company-research")
    (row,) = pairs(net, history=("lapsed",)).rows
    assert keys(columns, (row,)) == [("old", "uni")]
    assert row.history == "lapsed"
    nothing = pairs(net, history=("lapsed",), lapse=50)
    assert (nothing.rows, nothing.empty and nothing.empty.code) == ((), "no-lapsed")
    both = pairs(net, history=("never", "lapsed"), most_each=50)
    assert {row.history for row in both.rows} == {"never", "lapsed"}


def test_answers_leave_pairs_out_and_lift_them(columns: Columns) -> None:
    net = net_of(columns, technology=BATTERIES, region=["SE110"], type="company-research")
    at = columns.node_of
    first = pairs(net)
    assert keys(columns, first.rows)[0] == ("maker", "uni")
    for what in ("already-together", "competitors", "not-useful"):
        found = pairs(net, answers={(at["uni"], at["maker"]): what})
        assert ("maker", "uni") not in keys(columns, found.rows)
        assert found.total == first.total - 1
        assert "left-out-answered" in {note.code for note in found.notes}
        shown = pairs(net, answers={(at["uni"], at["maker"]): what}, include_answered=True)
        assert [row.answer for row in shown.rows if keys(columns, (row,)) == [("maker", "uni")]] == [what]
    lifted = pairs(net, answers={(at["old"], at["bridge"]): "useful"})
    before = {pair: row.score for pair, row in zip(keys(columns, first.rows), first.rows, strict=True)}
    (row,) = [row for row in lifted.rows if keys(columns, (row,)) == [("old", "bridge")]]
    assert row.score == pytest.approx(before["old", "bridge"] + 1.0)


def test_one_organisation_stands_first_in_all_of_its_pairs(columns: Columns) -> None:
    found = pairs(net_of(columns), actor=columns.node_of["maker"])
    assert {one for one, _ in keys(columns, found.rows)} == {"maker"}
    assert {"uni", "rival", "old"} <= {other for _, other in keys(columns, found.rows)}
    assert "bridge" not in {other for _, other in keys(columns, found.rows)}


@pytest.mark.parametrize("key", ["p1", "place/se-ab"])
def test_what_is_no_organisation_is_told(columns: Columns, key: str) -> None:
    with pytest.raises(ActorError, match="no organisation"):
        pairs(net_of(columns), actor=columns.node_of[key])


def test_an_empty_answer_says_why(columns: Columns) -> None:
    nobody = pairs(net_of(columns, technology=["wind-power"], type="company-research"))
    assert (nobody.rows, nobody.empty and nobody.empty.code) == ((), "no-actors")
    at = columns.node_of
    net = net_of(columns, technology=BATTERIES, region=["SE224"], type="company-research")
    (only,) = pairs(net).rows
    asked = pairs(net, answers={(at["rival"], at[key]): "competitors" for key in ("dept", "unit")})
    assert (asked.rows, asked.empty and asked.empty.code) == ((), "all-answered")
    assert at["rival"] == only.a


def test_one_organisation_alone_has_nobody_to_meet(tmp_path: Path) -> None:
    columns = map_of(tmp_path, {"a": Actor("Company", "SE")}, {})
    found = pairs(net_of(columns))
    assert (found.rows, found.empty and found.empty.code) == ((), "one-alone")


def test_no_group_fills_the_list_of_the_demo(demo_columns: Columns) -> None:
    net = net_of(demo_columns)
    rows = pairs(net, limit=30, most_each=3).rows
    groups = [int(net.owner[net.row_of[end]]) for row in rows[:15] for end in (row.a, row.b)]
    assert max(groups.count(group) for group in groups) <= 6
    good = [row for row in rows if not row.against]
    assert all(len(row.reasons) >= 2 for row in good)
    ends = [tuple(sorted((row.a, row.b))) for row in rows]
    assert len(set(ends)) == len(ends)
    assert rows == pairs(net, limit=30, most_each=3).rows


def test_a_large_question_is_cut_and_says_so(demo_columns: Columns, monkeypatch: pytest.MonkeyPatch) -> None:
    import graph.gaps.candidates as candidates

    whole = pairs(net_of(demo_columns), limit=5).rows
    monkeypatch.setattr(candidates, "MOST_PAIRS", 100)
    monkeypatch.setattr("graph.gaps.pairs.MOST_PAIRS", 100)
    cut = pairs(net_of(demo_columns), limit=5)
    assert {tuple(sorted((row.a, row.b))) for row in cut.rows} == {tuple(sorted((row.a, row.b))) for row in whole}
    assert "best-of-each" in {note.code for note in cut.notes}
    assert all(one.score >= other.score for one, other in pairwise(cut.rows[:3]))
