"""Data of persons stay outside: columns until they are ignored, cells always, and what they hold is not repeated."""

from __future__ import annotations

import json

import pytest

from ingest.lastrun import NODES, REJECTS
from ingest.sources.tabular.personal import personal_cell, personal_header
from tests.ingest.tabular.tables import Own


@pytest.mark.parametrize(
    "header",
    ["E-post", "Epost", "E-mail", "email address", "Mejl", "Telefon", "Tel.", "Mobil", "Phone", "Kontaktperson", "Contact",
     "contact_name", "Personnummer", "Förnamn", "Efternamn", "First name", "Surname", "Födelsedatum", "VD", "Ordförande"],
)  # fmt: skip
def test_a_column_of_persons_stops_the_run_until_it_is_ignored(own: Own, header: str) -> None:
    own.write(f"Namn;{header}", "Ett AB;Bo Påhittad")
    problem = own.one()
    assert (problem.line, problem.column) == (1, header)
    assert problem.advice == f'say ignore = ["{header}"] for the table, and it is left out'
    own.map(settings=f'ignore = ["{header}"]')
    assert not own.check().problems
    assert not own.check().warnings
    own.map(columns=f'"{header}" = "altName"')
    assert "do not map it" in own.one().advice


@pytest.mark.parametrize(
    "header", ["Mobilitet", "Teknik", "Namn", "Fuel cell", "Ort", "Webbplats", "Telefoni AB:s andel"]
)
def test_other_columns_do_not(header: str) -> None:
    assert personal_header(header) is (header.startswith("Telefoni"))


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        ("bo.pahittad@example.org", "an e-mail address"),
        ("mejla info@example.org nu", "an e-mail address"),
        ("+46 70 123 45 67", "a telephone number"),
        ("+46 (0)8-123 456 78", "a telephone number"),
        ("070-123 45 67", "a telephone number"),
        ("19811218-9876", "a personal number"),
        ("811218-9876", "a personal number"),
        ("8112189876", "a personal number"),
        ("811278-9873", "a personal number"),
    ],
)
def test_a_cell_of_persons_is_rejected_and_never_repeated(own: Own, cell: str, what: str) -> None:
    assert personal_cell(cell) == what
    own.write("Namn;Annat", f"Ett AB;{cell}")
    assert what in own.one().message
    own.map(columns='"Annat" = "description"')
    own.write("Namn;Annat", f"Ett AB;{cell}", "Två AB;ja")
    assert (own.one().value, own.one().line) == (None, 2)
    own.nodes()
    for file in (NODES, REJECTS):
        assert cell not in (own.data.path / "nodes" / "prov" / file).read_text("utf-8")
    assert cell not in json.dumps([str(problem) for problem in own.check().problems])


@pytest.mark.parametrize(
    "cell", ["556016-0680", "12 500 000", "2016-05-31", "https://example.org/@us", "5560160680", "K-12"]
)
def test_other_cells_are_not(cell: str) -> None:
    assert personal_cell(cell) is None


@pytest.mark.parametrize("number", ["811218-9876", "19811218-9876", "8112189876"])
def test_the_number_of_a_sole_trader_is_refused(own: Own, number: str) -> None:
    own.map(columns='"Org.nr" = "orgNumber"')
    own.write("Namn;Org.nr", f"Firma Påhittad;{number}")
    problem = own.one()
    assert problem.message == "it may be the personal number of a sole trader"
    assert number not in str(problem)
    assert problem.value is None


def test_a_person_in_a_cell_of_another_form_is_not_repeated(own: Own) -> None:
    own.map(columns='"Grundat" = "founded"')
    own.write("Namn;Grundat", "Ett AB;fråga bo@example.org")
    assert "bo@" not in str(own.one())
    assert own.one().value is None
