"""What rows of Swecris become."""

from __future__ import annotations

import gzip
from decimal import Decimal
from pathlib import Path

import pytest

from graph.generation import DataFolder
from graph.node import Concept, Evidence, Money, PartialDate, Ref, Text
from ingest.card import read_card
from ingest.problem import BoundsError, InputError
from ingest.registry import FOLDER
from ingest.run import ingest
from ingest.sources.swecris.rows import COLUMNS
from tests.ingest.shapes import violations
from tests.ingest.swecris.samples import (
    AGENCY,
    COMPANY,
    FOUNDATION,
    PERSON,
    UNIVERSITY,
    nodes_of,
    number,
    repeated,
    row,
    table,
    write,
)

PAGE = "https://www.vr.se/english/swecris.html#/project/"


def org(code: str) -> str:
    return f"swecris:org/{code}"


def test_a_row_becomes_a_project_a_grant_and_its_parties(tmp_path: Path) -> None:
    nodes = nodes_of(tmp_path, table(row(), row("2031-00002_Vindfond")))
    project = nodes["swecris:project/2031-00001_Vindfond"]
    assert project.kind == "Project"
    assert project.evidence == [Evidence(f"{PAGE}2031-00001_Vindfond", "swecris.csv:2")]
    assert project.values == {
        "name": [Text("Vind över havet", "sv"), Text("Wind over the sea", "en")],
        "description": [Text("Syfte och mål: Att mäta vind. Upplägg och genomförande:", "sv")],
        "start": [PartialDate("2031-01-01")],
        "end": [PartialDate("2033-12-31")],
        "grantNumber": ["2031-00001"],
        "identifier": ["2031-00001_Vindfond"],
        "subject": ["2: Teknik, Engineering and Technology / 299: Vindlära, Wind Studies"],
    }
    grant = nodes["swecris:grant/2031-00001_Vindfond"]
    assert grant.values == {
        "funder": [Ref(org(AGENCY))],
        "fundedEffort": [Ref(project.key)],
        "recipient": [Ref(org(UNIVERSITY))],
        "amount": [Money(Decimal(1500000), "SEK", 2031)],
        "instrument": [Concept("instrument", "grant")],
        "start": [PartialDate("2031-01-01")],
        "end": [PartialDate("2033")],
        "grantNumber": ["2031-00001"],
        "note": ["Project grant"],
    }
    led = nodes["swecris:participation/2031-00001_Vindfond"]
    assert led.values["role"] == [Concept("role", "coordinator")]
    university = nodes[org(UNIVERSITY)]
    assert university.kind == "HigherEducationInstitution"
    assert university.values["orgNumber"] == [UNIVERSITY]
    assert university.values["name"] == [Text("Havsuniversitetet", "sv"), Text("University of the Sea", "en")]
    assert nodes[org(AGENCY)].kind == "GovernmentAgency"


def test_the_shapes_accept_it_all(tmp_path: Path) -> None:
    rows = [
        row(),
        repeated(fundingsSek="1400000.0"),
        row("99/31 X_Rymd", fundingsSek="", fundingYear="", fundingStartDate="", fundingEndDate=""),
        row("2031-00003_Vindfond", coordinatingOrganisationId=COMPANY, coordinatingOrganisationNameSv=""),
        row("2031-00004_Vindfond", coordinatingOrganisationId=PERSON, coordinatingOrganisationNameSv="Eva Vind"),
    ]
    nodes = nodes_of(tmp_path, table(*rows))
    assert violations(read_card(FOLDER / "swecris" / "source.toml"), list(nodes.values())) == set()


def test_a_row_of_another_funder_that_repeats_a_grant_is_counted_once_with_both_rows(tmp_path: Path) -> None:
    again = repeated(
        projectTitleSv="Vind – över havet!", projectTitleEn="", projectAbstractEn="Purpose and goal: To measure wind."
    )
    raw = table(again, row(), repeated("2031-00009_RJ"), repeated("P31-0001:1_RJ"))
    nodes = nodes_of(tmp_path, raw)
    grants = {key: node for key, node in nodes.items() if node.kind == "Grant"}
    assert set(grants) == {
        "swecris:grant/2031-00001_Vindfond",
        "swecris:grant/2031-00009_RJ",
        "swecris:grant/P31-0001:1_RJ",
    }
    kept = grants["swecris:grant/2031-00001_Vindfond"]
    assert kept.values["funder"] == [Ref(org(AGENCY))]
    assert kept.evidence == [
        Evidence(f"{PAGE}2031-00001_Vindfond", kept.evidence[0].record),
        Evidence(f"{PAGE}2031-00001_RJ", "swecris.csv:2"),
    ]
    project = nodes["swecris:project/2031-00001_Vindfond"]
    assert project.values["identifier"] == ["2031-00001_Vindfond", "2031-00001_RJ"]
    assert Text("Purpose and goal: To measure wind.", "en") in project.values["description"]
    report = ingest(DataFolder(tmp_path / "var"), "swecris", tmp_path / "swecris.csv", dry_run=True)
    assert any(warning.startswith("1 rows repeat a grant of another funder") for warning in report.warnings)
    assert any(
        warning.startswith("1 rows bear a number that is not one of their funder") for warning in report.warnings
    )
    assert not report.diff


def test_a_repeating_row_with_another_sum_leaves_a_note(tmp_path: Path) -> None:
    nodes = nodes_of(tmp_path, table(row(), repeated(fundingsSek="1400000.0")))
    grant = nodes["swecris:grant/2031-00001_Vindfond"]
    assert grant.values["amount"] == [Money(Decimal(1500000), "SEK", 2031)]
    assert grant.values["note"] == ["Project grant; The Foundation states 1400000 SEK"]


def test_one_number_with_two_titles_is_two_grants(tmp_path: Path) -> None:
    other = row(
        "2031-00001_Rymd", fundingOrganisationId=number("202199907"), projectTitleSv="Sol", projectTitleEn="Sun"
    )
    nodes = nodes_of(tmp_path, table(row(), other))
    assert sum(node.kind == "Grant" for node in nodes.values()) == 2


def test_people_are_dropped_at_the_door_and_counted(tmp_path: Path) -> None:
    columns = (*COLUMNS[:26], "InvolvedPeople", COLUMNS[26])
    named = {"InvolvedPeople": "¤¤¤ Ymer Nordanvind, 0000-0001, Projektledare"}
    raw = table(row() | named, row("2031-00002_Vindfond") | named, columns=columns)
    data = DataFolder(tmp_path / "var")
    report = ingest(data, "swecris", write(tmp_path / "swecris.csv", raw))
    assert "2 cells of the column InvolvedPeople, which holds people: dropped unread" in report.warnings
    kept = [path for path in data.path.rglob("*") if path.is_file() and "raw" not in path.parts]
    assert kept
    assert not any(b"Nordanvind" in path.read_bytes() for path in kept)


def test_a_coordinating_organisation_that_may_be_a_person_is_left_out_with_its_name(tmp_path: Path) -> None:
    alone = row(
        "2031-00002_Vindfond",
        coordinatingOrganisationId=PERSON,
        coordinatingOrganisationNameSv="Ymer Nordanvind Teknik",
    )
    data = DataFolder(tmp_path / "var")
    report = ingest(data, "swecris", write(tmp_path / "swecris.csv", table(row(), alone)))
    assert "1 coordinating organisations that may be natural persons: left out" in report.warnings
    raw = (data.path / "nodes" / "swecris" / "nodes.jsonl").read_bytes()
    assert b"Nordanvind" not in raw
    assert PERSON.encode() not in raw
    assert b"swecris:grant/2031-00002_Vindfond" in raw


def test_an_empty_sum_is_unknown_and_not_zero(tmp_path: Path) -> None:
    rows = (
        row("2031-00001_A", fundingsSek=""),
        row("2031-00002_A", fundingsSek="0.0"),
        row("2031-00003_A", fundingsSek="7,5"),
    )
    nodes = nodes_of(tmp_path, table(*rows, delimiter=";"))
    assert "amount" not in nodes["swecris:grant/2031-00001_A"].values
    assert nodes["swecris:grant/2031-00002_A"].values["amount"] == [Money(Decimal(0), "SEK", 2031)]
    assert nodes["swecris:grant/2031-00003_A"].values["amount"] == [Money(Decimal("7.5"), "SEK", 2031)]


def test_a_project_that_ends_before_it_begins_loses_both_dates(tmp_path: Path) -> None:
    nodes = nodes_of(tmp_path, table(row(projectEndDate="2030-01-01"), row("2031-00002_A")))
    assert "start" not in nodes["swecris:project/2031-00001_Vindfond"].values


def test_the_most_frequent_name_of_an_organisation_counts(tmp_path: Path) -> None:
    rows = [row(f"2031-0000{n}_A") for n in range(3)]
    rows[0]["coordinatingOrganisationNameSv"] = "Havshögskolan"
    node = nodes_of(tmp_path, table(*rows))[org(UNIVERSITY)]
    assert node.values["name"][0] == Text("Havsuniversitetet", "sv")
    assert node.values["altName"] == ["Havshögskolan"]


@pytest.mark.parametrize(
    ("code", "kind", "made"),
    [
        (number("212000990"), "Governmental", "Municipality"),
        (number("232100990"), "Governmental", "Region"),
        (number("222000990"), "Governmental", "PublicBody"),
        (COMPANY, "Company", "Company"),
        (COMPANY, "University College", "HigherEducationInstitution"),
        (COMPANY, "Non profits & Foundations", "Organization"),
        (COMPANY, "Other", "Organization"),
    ],
)
def test_kinds_of_organisations(tmp_path: Path, code: str, kind: str, made: str) -> None:
    said = {"coordinatingOrganisationId": code, "coordinatingOrganisationTypeOfOrganisationEn": kind}
    path = write(tmp_path / "a.csv", table(row(**said), row("2031-00002_A", **said)))
    report = ingest(DataFolder(tmp_path / "var"), "swecris", path, dry_run=True)
    assert report.kinds[made] == 1


def test_several_exports_in_a_folder_are_one_source(tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    write(folder / "2031.csv", table(row()))
    write(folder / "again.csv.gz", gzip.compress(table(repeated(), row("2031-00002_A"))))
    report = ingest(DataFolder(tmp_path / "var"), "swecris", folder, dry_run=True)
    assert report.kinds["Grant"] == 2


@pytest.mark.parametrize("form", ["gzip", "bom", "semicolon", "tab", "pascal"])
def test_every_form_of_file_gives_the_same(tmp_path: Path, form: str) -> None:
    rows = (row(), row("2031-00002_A"))
    plain = table(*rows)
    head, _, rest = plain.partition(b"\n")
    pascal = b",".join(name[:1].upper() + name[1:] for name in head.split(b","))
    raw = {
        "gzip": gzip.compress(plain),
        "bom": b"\xef\xbb\xbf" + plain,
        "semicolon": table(*rows, delimiter=";"),
        "tab": table(*rows, delimiter="\t"),
        "pascal": pascal + b"\n" + rest,
    }[form]
    path = write(tmp_path / "a", raw)
    report = ingest(DataFolder(tmp_path / "var"), "swecris", path, dry_run=True)
    assert report.kinds["Grant"] == 2


def test_bad_rows_are_rejected_with_their_lines(tmp_path: Path) -> None:
    bad = [
        (row("2031"), "projectId", "'2031' is no id of Swecris"),
        (row("2031-1_B", coordinatingOrganisationId="556036-0000"), "coordinatingOrganisationId", "check digit"),
        (row("2031-2_B", fundingOrganisationId=""), "fundingOrganisationId", "no organisation number of a funder"),
        (row("2031-3_B", fundingsSek="många"), "fundingsSek", "is not a number"),
        (row("2031-4_B", fundingsSek="-5"), "fundingsSek", "is not a number"),
        (row("2031-5_B", fundingStartDate="vår"), "fundingStartDate", "is no date"),
        (row("2031-6_B", fundingYear="31"), "fundingYear", "is no year"),
        (row("2031-7_B", projectTitleSv="", projectTitleEn=""), "projectTitleSv", "there is no title"),
        (row("2031-0_A"), "projectId", "is already the id of a.csv:2"),
    ]
    flat = {"projectAbstractSv": "", "projectAbstractEn": ""}  # so that each row is one line
    rows = [row("2031-0_A"), *(said for said, _, _ in bad)]
    raw = table(*(said | flat | {"projectTitleSv": said["projectTitleSv"] and "Vind"} for said in rows))
    raw += b"<<<<<<< HEAD\nfor,few\n"
    with pytest.raises(BoundsError) as caught:
        ingest(DataFolder(tmp_path / "var"), "swecris", write(tmp_path / "a.csv", raw))
    said = [str(problem) for problem in caught.value.problems]
    for line, (_, column, message) in enumerate(bad, 3):
        assert any(one.startswith(f"a.csv:{line}: column {column}: ") and message in one for one in said), (line, said)
    assert any("a.csv:12: is a mark of a merge" in one for one in said)
    assert any("a.csv:13: the row has 2 cells, the header has 27" in one for one in said)
    assert len(said) == len(bad) + 2


def test_files_that_cannot_be_used(tmp_path: Path) -> None:
    data = DataFolder(tmp_path / "var")
    plain = table(row(), row("2031-00002_A"))
    ends = plain.count(b"\n")
    for raw, message in (
        (b"", "the file is empty"),
        (plain.replace(b"fundingsSek", b"fundingSek"), r"a.csv:1: column fundingSek: unknown column 'fundingSek'"),
        (plain.replace(b"fundingsSek", b"scbs"), "column 'fundingsSek' is missing"),
        (plain + b'"2031-00003_A,open', rf"a.csv:{ends + 1}: the quotation marks of the row that begins here"),
        (plain + "é".encode("latin-1"), "is not UTF-8"),
        (gzip.compress(plain)[:-20], "is damaged or cut off"),
        (b"<!DOCTYPE html>\n<html></html>\n", "unknown column '<!DOCTYPE html>'"),
    ):
        with pytest.raises(InputError, match=message):
            ingest(data, "swecris", write(tmp_path / "a.csv", raw))
    with pytest.raises(InputError, match="Swecris is not downloaded here"):
        ingest(data, "swecris")


def test_the_foundation_numbers_its_own_grants_with_letters(tmp_path: Path) -> None:
    """Also when its row was loaded first, and when neither funder is known by its numbers the first loaded counts."""
    one = row("7/31_Rymd", fundingOrganisationId=number("202199905"), loadedDate="01/02/2031 00:00:00")
    two = row("7/31_Hav", fundingOrganisationId=number("202199906"), loadedDate="01/01/2031 00:00:00")
    nodes = nodes_of(tmp_path, table(repeated(), row(), one, two))
    assert {key for key, node in nodes.items() if node.kind == "Grant"} == {
        "swecris:grant/2031-00001_Vindfond",
        "swecris:grant/7/31_Hav",
    }
    assert org(FOUNDATION) in nodes
