"""Natural persons and their contact data among the organisations: nothing of them is kept or told."""

from __future__ import annotations

import pytest

from tests.ingest.cordis.sample import Sample, said

COMPANY = "cordis:org/999900011"


def kept(sample: Sample) -> str:
    """All that the run wrote but the raw store."""
    texts = (file for file in (sample.data.path / "nodes").rglob("*") if file.is_file())
    return "\n".join(file.read_text("utf-8") for file in texts)


@pytest.mark.parametrize(
    "number",
    [
        "SE811218987601",
        "811218-9876",
        "SE198112189876",
        "ES12345678Z",
        "ESX1234567L",
        "ITRSSMRA85T10A562S",
        "rssmra85t10a562s",
    ],
)
def test_an_organisation_with_the_number_of_a_person_is_withheld(sample: Sample, number: str) -> None:
    file = sample.current / "organization.csv"
    file.write_text(file.read_text("utf-8").replace("SE556000000101", number), "utf-8")
    report = sample.ingest(sample.current)
    nodes = sample.nodes()
    assert "1 organisations that may be natural persons: left out, with their 2 participations" in report.warnings
    assert COMPANY not in nodes
    assert len([key for key in nodes if ":participation/" in key]) == 6
    for word in ("PÅHITTADE", "SOLBOLAGET", number):
        assert word not in kept(sample)
        assert not [warning for warning in report.warnings if word in warning]


@pytest.mark.parametrize("number", ["SE202100305401", "SE556000000101", "ESB12345678", "IT12345678901", "PL8112189876"])
def test_an_organisation_with_the_number_of_one_stays(sample: Sample, number: str) -> None:
    file = sample.current / "organization.csv"
    file.write_text(file.read_text("utf-8").replace("SE556000000101", number), "utf-8")
    sample.ingest(sample.current)
    assert COMPANY in sample.nodes()


@pytest.mark.parametrize("contact", ["anna.testsson@solbolaget.example", "0701234567", "+46 70 123 45 67"])
def test_contact_data_is_no_name(sample: Sample, contact: str) -> None:
    file = sample.current / "organization.csv"
    sample.change(file, '"INVENTED INSTITUTE LIMITED";""', f'"{contact}";"{contact}"')
    sample.change(file, '"SUNBARN";"999900022";"EL123456789";"EPINOIMENO PANEPISTIMIO";"EPU"', _short(contact))
    report = sample.ingest(sample.current)
    nodes = sample.nodes()
    assert said(nodes["cordis:org/999900033"], "name")[0] == "Organisation whose name is not known (PIC 999900033)"
    assert said(nodes["cordis:org/999900022"], "name") == ["EPINOIMENO PANEPISTIMIO"]
    assert contact not in kept(sample)
    told = "of organisations are an e-mail address or a telephone number; they were dropped"
    assert f"1 names {told} (organization.csv:4)" in report.warnings
    assert f"2 short names {told} (organization.csv:3, organization.csv:4)" in report.warnings


def _short(contact: str) -> str:
    return f'"SUNBARN";"999900022";"EL123456789";"EPINOIMENO PANEPISTIMIO";"{contact}"'


def test_an_e_mail_address_is_no_home_page(sample: Sample) -> None:
    sample.change(sample.current / "organization.csv", '"not a page"', '"mailto:anna.testsson@solbolaget.example"')
    report = sample.ingest(sample.current)
    assert "1 home pages are no web addresses; they were dropped (organization.csv:3)" in report.warnings
    assert "testsson" not in kept(sample)


def test_a_town_of_a_hundred_thousand_letters_is_passed_over(sample: Sample) -> None:
    sample.change(sample.current / "organization.csv", '"London EC1"', f'"{"B" * 100_000}"')
    report = sample.ingest(sample.current)
    assert (
        "1 towns have names of more than 200 letters; only the country is kept (organization.csv:4)" in report.warnings
    )
    assert said(sample.nodes()["cordis:site/999900033"], "place") == ["place/gb"]
