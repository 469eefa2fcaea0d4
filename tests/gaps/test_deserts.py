"""Funding deserts: each sum counts once, deserts are found against other regions, and missing amounts are no desert."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from graph.columns import Columns
from graph.gaps.answer import Answer
from graph.gaps.collaboration import collaboration
from graph.gaps.deserts import deserts
from graph.gaps.money import slots
from graph.gaps.rows import Desert
from graph.gaps.scope import scope_of
from graph.node import Node
from tests.gaps.maps import Actor, Project, map_of
from tests.gaps.money_nodes import grant, invested, round_, share

COUNTRIES = ("AT", "BE", "CZ", "DE", "DK", "ES", "FI", "FR", "GR", "IT")  # 100, 200 ... 1,000 euro each
FUNDERS = {"funder": Actor("FundingAgency", "BE"), "second": Actor("FundingAgency", "BE")}


def ten(code: str, count: int = 10) -> dict[str, Actor]:
    return {f"{code.lower()}{number}": Actor("Company", code, ["batteries"]) for number in range(count)}


def grants(code: str, amount: str | None, count: int = 10, funder: str | None = None) -> list[Node]:
    """One grant for each, the last from the second funder unless one is named."""
    return [
        grant(f"{code}{number}", f"{code.lower()}{number}", amount, funder=funder or ("second" if number else "funder"))
        for number in range(count)
    ]


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Columns:
    actors = {**FUNDERS, **ten("PL"), **ten("PT"), **ten("RO"), **ten("NL", 9)}
    money = [*grants("PL", "10"), *grants("PT", None), *grants("RO", "600", funder="funder"), *grants("NL", "1", 9)]
    for number, code in enumerate(COUNTRIES):
        actors |= ten(code)
        money += grants(code, str(100 * (number + 1)))
    return map_of(tmp_path_factory.mktemp("deserts"), actors, {}, money)


def found(columns: Columns, **filters: object) -> Answer[Desert]:
    return deserts(collaboration(columns, scope_of(columns, technology=["batteries"], **filters)), limit=100)  # type: ignore[arg-type]


def test_deserts_lie_below_the_lowest_tenth_of_the_other_regions(planted: Columns) -> None:
    rows = {row.region: row for row in found(planted).rows}
    assert {region for region, row in rows.items() if row.status == "desert"} == {"PL", "AT", "RO"}
    poland = rows["PL"]
    # The other eleven with known sums: 100, 200 ... 600, 600 ... 1,000; the lowest tenth ends at the second one.
    assert (poland.actors, poland.money, poland.per_actor, poland.funders) == (10, 100, 10, 2)
    assert poland.threshold == pytest.approx(200)
    assert poland.coverage == 1
    assert rows["AT"].threshold == pytest.approx(200)  # 10, 200, 300 ...: the second again
    assert rows["BE"].status == "as-expected"
    assert poland.why.code == "deserts-dry"
    assert poland.proofs


def test_one_funder_is_a_desert_only_where_others_have_more(planted: Columns) -> None:
    row = next(row for row in found(planted).rows if row.region == "RO")
    assert (row.status, row.why.code, row.funders) == ("desert", "deserts-one-funder", 1)


def test_missing_amounts_and_few_actors_are_no_desert(planted: Columns) -> None:
    rows = {row.region: row for row in found(planted).rows}
    assert (rows["PT"].status, rows["PT"].money, rows["PT"].coverage) == ("cannot-say", None, 0)
    assert (rows["NL"].status, rows["NL"].actors) == ("too-few-actors", 9)
    assert all(proof.evidence for row in rows.values() for proof in row.proofs)


def test_a_scope_shows_less_but_compares_with_all(planted: Columns) -> None:
    (row,) = found(planted, region=["PL"]).rows
    assert row.status == "desert"
    assert row.threshold == pytest.approx(200)


def test_years_leave_out_money_of_other_years(planted: Columns) -> None:
    answer = found(planted, year_from=2019)
    assert {row.status for row in answer.rows} == {"cannot-say", "too-few-actors"}
    assert "deserts-no-money" in [note.code for note in answer.notes]


def test_each_sum_counts_once(tmp_path: Path) -> None:
    actors = {**FUNDERS, "c": Actor("Company", "SE", ["batteries"]), "vc": Actor("InvestmentOrganization", "SE")}
    money = [
        share("part", "c", "p", "70"),  # the same project twice: the larger sum, which is both grants together
        grant("one", "c", "60", effort="p"),
        grant("two", "c", "40", effort="p"),
        round_("known", "c", "500"),  # holds the investment in it
        invested("inside", "vc", "known", None, "200"),
        round_("unknown", "c", None),  # holds nothing: what the investor says counts
        invested("beside", "vc", "unknown", None, "30"),
        grant("old", "c", "1000", currency="SEK", year=1999),  # no rate
        grant("crowns", "c", "10266.90", currency="NOK", year=2018),  # 9.5975 for a euro
    ]
    columns = map_of(tmp_path, actors, {"p": Project(["vc"], techs=["batteries"])}, money)
    held = slots(collaboration(columns)).filter(pl.col("actor") == columns.node_of["c"])
    sums = held.filter(pl.col("eur").is_not_null())["eur"].round(2).sort().to_list()
    assert sums == [30, 100, 500, 1069.75]
    assert held["eur"].null_count() == 2  # the round without an amount, and the crowns of 1999


def test_without_any_amount_the_answer_says_so(tmp_path: Path) -> None:
    columns = map_of(tmp_path, ten("SE"), {})
    answer = found(columns)
    assert [row.status for row in answer.rows] == ["cannot-say"]
    assert [note.code for note in answer.notes][:2] == ["absence", "deserts-no-money"]


def test_the_demo_calls_nothing_a_desert_for_want_of_amounts(demo_columns: Columns) -> None:
    answer = deserts(collaboration(demo_columns), limit=1000)
    assert answer.rows
    assert answer.rows == deserts(collaboration(demo_columns), limit=1000).rows
    assert {row.status for row in answer.rows if row.coverage < 0.5} <= {"cannot-say", "too-few-actors"}
    assert all(row.proofs for row in answer.rows)
