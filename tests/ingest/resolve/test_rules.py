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
        (org("a:1", "Solkraft AB", town="lund"), org("b:1", "Solkraft", town="lund"), False),
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
