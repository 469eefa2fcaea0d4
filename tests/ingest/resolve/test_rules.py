"""Which records are one thing, and which are not."""

from __future__ import annotations

import pytest

from graph.node import Node, Ref, Text
from ingest.resolve.codes import codes_of
from ingest.resolve.names import Name, named
from tests.ingest.resolve.made import PROOF, decided, joined, org, two

KTH = "202100-3054"
VAT = "DE811193231"


@pytest.mark.parametrize(
    ("text", "core", "form"),
    [
        ("KTH, Kungliga tekniska högskolan", "kungliga tekniska hogskolan", ""),
        ("KUNGLIGA TEKNISKA HOEGSKOLAN", "kungliga tekniska hogskolan", ""),
        ("Exempelverken Aktiebolag (publ)", "exempelverken", "ab"),
        ("Exempel (Sweden)", "exempel", ""),
        ("Exempel S.p.A.", "exempel", "spa"),
        ("Exempel A/S", "exempel", "as"),
        ("AB Exempel", "exempel", "ab"),
        ("Svensk exempelhantering AB, SEH", "svensk exempelhantering", "ab"),
        ("UNIVERSITET - LYON", "universitet lyon", ""),
        ("Exempel CV Aktiebolag", "exempel cv", "ab"),
        ("Fondazione Esempio di Torino", "esempio di torino", "fondazione"),
        ("Пример", "primer", ""),
    ],
)
def test_names_are_compared_without_accents_case_and_form(text: str, core: str, form: str) -> None:
    assert named(text) == Name(core, form)


@pytest.mark.parametrize(
    ("name", "value", "codes"),
    [
        ("vatNumber", "SE202100305401", {("vatNumber", "SE202100305401"), ("orgNumber", KTH)}),
        ("vatNumber", "EL 099785242", {("vatNumber", "EL099785242")}),
        ("vatNumber", "MISSING", set()),
        ("vatNumber", "SE202100305501", set()),
        ("orgNumber", "202100-3055", set()),
        ("lei", "5493008QOCP58OLEN998", {("lei", "5493008QOCP58OLEN998")}),
        ("ror", "026vcq607", set()),
        ("cordisPic", "99999094", set()),
    ],
)
def test_an_identifier_counts_when_its_check_digits_hold(name: str, value: str, codes: set[tuple[str, str]]) -> None:
    assert set(codes_of(name, value)) == codes


def test_a_vat_number_meets_the_organisation_number() -> None:
    found = two(org("a:1", "Kungl. skolan", vatNumber="SE202100305401"), org("b:1", "The school", orgNumber=KTH))
    assert joined(found, "a:1", "b:1")


def test_equal_numbers_do_not_join_when_a_stronger_one_differs() -> None:
    one = org("a:1", "Example Works", vatNumber=VAT, ror="026vcq606")
    found = two(one, org("b:1", "Example Works", vatNumber=VAT, ror="05f0yaq80"))
    assert not joined(found, "a:1", "b:1")
    (conflict,) = found.conflicts
    assert "ror differ" in conflict.reason
    assert found.identities.candidates["reasons"].to_list()[0][-1].startswith("conflict: ")


def test_the_number_of_a_group_joins_only_what_has_like_names() -> None:
    group = [
        *org("a:1", "Exempel Energi AB", vatNumber=VAT),
        *org("a:2", "Exempel Energi", vatNumber=VAT),
        *org("a:3", "Helt Annat AB", vatNumber=VAT),
    ]
    found = two(group, [])
    assert joined(found, "a:1", "a:2")
    assert not joined(found, "a:1", "a:3")
    assert {(c.a, c.b) for c in found.conflicts} == {("a:1", "a:3"), ("a:2", "a:3")}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (org("a:1", "Solkraft Norr AB", town="lund"), org("b:1", "SOLKRAFT NORR Aktiebolag", town="lund"), True),
        (org("a:1", "Solkraft Norr AB", town="lund"), org("b:1", "Solkraft Norr", town="lund"), True),
        (org("a:1", "Solkraft AB", town="lund"), org("b:1", "Solkraft", town="lund"), True),
        (org("a:1", "Solkraft AB", town="lund"), org("b:1", "Solkraft"), True),
        (org("a:1", "Sol AB", town="lund"), org("b:1", "Sol"), False),
        (org("a:1", "Sol AB", town="lund"), org("b:1", "AB Sol"), True),
        ([*org("a:1", "Solkraft AB"), *org("a:2", "Solkraft Norr AB")], org("b:1", "Solkraft"), False),
        (
            [*org("a:1", "Solverket", kind="PublicBody"), *org("a:2", "Solverket Norr")],
            org("b:1", "Solverket", kind="PublicBody"),
            True,
        ),
        (
            [*org("a:1", "Solkraft AB", town="lund"), *org("a:2", "Solkraft HB", town="kiruna")],
            org("b:1", "Solkraft", town="lund"),
            False,
        ),
        (org("a:1", "Solkraft Norr AB", town="lund"), org("b:1", "Solkraft Norr HB", town="lund"), False),
        (org("a:1", "Solkraft Norr AB", town="lund"), org("b:1", "Solkraft Norr AB", town="kiruna"), False),
        (
            org("a:1", "Solkraft Norr AB", town="lund", web="https://www.solkraft.example/"),
            org("b:1", "Solkraft Norr AB", town="kiruna", web="http://solkraft.example"),
            True,
        ),
        (org("a:1", "Solkraft Norr AB", town="lund"), org("b:1", "Solkraft Norr AB"), True),
        (org("a:1", "Sun Power", "Solkraft Norr", town="lund"), org("b:1", "Solkraft Norr", town="lund"), True),
        (org("a:1", "Stichting Solkraft Norr", town="lund"), org("b:1", "Solkraft Norr", town="lund"), False),
        (
            org("a:1", "Stiftelsen Solkraft Norr", town="lund", acronym="SN"),
            org("b:1", "Solkraft Norr", town="lund", acronym="SN"),
            True,
        ),
        (org("a:1", "Institutet för Solkraft ISK", acronym="ISK"), org("b:1", "Institutet för solkraft"), True),
    ],
)
def test_an_equal_name_needs_the_same_form_and_place(one: list[Node], other: list[Node], same: bool) -> None:
    assert joined(two(one, other), "a:1", "b:1") is same


def test_a_name_that_a_source_has_twice_in_the_country_needs_a_place() -> None:
    twice = [*org("a:1", "Solkraft Norr AB", town="lund"), *org("a:2", "Solkraft Norr AB", town="kiruna")]
    found = two(twice, org("b:1", "Solkraft Norr AB"))
    assert not joined(found, "a:1", "b:1")
    assert not joined(found, "a:2", "b:1")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Cluster", "ClusterOrganization", False),
        ("ResearchGroup", "HigherEducationInstitution", False),
        ("Project", "Company", False),
        ("GovernmentAgency", "FundingAgency", True),
        ("Organization", "Company", True),
    ],
)
def test_kinds_that_exclude_each_other_are_never_one(one: str, other: str, same: bool) -> None:
    ones, others = (org(f"{at}:1", "Sol Norr", kind=kind, wikidata="Q1") for at, kind in (("a", one), ("b", other)))
    assert joined(two(ones, others), "a:1", "b:1") is same


def test_a_part_is_not_its_whole_though_they_share_a_number() -> None:
    part = org("b:1", "Exempel Norr", vatNumber=VAT)
    part[0].add("unitOf", Ref("a:1"))
    found = two(org("a:1", "Exempel Norr", vatNumber=VAT), part)
    assert not joined(found, "a:1", "b:1")
    assert not found.conflicts


def test_people_join_and_part() -> None:
    ones, others = org("a:1", "Sol", town="lund"), org("b:1", "Vind", town="kiruna")
    assert joined(two(ones, others, decisions=decided(("a:1", "b:1", "same"))), "a:1", "b:1")
    ones, others = org("a:2", "Sol i Norr AB", wikidata="Q1"), org("b:2", "Sol i Norr AB", wikidata="Q1")
    assert joined(two(ones, others), "a:2", "b:2")
    assert not joined(two(ones, others, decisions=decided(("a:2", "b:2", "different"))), "a:2", "b:2")


def test_the_weakest_link_falls_when_people_told_two_apart() -> None:
    ones = [*org("a:1", "Sol Norr AB", town="lund", wikidata="Q1"), *org("a:2", "Vind")]
    others = org("b:1", "Sol Norr AB", town="lund", wikidata="Q1")
    found = two(ones, others, decisions=decided(("a:2", "b:1", "same"), ("a:1", "a:2", "different")))
    assert joined(found, "a:2", "b:1")
    assert not joined(found, "a:1", "b:1")
    assert "people told them" in found.conflicts[0].reason


def test_projects_join_by_grant_number() -> None:
    nodes = [
        Node(key, "Project", [PROOF]).add("name", Text(name, "en")).add("grantNumber", "2019-00123")
        for key, name in (("a:p", "Sun for all"), ("b:p", "Sun for all"), ("b:q", "Wind by night"))
    ]
    found = two(nodes[:1], nodes[1:])
    assert joined(found, "a:p", "b:p")
    assert not joined(found, "a:p", "b:q")


def test_what_only_looks_alike_waits_for_people() -> None:
    ones = org("a:1", "Solkraft Norrbotten AB", town="lund")
    found = two(ones, org("b:1", "Solkraft Norrbottens AB", town="lund"))
    assert not joined(found, "a:1", "b:1")
    row = found.identities.candidates.row(0, named=True)
    assert {row["a_key"], row["b_key"]} == {"a:1", "b:1"}
    assert row["score"] > 0.8
    assert "same town" in row["reasons"]


PAGE = "https://solkraft.example/"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (
            org("a:1", "Solinstitutet", web=PAGE, acronym="SIN"),
            org("b:1", "Sun Institute", web=PAGE, acronym="SIN"),
            True,
        ),
        (org("a:1", "Sol Norr Institut", web=PAGE), org("b:1", "Sol Norr Institutet", web=PAGE), True),
        (org("a:1", "Sol Norr", web=PAGE), org("b:1", "Sol Norr Holding", web=PAGE), False),
        (org("a:1", "Solinstitutet", acronym="SIN"), org("b:1", "Sun Institute", acronym="SIN"), False),
        (
            [*org("a:1", "Solinstitutet", web=PAGE, acronym="SIN"), *org("a:2", "Vind", web=PAGE)],
            org("b:1", "Sun Institute", web=PAGE, acronym="SIN"),
            False,
        ),
    ],
)
def test_a_home_page_needs_an_acronym_or_nearly_the_name(one: list[Node], other: list[Node], same: bool) -> None:
    assert joined(two(one, other), "a:1", "b:1") is same


@pytest.mark.parametrize(
    ("kind", "town", "same", "waiting"),
    [
        ("HigherEducationInstitution", "lund", True, 0),
        ("HigherEducationInstitution", "kiruna", False, 0),
        ("ResearchInstitute", "lund", False, 1),
    ],
)
def test_an_acronym_and_a_town_are_enough_for_universities(kind: str, town: str, same: bool, waiting: int) -> None:
    ones = org("a:1", "Solens högskola", kind=kind, town="lund", acronym="SHS")
    others = org("b:1", "University of the Sun", kind=kind, town=town, acronym="SHS")
    found = two(ones, others)
    assert joined(found, "a:1", "b:1") is same
    assert found.identities.candidates.height == waiting


def test_the_queue_begins_with_what_is_likely_and_changes_much() -> None:
    ones = [*org("a:1", "Solkraft Norrbotten AB", town="lund"), *org("a:2", "Vindkraft Norr AB", town="lund")]
    others = [*org("b:1", "Solkraft Norrbottens AB", town="lund"), *org("b:2", "Vindkraften i norr", town="kiruna")]
    weights = two(ones, others).identities.candidates["weight"].to_list()
    assert weights == sorted(weights, reverse=True)
    assert weights[0] > 0.8
