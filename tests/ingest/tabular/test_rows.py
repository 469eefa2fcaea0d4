"""A wrong cell is told with file, line, column, value, what is wrong and what to do; the others stay."""

from __future__ import annotations

from decimal import Decimal

import pytest

from graph.node import Iri, Money, Text
from tests.ingest.tabular.tables import Own

CELLS = [
    ("orgNumber", "556016-0681", "check digit", "NNNNNN-NNNN"),
    ("orgNumber", "12345", "not a Swedish organisation number", "ten digits"),
    ("vatNumber", "556016068001", "no VAT number", "two letters"),
    ("vatNumber", "SE556016068101", "check digit", "ten digits"),
    ("vatNumber", "SE55601606", "no Swedish VAT number", "the organisation number and 01"),
    ("ror", "026vcq605", "check digits", "nine characters"),
    ("lei", "5493000IBP32UQZ0KL25", "no LEI", "twenty characters"),
    ("cordisPic", "12", "no PIC", "nine digits"),
    ("wikidata", "42", "not a Wikidata id", "Q and digits"),
    ("homepage", "www.example.org", "not a web address", "whole address"),
    ("founded", "maj 2016", "is not a date", "YYYY"),
    ("employees", "många", "not a whole number", "digits only"),
    ("acronym", "a" * 21, "no acronym", "altName"),
    ("technology", "Vindkrafft", "is not among the scheme tech", "did you mean 'vindkraft'"),
    ("technology", "sol;vind", "is not among the scheme tech", 'set separator = ";"'),
    ("companyStage", "gammal", "is not among the scheme stage", "reference/ontology.md"),
    ("country", "Atlantis", "is not among the countries", "values"),
    ("source", "styrelsemötet", "not a web address", "whole address"),
    ("unitOf", "Ingen AB", "is called 'Ingen AB'", "add a row"),
]


@pytest.mark.parametrize(("name", "value", "message", "advice"), CELLS)
def test_a_wrong_cell(own: Own, name: str, value: str, message: str, advice: str) -> None:
    own.map(columns=f'"Det" = "{name}"', settings='delimiter = "\\t"')
    own.write("Namn\tDet", "Rätt AB\t", f"Fel AB\t{value}")
    problem = own.one()
    assert (problem.file, problem.line, problem.column, problem.value) == ("members.csv", 3, "Det", value)
    assert message in problem.message
    assert advice in problem.advice
    assert own.check().kinds == {"Company": 1}


def test_what_is_written_in_other_ways_is_settled(own: Own) -> None:
    columns = "\n".join(
        f'"{name}" = "{name}"'
        for name in ("orgNumber", "vatNumber", "ror", "wikidata", "country", "companyStage", "homepage", "employees")
    )
    own.map(columns=columns)
    own.write(
        "Namn;orgNumber;vatNumber;ror;wikidata;country;companyStage;homepage;employees",
        " \u00a0Påhittade   Bolaget AB ;16556016-0680;se 556016-0680 01;https://ror.org/026vcq606;"
        "https://www.wikidata.org/wiki/Q854280;sverige;START-UP;https://example.org/x;1 200",
    )
    node = own.nodes()["prov:org/pahittade-bolaget-ab"]
    said = {name: values[0] for name, values in node.values.items()}
    assert said["name"] == Text("Påhittade Bolaget AB", "sv")
    assert (said["orgNumber"], said["vatNumber"]) == ("556016-0680", "SE556016068001")
    assert (said["ror"], said["wikidata"], said["employees"]) == ("026vcq606", "Q854280", 1200)
    assert said["homepage"] == Iri("https://example.org/x")
    assert "place/se" in own.nodes()


def test_the_kind_start_up_is_a_company_in_that_stage(own: Own) -> None:
    own.map(table='[[table]]\nfile = "members.csv"\nrows = "organisation"\ndocument = "https://example.org/"\n'
            '[table.columns]\n"Namn" = "name"\n"Typ" = "kind"\n')  # fmt: skip
    own.write("Namn;Typ", "Ny AB;startup", "Liten AB;SME", "Forskarna;universitet eller högskola", "Vem;Person")
    checked = own.check()
    assert [(p.line, p.message) for p in checked.problems] == [
        (3, "the kind 'SME' is derived, no source gives it"),
        (5, "'Person' is not among the kinds of the ontology"),
    ]
    nodes = own.nodes()
    assert str(nodes["prov:org/ny-ab"].values["companyStage"][0]).count("start-up")
    assert nodes["prov:org/forskarna"].kind == "HigherEducationInstitution"


def test_an_unknown_town_is_a_warning_and_one_without_country_a_fault(own: Own) -> None:
    own.map(columns='"Ort" = "town"\n"Land" = "country"')
    own.write("Namn;Ort;Land", "Ett AB;Ingenstans;SE", "Två AB;Kista;")
    checked = own.check()
    assert checked.warnings == ["no town 'Ingenstans' in SE is known to GeoNames; only the country is kept"]
    assert [(p.line, p.column, p.message) for p in checked.problems] == [(3, "Ort", "the town has no country")]


def test_dates_in_the_wrong_order_and_empty_names(own: Own) -> None:
    own.map(columns='"Från" = "founded"\n"Till" = "dissolved"')
    own.write("Namn;Från;Till", "Ett AB;2016;2015-12", ";2016;", "A;;")
    assert [(p.line, p.column) for p in own.check().problems] == [(2, "Till"), (3, "Namn"), (4, "Namn")]


MONEY = """
[[table]]
file = "money.csv"
rows = "funding"
document = "https://example.org/money"
{}
[table.columns]
"Från" = "funder"
"Till" = "recipient"
"Summa" = "amount"
"Form" = "instrument"
"Dag" = "start"
"""


def _funded(own: Own, settings: str, *rows: str) -> None:
    own.map(more=MONEY.format(settings))
    own.write("Namn", "Ett AB", "Två AB")
    own.write("Från;Till;Summa;Form;Dag", *rows, file="money.csv")


def test_sums_need_a_currency_and_one_decimal_mark(own: Own) -> None:
    _funded(own, "", "Ett AB;Två AB;5;;")
    assert (own.one().message, own.one().column) == ("the sum has no currency", "Summa")
    _funded(own, 'currency = "SEK"', "Ett AB;Två AB;5,5;;", "Ett AB;Två AB;5.25;;")
    assert "write one decimal mark" in own.one().advice
    _funded(own, 'currency = "SEK"', "Ett AB;Två AB;1,250;;")
    assert 'set decimal = ","' in own.one().advice
    _funded(own, 'currency = "SEK"\ndecimal = ","', "Ett AB;Två AB;1,250;bidrag;2020")
    (grant,) = [node for node in own.nodes().values() if node.kind == "Grant"]
    assert grant.values["amount"] == [Money(Decimal("1.250"), "SEK", 2020)]


def test_equity_is_an_investment_in_a_round(own: Own) -> None:
    _funded(own, 'currency = "SEK"', "Ett AB;Två AB;7 500 000;ägarkapital;2020-05")
    nodes = own.nodes()
    (investment,) = [node for node in nodes.values() if node.kind == "Investment"]
    assert investment.values["amount"] == [Money(Decimal(7_500_000), "SEK", 2020)]
    assert [node.kind for node in nodes.values()].count("InvestmentRound") == 1


def test_money_to_nobody_and_to_oneself(own: Own) -> None:
    _funded(own, 'currency = "SEK"', "Ett AB;;5;;", "Ett AB;Ett AB;5;;")
    assert {(p.line, p.message) for p in own.check().problems} == {
        (2, "neither recipient nor effort is given"),
        (3, "funder and recipient are the same"),
    }


OTHERS = """
[[table]]
file = "links.csv"
rows = "{}"
document = "https://example.org/links"
[table.columns]
"A" = "{}"
"B" = "{}"
{}
"""


@pytest.mark.parametrize(
    ("rows", "one", "other", "more", "row", "kind"),
    [
        ("ownership", "owner", "owned", '"C" = "share"', "Ett AB;Två AB;35 %", "Ownership"),
        ("support", "supporter", "supported", '"C" = "role"', "Ett AB;Två AB;rådgivning", "Support"),
        ("partnership", "customer", "supplier", '"C" = "start"', "Ett AB;Två AB;2020", "Partnership"),
        ("participation", "participant", "effort", '"C" = "role"', "Ett AB;Två AB;initiator", "Participation"),
        ("membership", "participant", "effort", '"C" = "start"', "Ett AB;Två AB;2020", "Membership"),
        ("technology", "actor", "technology", '"C" = "note"', "Ett AB;batterier;", "TechnologyActivity"),
    ],
)
def test_every_sort_of_row(own: Own, rows: str, one: str, other: str, more: str, row: str, kind: str) -> None:
    own.map(more=OTHERS.format(rows, one, other, more))
    own.write("Namn", "Ett AB", "Två AB")
    own.write("A;B;C", row, file="links.csv")
    (node,) = [node for node in own.nodes().values() if node.kind == kind]
    assert node.evidence[0].record == "links.csv:2"


def test_a_partnership_needs_two(own: Own) -> None:
    own.map(more=OTHERS.format("partnership", "party", "party", ""))
    own.write("Namn", "Ett AB", "Två AB")
    own.write("A;B", "Ett AB;Ett AB", file="links.csv")
    assert own.one().message == "a partnership needs two parties"
