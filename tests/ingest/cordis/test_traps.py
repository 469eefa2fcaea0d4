"""What is wrong with real files: each fault is told with its place, costs one record at most, and nothing else is lost."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from ingest.problem import InputError
from tests.ingest.cordis.sample import Sample, said

ORGANISATIONS, PROJECTS = "organization.csv", "project.csv"
LAST_ROW = '"777777";"ORPHAN"'


def refused(sample: Sample, *inputs: Path) -> str:
    with pytest.raises(InputError) as error:
        sample.ingest(*inputs)
    return str(error.value)


def test_a_renamed_column_is_named(sample: Sample) -> None:
    sample.change(sample.current / ORGANISATIONS, '"ecContribution"', '"euContribution"')
    message = refused(sample, sample.zipped())
    assert "organization.csv:1: column euContribution: unknown column 'euContribution'" in message
    assert "column 'ecContribution' of the organisation table since 2021 is missing" in message
    assert "known are SME, active, activityType" in message


def test_a_table_that_is_none_of_cordis_is_refused(sample: Sample) -> None:
    file = sample.current / "topics.csv"
    file.write_text("a;b\n1;2\n")
    assert "the columns a, b are those of no table of CORDIS" in refused(sample, sample.current)


def test_the_header_tells_what_a_file_is_and_not_its_name(sample: Sample) -> None:
    (sample.current / ORGANISATIONS).rename(sample.current / "whatever.csv")
    assert sample.ingest(sample.current).rejected == 0
    assert len([key for key in sample.nodes() if ":participation/" in key]) == 8


@pytest.mark.parametrize("where", ["csv", "zip", "inside"])
def test_a_web_page_is_no_table(sample: Sample, where: str) -> None:
    page = "\n<!DOCTYPE html>\n<html><body>503 Service Unavailable</body></html>"
    (sample.current / PROJECTS).write_text(page)
    given = {"csv": sample.current / PROJECTS, "zip": sample.path / "cordis.zip", "inside": sample.zipped("inside.zip")}
    (sample.path / "cordis.zip").write_text(page)
    assert "this is a web page" in refused(sample, given[where])


def test_a_truncated_zip_is_refused(sample: Sample) -> None:
    file = sample.zipped()
    file.write_bytes(file.read_bytes()[:-200])
    assert "cordis.zip: the zip breaks off or is damaged" in refused(sample, file)


def test_a_damaged_file_in_a_zip_is_refused(sample: Sample) -> None:
    file = sample.zipped(compression=zipfile.ZIP_STORED)
    file.write_bytes(file.read_bytes().replace(b"COLDTRAIN", b"HOTTTRAIN"))
    assert "breaks off or is damaged inside its zip" in refused(sample, file)


def test_a_bomb_is_refused(sample: Sample) -> None:
    with zipfile.ZipFile(sample.path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.csv", b" " * 12_000_000)
    assert "a bomb" in refused(sample, sample.path / "bomb.zip")


@pytest.mark.parametrize(
    "name", ["../project.csv", "/etc/project.csv", "a/../../project.csv", "C:\\project.csv", "..\\p.csv"]
)
def test_a_path_that_climbs_out_is_refused(sample: Sample, name: str) -> None:
    with zipfile.ZipFile(sample.path / "out.zip", "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), (sample.current / PROJECTS).read_bytes())
    assert "a path that climbs out" in refused(sample, sample.path / "out.zip")


def test_a_zip_without_tables_is_refused(sample: Sample) -> None:
    with zipfile.ZipFile(sample.path / "empty.zip", "w") as archive:
        archive.writestr("information.pdf", b"%PDF")
    assert "the zip holds no table" in refused(sample, sample.path / "empty.zip")


def test_markers_of_a_merge_conflict_are_rejected_with_their_lines(sample: Sample) -> None:
    file = sample.current / ORGANISATIONS
    rows = file.read_text("utf-8").split("\n")
    rows[3:4] = ["<<<<<<< HEAD", rows[3], "=======", rows[3].replace("ROAD 3", "ROAD 4"), ">>>>>>> theirs"]
    file.write_text("\n".join(rows), "utf-8")
    report = sample.ingest(sample.current)
    assert [(problem.file, problem.line) for problem in report.rejects] == [(ORGANISATIONS, at) for at in range(4, 9)]
    told = [problem.message for problem in report.rejects]
    assert told[::2] == ["a marker of a merge conflict stands in the file"] * 3
    assert told[1::2] == ["the record is inside an unresolved merge"] * 2
    assert len([key for key in sample.nodes() if ":participation/" in key]) == 7, "neither side can be believed"


def test_records_joined_by_a_literal_line_break_are_taken_apart(sample: Sample) -> None:
    file = sample.current / ORGANISATIONS
    sample.change(file, '"true";""\n"101900001"', '"true";""\\n"101900001"')
    sample.change(file, f"\n{LAST_ROW}", f"\n\\n\n{LAST_ROW}")
    file.write_text(file.read_text("utf-8").rstrip("\n") + "\\n", "utf-8")
    assert sample.ingest(sample.current).rejects == []
    assert len([key for key in sample.nodes() if ":participation/" in key]) == 8


def test_stray_separators_cost_the_record(sample: Sample) -> None:
    sample.change(sample.current / ORGANISATIONS, '"INVENTED INSTITUTE LIMITED"', '"INVENTED";"INSTITUTE LIMITED"')
    report = sample.ingest(sample.current)
    assert [str(problem) for problem in report.rejects] == [
        "organization.csv:4: the record has 26 cells, the header has 25; mend the semicolons and quotation marks"
    ]
    assert "cordis:org/999900022" in sample.nodes()
    assert "cordis:org/999900033" not in sample.nodes()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"INVENTED INSTITUTE LIMITED"', '"INVENTED "INSTITUTE" LIMITED"'),
        ('"INVENTED INSTITUTE LIMITED"', '"INVENTED INSTITUTE LIMITED'),
        ('"associatedPartner";"";"";"";"";""', '"associatedPartner";"";"";"";"";"x'),
    ],
)
def test_unbalanced_quotes_cost_the_record_alone(sample: Sample, old: str, new: str) -> None:
    sample.change(sample.current / ORGANISATIONS, old, new)
    report = sample.ingest(sample.current)
    assert [(problem.file, problem.line) for problem in report.rejects] == [(ORGANISATIONS, 4)]
    assert "not balanced" in report.rejects[0].message
    assert len([key for key in sample.nodes() if ":participation/" in key]) == 7


def test_an_open_quote_at_the_end_costs_the_last_record(sample: Sample) -> None:
    file = sample.current / ORGANISATIONS
    file.write_bytes(file.read_bytes() + b'"777777";"OPEN')
    report = sample.ingest(sample.current)
    assert [(problem.file, problem.line) for problem in report.rejects] == [(ORGANISATIONS, 10)]
    assert len([key for key in sample.nodes() if ":participation/" in key]) == 8


def test_bytes_that_are_not_utf8_cost_the_record(sample: Sample) -> None:
    file = sample.current / ORGANISATIONS
    file.write_bytes(file.read_bytes().replace(b"ROAD 3", b"R\xf6AD 3"))
    report = sample.ingest(sample.current)
    assert [(p.line, p.message) for p in report.rejects] == [(4, "the record is not UTF-8 text")]


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "column", "words"),
    [
        (ORGANISATIONS, '"2000000,25"', '"2 million"', 2, "ecContribution", "'2 million' is not a number"),
        (ORGANISATIONS, '"2000000,25"', '"2.000.000,25"', 2, "ecContribution", "is not a number"),
        (ORGANISATIONS, '"2000000,25"', '"-5"', 2, "ecContribution", "is not a number"),
        (ORGANISATIONS, '"associatedPartner"', '"chief"', 4, "role", "unknown role 'chief'"),
        (ORGANISATIONS, '"Föreningen utan nummer"', '""', 7, "name", "neither a PIC nor a name"),
        (ORGANISATIONS, '"777777";"ORPHAN"', '"?";"ORPHAN"', 9, "projectID", "no grant agreement number"),
        (PROJECTS, '"2026-12-31"', '"2022-12-31"', 2, "endDate", "ends before it starts"),
        (PROJECTS, '"2026-12-31"', '"2026-13-31"', 2, "endDate", "no day of the calendar"),
        (PROJECTS, '"4000000,5"', '"much"', 2, "totalCost", "is not a number"),
        (PROJECTS, '"890002";"COLDTRAIN"', '"101900001";"COLDTRAIN"', 4, "id", "already the project of project.csv:2"),
    ],
)
def test_a_cell_that_says_nothing_costs_the_record(
    sample: Sample, file: str, old: str, new: str, line: int, column: str, words: str
) -> None:
    sample.change(sample.current / file, old, new)
    (problem,) = sample.ingest(sample.current).rejects
    assert (problem.file, problem.line, problem.column) == (file, line, column)
    assert words in problem.message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[{"projectID": "890002", "topic": "A", "title": "B"}, {"projectID": "89', "the JSON ends or breaks off"),
        ('[{"projectID": "890002", "thema": "A", "title": "B"}]', "unknown column 'thema'"),
        ("[]", "the file is empty"),
    ],
)
def test_json_that_breaks_off_or_says_something_else_is_refused(sample: Sample, text: str, words: str) -> None:
    (sample.current / "topics.csv").unlink()
    (sample.current / "topics.json").write_text(text)
    assert words in refused(sample, sample.current)


def test_an_element_of_json_with_other_keys_is_rejected(sample: Sample) -> None:
    (sample.current / "topics.csv").unlink()
    good = '{"projectID": "890002", "topic": "A", "title": "B"}'
    (sample.current / "topics.json").write_text(f'[{good}, 7, {{"projectID": 1}}, {good}]')
    report = sample.ingest(sample.current)
    assert [(p.file, p.line) for p in report.rejects] == [("topics.json", 2), ("topics.json", 3)]
    assert "cordis:call/a" in sample.nodes()


def test_a_vat_number_that_is_none_is_dropped(sample: Sample) -> None:
    file = sample.current / ORGANISATIONS
    file.write_text(file.read_text("utf-8").replace("SE556000000101", "SE556000000201"), "utf-8")
    sample.change(file, "EL123456789", "ELLADA1234567890")
    sample.change(file, "GB999999973", "12345")
    report = sample.ingest(sample.current)
    assert (
        "3 VAT numbers are none; they were dropped (organization.csv:2, organization.csv:3, organization.csv:4)"
        in report.warnings
    )
    assert report.rejects == []
    nodes = sample.nodes().values()
    assert not [node.key for node in nodes if said(node, "vatNumber") or said(node, "orgNumber")]


def test_a_country_that_is_none_is_told(sample: Sample) -> None:
    sample.change(sample.current / ORGANISATIONS, '"Prishtina";"XK"', '"Prishtina";"QQ"')
    report = sample.ingest(sample.current)
    told = "1 organisations are in 'QQ', which is no country; they are kept without it (organization.csv:6)"
    assert told in report.warnings
    assert "cordis:site/999900044" not in sample.nodes()


def test_a_country_in_small_letters_is_read(sample: Sample) -> None:
    sample.change(sample.current / ORGANISATIONS, '"London EC1";"UK"', '"London EC1";"uk"')
    sample.change(sample.current / ORGANISATIONS, '"Erehwon";"SE"', '"Erehwon";"se"')
    before = sample.ingest(sample.current)
    assert not any("no country" in warning for warning in before.warnings)
    assert said(sample.nodes()["cordis:site/999900033"], "place") == ["place/gb-london"]


@pytest.mark.parametrize(
    ("changed", "differs"), [('"7";"7"', "another sum and net sum"), ('"2000000,25";"1500000.25"', "another role")]
)
def test_an_organisation_is_one_participant_of_a_project(sample: Sample, changed: str, differs: str) -> None:
    file = sample.current / ORGANISATIONS
    first = file.read_text("utf-8").split("\n")[1]
    again = first.replace('"2000000,25";"1500000.25"', changed)
    again = again.replace("coordinator", "partner") if again == first else again
    file.write_text(file.read_text("utf-8") + again + "\n", "utf-8")
    report = sample.ingest(sample.current)
    parts = [node for key, node in sample.nodes().items() if key.startswith("cordis:participation/101900001/999900011")]
    assert [said(part, "amount") for part in parts] == [["2000000.25 EUR committed"]]
    told = f"1 participations repeat an organisation in its project with {differs}: the first row counts"
    assert f"{told} (organization.csv:10 after 2)" in report.warnings


def test_a_cell_beyond_the_bound_is_called_too_long(sample: Sample) -> None:
    sample.change(sample.current / ORGANISATIONS, '"INVENTED INSTITUTE LIMITED"', f'"{"A" * 200_000}"')
    (problem,) = sample.ingest(sample.current).rejects
    assert (problem.line, problem.value) == (4, None)
    assert problem.message == "a cell of the record that begins here is longer than 131,072 letters"


@pytest.mark.parametrize(
    ("form", "words"), [(";,", "its columns between commas"), ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16")]
)
def test_a_file_that_is_wrong_in_every_row_is_told_once(sample: Sample, form: str, words: str) -> None:
    file = sample.current / ORGANISATIONS
    text = file.read_text("utf-8")
    file.write_bytes(text.replace(*form).encode() if form == ";," else text.encode(form))
    message = refused(sample, sample.current)
    assert words in message
    assert len(message.split("\n")) == 1


def test_an_unknown_programme_is_refused(sample: Sample) -> None:
    with pytest.raises(InputError, match="unknown programme 'fp7'; known are all, h2020, horizon"):
        sample.ingest(sample.current, programme="fp7")
