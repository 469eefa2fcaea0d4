"""Whom to seat together: the planted pairs, each with reasons that have records and that make up the score."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from graph.columns import Columns
from graph.gaps.answer import Answer
from graph.gaps.collaboration import collaboration
from graph.gaps.rows import Introduction
from graph.gaps.scope import Scope, scope_of
from graph.gaps.venture_day import venture_day
from graph.gaps.words import say
from tests.gaps.maps import Actor, Project, map_of
from tests.gaps.money_nodes import invested

ACTORS = {
    "young": Actor("StartUp", "place/se-ab", ["batteries"]),
    "backed": Actor("StartUp", "place/se-ab", ["batteries"]),
    "grown": Actor("Company", "place/se-ab", ["batteries"]),
    "school": Actor("HigherEducationInstitution", "place/se-ab", ["batteries"]),
    "lab": Actor("ResearchGroup", "place/se-m", ["wind-power"]),
    "other-lab": Actor("ResearchGroup", "place/se-m", ["wind-power"]),
    "blades": Actor("Company", "place/se-m", ["wind-power"]),
    "vc": Actor("InvestmentOrganization", "SE"),
    "fund": Actor("InvestmentOrganization", "NO"),
    "cells": Actor("Company", "NO", ["batteries"]),
    "grid": Actor("Company", "NO", ["smart-grids"]),
    "far": Actor("Company", "NO", ["batteries"]),
}
PROJECTS = {
    "p": Project(["young", "school", "grown", "backed"], "2018", "2020", ["batteries"]),
    "q": Project(["lab", "other-lab"], "2019", "2020", ["wind-power"]),
    "both": Project(["school", "cells"], "2018", "2020", ["batteries"]),
    "alone": Project(["lab"], "2019", "2020", ["wind-power"]),
}
MONEY = [
    invested("one", "fund", None, "backed", "1000"),
    invested("two", "vc", None, "cells", None),
    invested("three", "fund", None, "grid", None),
]


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Columns:
    return map_of(tmp_path_factory.mktemp("venture"), ACTORS, PROJECTS, MONEY)


def found(columns: Columns, answers: dict[tuple[str, str], str] | None = None, **more: object) -> Answer[Introduction]:
    said = {(columns.node_of[a], columns.node_of[b]): answer for (a, b), answer in (answers or {}).items()}
    return venture_day(collaboration(columns, scope_of(columns, **more)), answers=said)  # type: ignore[arg-type]


def pairs(columns: Columns, answer: Answer[Introduction], name: str) -> list[tuple[str, str]]:
    return [(columns.key_of[row.a], columns.key_of[row.b]) for row in answer.rows if row.list == name]


def test_a_start_up_with_research_and_no_investor_meets_investors_of_its_area(planted: Columns) -> None:
    answer = found(planted)
    # `backed` has an investor, `grown` is not known to be small; `fund` is active in batteries through `backed`
    assert pairs(planted, answer, "investor") == [("young", "vc"), ("young", "fund")]
    row = answer.rows[0]
    assert [reason.note.code for reason in row.reasons][:2] == ["venture-portfolio", "venture-research"]
    assert "venture-rival" in [reason.note.code for reason in row.against]
    named = say(row.reasons[0].note, "en", lambda node: planted.key_of[node])
    assert named == "The investor has put money into cells: also tech/batteries."


def test_research_that_no_company_takes_part_in_meets_companies(planted: Columns) -> None:
    answer = found(planted)
    assert set(pairs(planted, answer, "company-for-research")) == {("lab", "blades"), ("other-lab", "blades")}
    row = next(row for row in answer.rows if planted.key_of[row.a] == "lab")
    note = row.reasons[0].note
    assert (note.code, note.values["count"]) == ("venture-results", 2)
    assert {planted.key_of[node] for node in note.things["projects"]} == {"q", "alone"}


def test_a_company_with_partners_at_home_only_meets_others_abroad(planted: Columns) -> None:
    answer = found(planted)
    # fund invested in `backed`, which so has somebody abroad; `blades` has no partner at all, which is another finding;
    # nothing but one technology speaks for `far`, while `cells` worked with the school as well
    assert set(pairs(planted, answer, "foreign-partner")) == {("young", "cells"), ("grown", "cells")}


def test_reasons_have_records_and_make_up_the_score(planted: Columns) -> None:
    for row in found(planted).rows:
        held = [*row.reasons, *row.against]
        assert all(reason.proofs for reason in held)
        assert all(proof.evidence for reason in held for proof in reason.proofs)
        assert row.score == pytest.approx(sum(reason.weight or 0 for reason in held))


def test_what_people_said_counts_in_either_order(planted: Columns) -> None:
    refused = found(planted, {("vc", "young"): "not-useful", ("lab", "blades"): "already-together"})
    assert pairs(planted, refused, "investor") == [("young", "fund")]
    assert pairs(planted, refused, "company-for-research") == [("other-lab", "blades")]
    first = found(planted, {("young", "fund"): "useful"})
    assert pairs(planted, first, "investor") == [("young", "fund"), ("young", "vc")]
    assert first.rows[0].answer == "useful"


def test_nobody_stands_more_than_three_times_in_a_list(demo_columns: Columns) -> None:
    answer = venture_day(collaboration(demo_columns, Scope()), limit=1000)
    assert answer.rows == venture_day(collaboration(demo_columns, Scope()), limit=1000).rows
    seats = Counter((row.list, end) for row in answer.rows for end in (row.a, row.b))
    assert max(seats.values()) == 3
    assert {row.list for row in answer.rows} == {"investor", "company-for-research", "foreign-partner"}
    for row in answer.rows:
        assert all(reason.proofs for reason in (*row.reasons, *row.against))


def test_the_limit_is_shared_by_the_lists(demo_columns: Columns) -> None:
    rows = venture_day(collaboration(demo_columns, Scope()), limit=9).rows
    assert Counter(row.list for row in rows) == {"investor": 3, "company-for-research": 3, "foreign-partner": 3}


def test_the_scope_picks_by_technology_and_region(planted: Columns) -> None:
    answer = found(planted, technology=["wind-power"])
    assert {row.list for row in answer.rows} == {"company-for-research"}
    within = found(planted, region=["SE110"], reach="within")
    assert within.rows == ()
    assert within.empty is not None
    assert within.empty.code == "venture-none"


def test_a_map_without_technologies_says_so(tmp_path: Path) -> None:
    columns = map_of(tmp_path, {"a": Actor(), "b": Actor()}, {"p": Project(["a", "b"])})
    answer = found(columns)
    assert answer.empty is not None
    assert answer.empty.code == "areas-no-technology"
