"""Organisations without any tie: whom the texts, the technology and the place bring together."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.columns import Columns
from graph.gaps.collaboration import collaboration
from graph.gaps.newcomers import newcomers
from graph.gaps.newcomers_hidden import hidden
from graph.gaps.scope import scope_of
from graph.gaps.text import telling, texts
from graph.node import Node, Text
from tests.gaps.maps import PAGE, Actor, Project, map_of

WORDS = {
    "newbie": ("sv", "Återvinner litiumbatterier till ny katodplåt"),
    "recycler": ("sv", "Återvinner batterier och litiumbatterier för katodplåt"),
    "turbine": ("sv", "Bygger vindturbiner till havs"),
    "twin": ("en", "Builds wind turbines at sea"),
    "third": ("en", "Wind turbines at sea, and their towers"),
}


def described(key: str) -> Node:
    lang, text = WORDS[key]
    return Node(key, "Company", [PAGE]).add("description", Text(text, lang))


@pytest.fixture(scope="module")
def columns(tmp_path_factory: pytest.TempPathFactory) -> Columns:
    actors = {key: Actor("Company", "SE") for key in (*WORDS, "uni")}
    projects = {
        "p": Project(("recycler", "uni:coordinator"), "2023", "2025", (), "Cathode study"),
        "q": Project(("turbine", "third", "uni:coordinator"), "2023", "2025", (), "Sea study"),
    }
    return map_of(tmp_path_factory.mktemp("newcomers"), actors, projects, map(described, WORDS))


def test_a_newcomer_finds_who_writes_of_the_same(columns: Columns) -> None:
    found = newcomers(collaboration(columns, scope_of(columns)))
    assert found.total == 2  # nobody else writes of the same, and a common country alone is no reason
    first = {columns.key_of[row.a]: columns.key_of[row.b] for row in reversed(found.rows)}
    assert first == {"newbie": "recycler", "twin": "third"}
    assert all(row.reasons for row in found.rows)
    assert "shared-topic" in {reason.note.code for row in found.rows for reason in row.reasons}


def test_one_newcomer_gets_all_who_have_reasons(columns: Columns) -> None:
    net = collaboration(columns, scope_of(columns))
    row = int(net.row_of[columns.node_of["newbie"]])
    found = newcomers(net, limit=2, actor=row)
    assert len(found.rows) == 1
    assert {columns.key_of[pair.a] for pair in found.rows} == {"newbie"}


def test_nobody_new_is_said(columns: Columns) -> None:
    found = newcomers(collaboration(columns, scope_of(columns, type="research-company")))
    assert found.empty is not None
    assert found.empty.code in ("no-actors", "newcomers-alone", "newcomers-thin")


def test_an_empty_answer_counts_who_is_in_the_region(tmp_path: Path) -> None:
    actors = {"in": Actor("Company", "place/se-ab", ("batteries",)), "out": Actor("Company", "NO", ("batteries",))}
    columns = map_of(tmp_path, actors, {"p": Project(("in", "out"), "2020", "2024", ("batteries",))})
    nobody = newcomers(collaboration(columns, scope_of(columns, technology=["batteries"], region=["SE224"])))
    assert nobody.empty is not None
    assert nobody.empty.code == "no-actors"
    tied = newcomers(collaboration(columns, scope_of(columns, technology=["batteries"], region=["SE110"])))
    assert tied.empty is not None
    assert (tied.empty.code, tied.empty.values) == ("no-newcomers", {"actors": 1})


def test_who_bears_the_same_name_is_no_partner(tmp_path: Path) -> None:
    actors = {
        "ivl": Actor("ResearchInstitute", "SE", ("batteries",), "IVL Swedish Environmental Research Institute"),
        "fund": Actor("Foundation", "SE", ("batteries",), "Stiftelsen IVL"),
        "mate": Actor("Company", "SE", ("batteries",), "Mate"),
    }
    columns = map_of(tmp_path, actors, {"p": Project(("ivl", "mate"), "2020", "2024", ("batteries",))})
    found = newcomers(collaboration(columns, scope_of(columns)))
    assert [(columns.key_of[row.a], columns.key_of[row.b]) for row in found.rows] == [("fund", "mate")]


def test_each_newcomer_of_the_demo_has_two_reasons_and_one_of_content(demo_columns: Columns) -> None:
    found = newcomers(collaboration(demo_columns, scope_of(demo_columns)))
    assert len(found.rows) >= 10
    for row in found.rows:
        told = [reason.note.code for reason in row.reasons]
        assert len(told) >= 2
        assert any(code.startswith(("shared-", "research-", "maker-")) for code in told)


def test_answers_leave_pairs_out(columns: Columns) -> None:
    net = collaboration(columns, scope_of(columns))
    ends = columns.node_of["recycler"], columns.node_of["newbie"]
    found = newcomers(net, answers={ends: "competitors"})
    assert ("newbie", "recycler") not in [(columns.key_of[row.a], columns.key_of[row.b]) for row in found.rows]


def test_singular_plural_and_both_languages_meet(columns: Columns) -> None:
    held = texts(columns)
    one, other = (held.weights[[columns.node_of[key]]] for key in ("twin", "third"))
    assert {"turbines", "wind", "sea"} >= {held.shown[word] for word in telling(one, other)}


def test_on_the_demo_text_finds_more_hidden_partners_than_popularity(demo_columns: Columns) -> None:
    net = collaboration(demo_columns, scope_of(demo_columns))
    found = hidden(net)
    assert found.actors >= 20
    assert found.hits["ours"] >= found.hits["popularity"]
