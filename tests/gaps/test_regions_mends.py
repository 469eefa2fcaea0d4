"""What made findings of regions wrong in the eyes of those who know the field, each on a small map."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from graph.columns import Columns
from graph.gaps.answer import Answer
from graph.gaps.areas import areas
from graph.gaps.chains import chains
from graph.gaps.collaboration import collaboration
from graph.gaps.deserts import deserts
from graph.gaps.orphans import orphans
from graph.gaps.relatedness import related
from graph.gaps.rows import Introduction
from graph.gaps.scope import scope_of
from graph.gaps.venture_day import venture_day
from graph.gaps.words import sentences
from graph.node import Concept, Node, PartialDate, Ref
from tests.gaps.maps import PAGE, Actor, Project, map_of
from tests.gaps.money_nodes import grant

ON = ["batteries"]
OTHERS = {f"z{number}": Actor("Company", "FI", ["biogas"]) for number in range(9)}  # so that batteries tell two apart


def partner(centre: str, *who: str) -> list[Node]:
    """Who takes part in an organisation that is an effort, too."""
    return [
        Node(f"rel/in-{centre}-{one}", "Participation", [PAGE])
        .add("participant", Ref(one))
        .add("inEffort", Ref(centre))
        .add("role", Concept("role", "partner"))
        for one in who
    ]


def groups(university: str, *names: str) -> list[Node]:
    return [Node(name, "ResearchGroup", [PAGE]).add("unitOf", Ref(university)) for name in names]


def ended(key: str, year: str) -> Node:
    return Node(key, "Company", [PAGE]).add("dissolved", PartialDate.parse(year))


def day(columns: Columns, **filters: object) -> Answer[Introduction]:
    return venture_day(collaboration(columns, scope_of(columns, **filters)))  # type: ignore[arg-type]


def pairs(columns: Columns, answer: Answer[Introduction], name: str) -> set[tuple[str, str]]:
    return {(columns.key_of[row.a], columns.key_of[row.b]) for row in answer.rows if row.list == name}


def test_a_centre_with_companies_as_partners_has_met_them(tmp_path: Path) -> None:
    actors = {
        "centre": Actor("ResearchCentre", "place/se-ab", ON),
        "in-stage": Actor("ResearchCentre", "place/se-ab", ON),
        "alone": Actor("ResearchCentre", "place/se-ab", ON),
        "carmaker": Actor("Company", "place/se-ab"),
        "cells": Actor("Company", "place/se-ab", ON),
    }
    stage = Node("stage", "CentreStage", [PAGE]).add("partOf", Ref("centre"))
    stated = [
        Node("rel/s", "TechnologyActivity", [PAGE]).add("actor", Ref("stage")).add("area", Concept("tech", "batteries"))
    ]
    joined = partner("stage", "in-stage")
    columns = map_of(tmp_path, actors | OTHERS, {}, [*partner("centre", "carmaker"), stage, *stated, *joined])
    # `in-stage` takes part in a stage of the centre; `alone` has no company anywhere
    assert {a for a, _ in pairs(columns, day(columns), "company-for-research")} == {"alone"}


def test_a_public_partner_abroad_is_a_partner_abroad(tmp_path: Path) -> None:
    actors = {
        "agency": Actor("Company", "NO", ON),
        "home": Actor("Company", "NO", ON),
        "ministry": Actor("PublicBody", "DK"),
        "payer": Actor("FundingAgency", "BE"),
        "lab": Actor("ResearchGroup", "NO", ON),
        "abroad": Actor("Company", "SE", [*ON, "charging"]),
    }
    projects = {
        "p": Project(["agency", "ministry"], techs=ON),
        "q": Project(["home", "lab"], techs=ON),
        "r": Project(["abroad", "lab"], techs=ON),
    }
    columns = map_of(tmp_path, actors | OTHERS, projects, [grant("g", "home", "10", funder="payer")])
    # money from abroad makes nobody a partner; a project with a public body does
    assert pairs(columns, day(columns), "foreign-partner") == {("home", "abroad")}


CHAIN = {
    "r": Actor("ResearchGroup", "place/se-ab", ON),
    "bed": Actor("TestBed", "place/se-m", ON),
    **{f"c{number}": Actor("Company", "place/se-ab", ON) for number in range(4)},
    **{f"d{number}": Actor("Company", "place/se-m", ON) for number in range(4)},
    "s": Actor("ResearchGroup", "place/se-m", ON),
}
MADE = {"p": Project(["r", "c0"], techs=ON), "q": Project(["s", "d0"], techs=ON)}


def test_a_pilot_by_its_title_counts_and_a_study_of_one_does_not(tmp_path: Path) -> None:
    for name, breaks in (
        ("The pilot plant of Uppsala", None),
        ("Provanläggning för natriumjon", None),
        ("Testbädd Nord", None),
        ("A pilot study of cells", "pilot"),
        ("Autopilot", "pilot"),
        ("Cells", "pilot"),
    ):
        one = {"alone": Project(["c0"], "2019", techs=ON, name=name)}
        columns = map_of(tmp_path / name, CHAIN, MADE | one, partner("bed", "s", "d0"))
        answer = chains(collaboration(columns, scope_of(columns, technology=ON)))
        assert {row.region: row.breaks for row in answer.rows}["place/se-ab"] == breaks, name


def test_titles_alone_make_no_stage_known(tmp_path: Path) -> None:
    actors = {key: actor for key, actor in CHAIN.items() if key != "bed"} | {"e": Actor("Company", "place/se-m", ON)}
    titled = {"t": Project(["s", "d0"], techs=ON, name="Demonstration of cells")}
    columns = map_of(tmp_path, actors, MADE | titled)
    answer = chains(collaboration(columns, scope_of(columns, technology=ON)))
    assert [row.breaks for row in answer.rows] == [None, None]


def test_who_is_closed_is_not_active_and_few_have_no_numbers(tmp_path: Path) -> None:
    actors = {f"c{number}": Actor("Company", "place/se-ab", ON) for number in range(6)}
    actors |= {f"d{number}": Actor("Company", "place/se-m", ON) for number in range(6)}
    money = [grant("g", "c0", "1000"), grant("h", "c1", "10"), *(grant(f"i{n}", f"d{n}", None) for n in range(6))]
    funders = {"funder": Actor("FundingAgency", "BE")}
    columns = map_of(tmp_path, actors | funders, {"p": Project(["d0", "d1"], "2026")}, [*money, ended("c0", "2025")])
    answer = deserts(collaboration(columns, scope_of(columns, technology=ON, region=["place/se-ab"])))
    (row,) = answer.rows
    assert (row.actors, row.status) == (5, "too-few-actors")
    assert (row.money, row.per_actor, row.threshold) == (None, None, None)
    # the amounts are those of the region: the grant of c1, and four others of whom nobody says any
    said = next(note for note in answer.notes if note.code == "deserts-coverage")
    assert said.values == {"known": 1, "places": 1}
    later = deserts(collaboration(columns, scope_of(columns, technology=ON, region=["place/se-ab"], as_of=2024)))
    assert later.rows[0].actors == 6


def test_a_university_and_its_groups_are_one_organisation(tmp_path: Path) -> None:
    school = {"school": Actor("HigherEducationInstitution", "place/se-ab", ON)}
    units = {f"u{number}": Actor("ResearchGroup", "place/se-ab", ON) for number in range(4)}
    others = {f"s{number}": Actor("ResearchGroup", "place/se-m", ON) for number in range(5)}
    companies = {f"c{number}": Actor("Company", "place/se-m", ON) for number in range(5)}
    among = {f"p{n}": Project([f"u{n % 4}", f"u{(n + 1) % 4}"], techs=ON) for n in range(20)}
    met = {f"q{n}": Project([f"s{n % 5}", f"c{n // 4}"], techs=ON) for n in range(20)}
    columns = map_of(tmp_path, OTHERS | school | units | others | companies, among | met, groups("school", *units))
    net = collaboration(columns, scope_of(columns, technology=ON, half_life=0))
    (row,) = [row for row in orphans(net).rows if row.region == "place/se-ab"]
    assert (row.researchers, row.status) == (1, "too-few-actors")
    asked = {a for a, _ in pairs(columns, venture_day(net), "company-for-research")}
    assert len(asked & {"school", *units}) == 1  # not the university and its groups with the same research
    said = next(note for note in venture_day(net).notes if note.code == "venture-list-company-for-research")
    assert said.values["candidates"] == 1


def near(columns: Columns) -> tuple[str | None, str | None]:
    rows = orphans(collaboration(columns, scope_of(columns, technology=ON, half_life=0))).rows
    row = next(row for row in rows if row.region == "place/se-ab")
    topic, map_ = (None if node is None else columns.key_of[node] for node in (row.near_in_topic, row.near_on_map))
    return topic, map_


def test_one_project_makes_no_nearest_company_and_abroad_must_be_alike_in_words(tmp_path: Path) -> None:
    research = {f"r{number}": Actor("ResearchGroup", "place/se-ab", ON) for number in range(5)}
    others = {f"s{number}": Actor("ResearchGroup", "place/se-m", ON) for number in range(5)}
    firms = {
        "met": Actor("Company", "place/se-m", ON),
        "cosmetics": Actor("Company", "SI"),
        "grid": Actor("Company", "GR"),
    }
    projects = {
        f"p{n}": Project([f"r{n % 5}", f"r{(n + 1) % 5}"], techs=ON, name=f"Sodium cathode {n}") for n in range(20)
    }
    projects |= {f"q{n}": Project([f"s{n % 5}", "met"], techs=ON) for n in range(20)}
    projects |= {"one": Project(["cosmetics", "s0"], techs=ON)}
    projects |= {f"two{n}": Project(["grid", "s0"], techs=["charging"], name=f"Islands {n}") for n in range(2)}
    columns = map_of(tmp_path / "none", research | others | firms, projects)
    assert near(columns)[0] == "met"  # at home
    away: Mapping[str, Actor] = research | others | {**firms, "met": Actor("Company", "NO", ON)}
    columns = map_of(tmp_path / "away", away, projects)
    assert near(columns)[0] not in ("cosmetics", "grid")


def test_the_candidate_is_of_the_region_and_one_technology_is_too_little(tmp_path: Path) -> None:
    actors = {
        "lab": Actor("ResearchGroup", "place/se-ab", ON),
        "far-lab": Actor("ResearchGroup", "GR", ON),
        "far": Actor("Company", "GR", ON),
        "near": Actor("Company", "place/se-ab", ON),
        "both": Actor("Company", "place/se-m", [*ON, "charging"]),
    }
    columns = map_of(tmp_path, actors | OTHERS, {"alone": Project(["lab"], techs=ON)})
    answer = day(columns, region=["SE110"])
    # the Greek laboratory is no candidate here, the Greek company no counterpart: the two share one technology alone
    assert pairs(columns, answer, "company-for-research") == {("lab", "near"), ("lab", "both")}
    notes = {note.code: note.values for note in answer.notes}
    assert notes["venture-list-company-for-research"] == {"candidates": 1, "pairs": 2}
    assert notes["venture-thin"] == {"pairs": 1}
    greek = day(columns, region=["GR"])
    assert pairs(columns, greek, "company-for-research") == {("far-lab", "far")}


def ten(code: str, at: str, techs: Iterable[str]) -> dict[str, Actor]:
    return {f"{code}{number}": Actor("Company", at, list(techs)) for number in range(10)}


def test_counties_are_compared_with_counties(tmp_path: Path) -> None:
    countries = ("AT", "BE", "CZ", "DE", "DK", "ES", "FI", "FR", "GR", "IT")
    actors = {"funder": Actor("FundingAgency", "BE"), **ten("ab", "place/se-ab", ON), **ten("m", "place/se-m", [])}
    money = [grant(f"ab{number}", f"ab{number}", "1") for number in range(10)]
    for code in countries:
        actors |= ten(code.lower(), code, ON)
        money += [grant(f"{code}{number}", f"{code.lower()}{number}", "1000") for number in range(10)]
    columns = map_of(tmp_path, actors, {}, money)
    rows = {row.region: row for row in deserts(collaboration(columns, scope_of(columns, technology=ON))).rows}
    assert (rows["place/se-ab"].status, rows["place/se-ab"].why.code) == ("cannot-say", "deserts-alone")
    assert rows["AT"].status == "as-expected"
    net = collaboration(columns)
    held = areas(net)
    found = related(net, held, held.all_columns)
    column = int(np.flatnonzero(net.techs[held.all_columns] == columns.node_of["tech/batteries"])[0])
    # among counties only Stockholm has any, all ten that are expected; the hundred of the countries do not count
    assert found.expected[held.regions.index("place/se-ab"), column] == 10


def test_no_number_stands_before_a_noun_that_would_need_a_singular() -> None:
    own = ("venture-", "deserts-", "chains-", "orphans-", "whitespace-", "areas-")
    counted = r"\{(actors|pairs|candidates|small|companies|count|funders|told|broken|gap|desert|places|known)\} (?!of|av|euro)[a-zåäö]"
    for code, words in sentences().items():
        if code.startswith(own):
            assert not [said for said in words.values() if re.search(counted, said)], code
