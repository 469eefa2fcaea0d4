"""Excel workbooks are values: nothing in them is run, followed, or trusted to be of the size that it claims."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from graph.node import PartialDate
from ingest.sources.tabular import workbook as reader
from tests.ingest.tabular.tables import Own


def _two(own: Own, columns: str, *rows: tuple[object, ...]) -> None:
    """A saved workbook with a second column."""
    book = own.book(("Namn", "Annat"), *rows)
    own.save(book)
    mapping = own.path / "tabular.toml"
    mapping.write_text(mapping.read_text("utf-8").replace('"Namn" = "name"', f'"Namn" = "name"\n{columns}'), "utf-8")


def _rewrite(own: Own, change: Callable[[str, bytes], bytes], *more: tuple[str, bytes]) -> None:
    """The workbook with its parts changed."""
    path = own.path / "members.xlsx"
    held = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in held.namelist():
            archive.writestr(name, change(name, held.read(name)))
        for name, content in more:
            archive.writestr(name, content)


def test_numbers_dates_and_texts(own: Own) -> None:
    rows = [("Ett AB", date(2016, 5, 31)), ("Två AB", datetime(2017, 1, 1)), ("Tre AB", 2018), ("Fyra AB", "2019-02")]
    _two(own, '"Annat" = "founded"', *rows)
    assert not own.check().problems
    found = [node.values["founded"][0] for node in own.nodes().values()]
    assert sorted(str(day) for day in found) == sorted(
        str(PartialDate(text)) for text in ("2016-05-31", "2017-01-01", "2018", "2019-02")
    )
    record = own.nodes()["prov:org/ett-ab"].evidence[0].record
    assert record == "members.xlsx!Medlemmar:2"


def test_a_day_as_a_serial_number_is_told(own: Own) -> None:
    _two(own, '"Annat" = "founded"', ("Ett AB", 45292))
    problem = own.one()
    assert (problem.file, problem.line, problem.column) == ("members.xlsx!Medlemmar", 2, "Annat")
    assert "counted from 1900" in problem.message


def test_an_organisation_number_that_excel_holds_as_a_number(own: Own) -> None:
    _two(own, '"Annat" = "orgNumber"', ("Ett AB", 5560160680))
    assert own.nodes()["prov:org/ett-ab"].values["orgNumber"] == ["556016-0680"]


def test_error_cells_times_and_formulas_without_value(own: Own) -> None:
    _two(own, '"Annat" = "altName"', ("Ett AB", "#N/A"), ("Två AB", "=1+1"), ("Tre AB", datetime(2020, 1, 1, 4).time()))
    assert [(p.line, p.message) for p in own.check().problems] == [
        (2, "the cell holds the error #N/A"),
        (3, "the formula has no saved value"),
        (4, "the cell holds the time 04:00:00"),
    ]


def test_the_saved_value_of_a_formula_counts(own: Own) -> None:
    _two(own, '"Annat" = "altName"', ("Ett AB", '="Ettan"'))
    cell = b'<c r="B2" t="str"><f>"Ettan"</f><v>Ettan</v></c>'
    _rewrite(own, lambda _, part: re.sub(rb'<c r="B2".*?</c>', cell, part))
    assert own.nodes()["prov:org/ett-ab"].values["altName"] == ["Ettan"]


def test_the_sheet_must_be_clear_there_and_visible(own: Own) -> None:
    book = own.book(("Namn",), ("Ett AB",))
    book.create_sheet("Annat")
    own.save(book)
    assert own.one().message == "the workbook has 2 sheets"
    mapping = own.path / "tabular.toml"
    plain = mapping.read_text("utf-8")
    mapping.write_text(plain.replace('rows = "org', 'sheet = "Medlemar"\nrows = "org'), "utf-8")
    assert own.one().advice == "did you mean 'Medlemmar'?"
    mapping.write_text(plain, "utf-8")
    book["Annat"].sheet_state = "hidden"
    own.save(book)
    assert not own.check().problems
    mapping.write_text(plain.replace('rows = "org', 'sheet = "Annat"\nrows = "org'), "utf-8")
    assert own.one().message == "the sheet 'Annat' is hidden"


def test_merged_cells_reject_the_rows_that_they_cover(own: Own) -> None:
    book = own.book(("Våra medlemmar",), ("Namn", "Ort"), ("Ett AB", "Kista"), ("Två AB", None), ("Tre AB", "Lund"))
    page = book.active
    assert page is not None
    page.merge_cells("A1:B1")
    page.merge_cells("B3:B4")
    own.save(book)
    mapping = own.path / "tabular.toml"
    mapping.write_text(mapping.read_text("utf-8").replace('rows = "org', 'header = 2\nrows = "org'), "utf-8")
    assert [(p.line, p.message) for p in own.check().problems] == [
        (3, "the cells B3:B4 are merged"),
        (4, "the cells B3:B4 are merged"),
    ]
    assert set(own.nodes()) == {"prov:org/tre-ab"}


def test_a_cell_beside_the_table_is_told(own: Own) -> None:
    own.save(own.book(("Namn",), ("Ett AB", None, "se nedan")))
    assert own.one().message == "the cell C2 stands beside the table"


def test_a_cell_in_the_last_corner_costs_nothing_and_is_not_lost(own: Own) -> None:
    book = own.book(("Namn",), ("Ett AB",))
    page = book.active
    assert page is not None
    page.cell(1_048_576, 16_384, "far")
    own.save(book)
    assert "beyond line" in own.one().message


def test_a_bomb_is_not_unpacked(own: Own, monkeypatch: pytest.MonkeyPatch) -> None:
    own.save(own.book(("Namn",), ("Ett AB",)))
    _rewrite(own, lambda _, part: part, ("xl/media/bomb.xml", b" " * 5_000_000))
    monkeypatch.setattr(reader, "MOST_UNPACKED", 1_000_000)
    assert "unpacked it is larger than 1 MB" in own.one().message


def test_entities_are_refused(own: Own) -> None:
    own.save(own.book(("Namn",), ("Ett AB",)))
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;&b;">]>'
    _rewrite(own, lambda name, part: bomb + part.split(b"?>", 1)[-1] if name.endswith("sheet1.xml") else part)
    assert "declares entities" in own.one().message


def test_macros_are_not_run_and_outside_links_not_followed(own: Own) -> None:
    own.save(own.book(("Namn",), ("Ett AB",)))
    _rewrite(own, lambda _, part: part, ("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0"), ("xl/externalLinks/x.xml", b"<x/>"))
    assert not own.check().problems


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "password-protected"),
        (b"<html>not found</html>", "no workbook"),
        (b"PK\x03\x04" + b"\0" * 40, "no workbook"),
    ],
)
def test_files_that_are_no_workbook(own: Own, raw: bytes, message: str) -> None:
    own.book(("Namn",))
    (own.path / "members.xlsx").write_bytes(raw)
    assert message in own.one().message


def test_a_workbook_cut_off_or_without_its_parts(own: Own) -> None:
    own.save(own.book(("Namn",), ("Ett AB",)))
    whole = (own.path / "members.xlsx").read_bytes()
    for length in range(0, len(whole), 997):
        (own.path / "members.xlsx").write_bytes(whole[:length])
        assert len(own.check().problems) == 1
    (own.path / "members.xlsx").write_bytes(whole)
    _rewrite(own, lambda name, part: b"<x/>" if name.endswith("workbook.xml") else part)
    assert "no sheet that is shown" in own.one().message
    (own.path / "members.xlsx").write_bytes(whole)
    _rewrite(own, lambda name, part: part.replace(b"<row", b"<row><x", 1) if name.endswith("sheet1.xml") else part)
    assert "damaged" in own.one().message


def test_it_is_still_a_workbook_for_others(own: Own) -> None:
    own.save(own.book(("Namn",), ("Ett AB",)))
    before = (own.path / "members.xlsx").read_bytes()
    own.check()
    assert (own.path / "members.xlsx").read_bytes() == before
    assert load_workbook(own.path / "members.xlsx").sheetnames == ["Medlemmar"]
