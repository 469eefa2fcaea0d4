"""Orphan research: the planted region is found, with what chance would give and who is nearest; nothing is made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.columns import Columns
from graph.gaps.answer import Answer
from graph.gaps.collaboration import collaboration
from graph.gaps.orphans import orphans
from graph.gaps.rows import Orphan
from graph.gaps.scope import Scope, scope_of
from graph.gaps.words import say
from tests.gaps.maps import Actor, Project, map_of

AB = {f"r{number}": Actor("ResearchGroup", "place/se-ab", ["batteries", "charging"]) for number in range(5)}
M = {f"s{number}": Actor("ResearchGroup", "place/se-m", ["batteries"]) for number in range(5)}
COMPANIES = {f"c{number}": Actor("Company", "place/se-m", ["batteries"]) for number in range(5)}
NEAR = {
    "alike": Actor("Company", "place/se-m", ["batteries", "charging"]),
    "near": Actor("Company", "place/se-ab", ["batteries"]),
    "unnamed": Actor("Company", "place/se-ab", ["batteries"], "Organisation whose name is not known (PIC 1)"),
}
ACTORS = {**AB, **M, **COMPANIES, **NEAR}
# The research of Stockholm meets itself only, in 20 projects; that of Skåne meets a company in each of its 20.
PROJECTS = {
    **{f"p{number}": Project([f"r{number % 5}", f"r{(number + 1) % 5}"], techs=["batteries"]) for number in range(20)},
    **{f"q{number}": Project([f"s{number % 5}", f"c{number // 4}"], techs=["batteries"]) for number in range(20)},
}


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Columns:
    return map_of(tmp_path_factory.mktemp("orphans"), ACTORS, PROJECTS)


def found(columns: Columns, scope: Scope) -> Answer[Orphan]:
    return orphans(collaboration(columns, scope))


def test_the_planted_orphan_is_found_with_its_numbers_and_the_nearest_companies(planted: Columns) -> None:
    answer = found(planted, scope_of(planted, technology=["batteries"], half_life=0))
    (row,) = answer.rows
    assert (planted.key_of[row.technology], row.region, row.status) == ("tech/batteries", "place/se-ab", "gap")
    # 40 of 80 participations are theirs, 20 those of companies: 40 * 20 / 80
    assert (row.researchers, row.mass, row.observed, row.expected) == (5, 40, 0, 10)
    assert row.high is not None
    assert row.low is not None
    assert row.low <= row.high < 0
    assert row.near_in_topic == planted.node_of["alike"]
    assert row.near_on_map == planted.node_of["near"]
    assert row.km == 0


def test_every_proof_is_a_record_of_the_research_or_of_the_nearest(planted: Columns) -> None:
    (row,) = found(planted, scope_of(planted, technology=["batteries"], half_life=0)).rows
    assert row.proofs
    assert all(proof.evidence for proof in row.proofs)
    assert max(one for proof in row.proofs for one in proof.evidence) < planted.evidence.height


def test_a_broader_technology_that_says_the_same_is_left_to_the_narrower_one(planted: Columns) -> None:
    answer = found(planted, scope_of(planted, half_life=0))
    assert [planted.key_of[row.technology] for row in answer.rows] == ["tech/batteries"]


def test_ties_as_many_as_expected_make_no_orphan(planted: Columns) -> None:
    answer = found(planted, scope_of(planted, region=["place/se-m"], half_life=0))
    assert answer.rows == ()
    assert answer.empty is not None
    assert answer.empty.code == "orphans-none"


def test_few_expected_ties_say_nothing(tmp_path: Path) -> None:
    among = {
        f"p{number}": Project([f"r{number % 5}", f"r{(number + 1) % 5}"], techs=["batteries"]) for number in range(10)
    }
    met = {f"q{number}": Project(["s0", "c0"], techs=["batteries"]) for number in range(5)}
    one = {"o": Project(["r0", "c0"], techs=["batteries"])}
    columns = map_of(tmp_path, {**AB, **M, **COMPANIES}, {**among, **met, **one})
    (row,) = found(columns, scope_of(columns, half_life=0)).rows
    # 21 of 32 participations are theirs, 6 those of companies
    assert (row.status, row.observed, row.low, row.high) == ("cannot-say", 1, None, None)
    assert row.expected == pytest.approx(21 * 6 / 32)


def test_four_researchers_are_too_few(tmp_path: Path) -> None:
    four = {key: actor for key, actor in AB.items() if key != "r4"}
    among = {
        f"p{number}": Project([f"r{number % 4}", f"r{(number + 1) % 4}"], techs=["batteries"]) for number in range(40)
    }
    met = {f"q{number}": Project([f"s{number % 5}", "c0"], techs=["batteries"]) for number in range(30)}
    columns = map_of(tmp_path, {**four, **M, **COMPANIES}, {**among, **met})
    (row,) = found(columns, scope_of(columns, half_life=0)).rows
    assert (row.status, row.researchers, row.low) == ("too-few-actors", 4, None)
    assert row.expected == pytest.approx(80 * 30 / 140)


def test_ties_lose_weight_with_age(tmp_path: Path) -> None:
    old = {f"p{number}": Project(["r0", "r1"], "2008", "2010", ["batteries"]) for number in range(2)}
    new = {"q": Project(["s0", "c0"], "2015", None, ["batteries"])}
    columns = map_of(tmp_path, {**AB, **M, **COMPANIES}, {**old, **new})
    (row,) = found(columns, scope_of(columns, half_life=5, as_of=2015)).rows
    assert row.region == "place/se-ab"
    assert row.mass == pytest.approx(2)  # four participations, half as much after five years
    assert row.expected == pytest.approx(2 * 1 / 4)


def test_a_map_without_technologies_and_a_region_without_research_say_so(tmp_path: Path, planted: Columns) -> None:
    bare = map_of(tmp_path, {"a": Actor(), "b": Actor("ResearchGroup")}, {"p": Project(["a", "b"])})
    empty = found(bare, Scope()).empty
    assert empty is not None
    assert empty.code == "areas-no-technology"
    empty = found(planted, scope_of(planted, technology=["batteries"], region=["place/se-m"], as_of=2018)).empty
    assert empty is not None
    assert empty.code == "orphans-none"
    nobody = map_of(tmp_path / "nobody", {"a": Actor("Company", "SE", ["batteries"])}, {})
    empty = found(nobody, scope_of(nobody, region=["SE"])).empty
    assert empty is not None
    assert "SE" in say(empty, "sv", str)


def test_the_demo_gives_the_same_rows_twice_and_says_what_absence_means(demo_columns: Columns) -> None:
    one, two = (found(demo_columns, scope_of(demo_columns)) for _ in range(2))
    assert one.rows == two.rows
    assert one.rows
    assert one.notes[0].code == "absence"
    for row in one.rows:
        assert row.observed < row.expected
        assert row.proofs
        assert (row.low is None) == (row.status in ("cannot-say", "too-few-actors"))
