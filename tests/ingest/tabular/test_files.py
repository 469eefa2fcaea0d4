"""CSV as Excel and others write it; files that are no such table."""

from __future__ import annotations

import pytest

from ingest.problem import InputError, Problem
from ingest.sources.tabular.comma import read_comma
from tests.ingest.tabular.tables import Own

ROWS = "Namn{0}Ort\r\nÅngkraft AB{0}Växjö\r\n"


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encoding_and_separator_are_found(delimiter: str, encoding: str) -> None:
    grid = read_comma("a.csv", ROWS.format(delimiter).encode(encoding))
    assert (grid.header, list(grid.rows)) == (("Namn", "Ort"), [(2, ["Ångkraft AB", "Växjö"])])
    assert bool(grid.warnings) is (encoding == "cp1252")


def test_what_is_said_counts_and_is_no_warning() -> None:
    grid = read_comma("a.csv", ROWS.format(";").encode("cp1252"), encoding="cp1252", delimiter=";")
    assert not grid.warnings


def test_a_title_above_the_header_and_the_note_of_excel() -> None:
    assert read_comma("a.csv", b"Our members\r\n\r\nNamn;Ort\r\nA;B\r\n", header=3).rows[0][0] == 4
    assert read_comma("a.csv", b"sep=|\r\nNamn|Ort\r\nA, b;B|c\r\n").rows[0] == (3, ["A, b;B", "c"])


def test_empty_rows_and_columns_at_the_end_are_no_fault() -> None:
    grid = read_comma("a.csv", b"Namn;Ort;;\r\nA;B;;\r\n;;;\r\n\r\nC;D;;\r\n")
    assert (grid.header, [line for line, _ in grid.rows]) == (("Namn", "Ort"), [2, 5])


def _fault(raw: bytes, **said: str) -> Problem:
    with pytest.raises(InputError) as caught:
        read_comma("a.csv", raw, **said)  # type: ignore[arg-type]  # header is not among them
    return caught.value.problems[0]


@pytest.mark.parametrize(
    ("raw", "line", "message"),
    [
        (b"", 1, "there is no header line"),
        (b"A;B,C\r\n1;2\r\n", 1, "may be parted by"),
        (b'A;B\r\n"x;2\r\n', 2, "not balanced"),
        (b"A;B\r\n1;\x00\r\n", 2, "a NUL"),
        (b"PK\x03\x04rest", None, "an Excel file with another ending"),
        (b"A;B\r\n" + b"x" * 30_000 + b";1\r\n", 2, "too long"),
    ],
)
def test_files_that_cannot_be_used(raw: bytes, line: int | None, message: str) -> None:
    problem = _fault(raw)
    assert (problem.file, problem.line) == ("a.csv", line)
    assert message in problem.message


def test_another_encoding_than_was_said() -> None:
    problem = _fault("A;B\r\nå;1\r\n".encode("cp1252"), encoding="utf-8")
    assert (problem.line, problem.message) == (2, "byte 0xe5 at offset 5 is not utf-8")


def test_a_row_with_too_few_or_too_many_cells_is_rejected(own: Own) -> None:
    own.map(columns='"Ort" = "altName"')
    own.write("Namn;Ort", "Ett AB", "Två AB;x;y", "Tre AB;x")
    assert [(p.line, p.message) for p in own.check().problems] == [
        (2, "the row has 1 cells, the header has 2"),
        (3, "the row has 3 cells, the header has 2"),
    ]


def test_headers_that_are_missing_doubled_nameless_or_unmapped(own: Own) -> None:
    own.write("Namm;Ort", "Ett AB;x")
    assert own.one().message == "column 'Namn' of tabular.toml is not in the table"
    assert own.one().advice == "did you mean 'Namm'?"
    own.write("Namn;Ort;Ort", "Ett AB;x;y")
    assert own.one().message == "column 'Ort' stands 2 times"
    own.write("Namn;;Ort", "Ett AB;x;y")
    assert own.one().message == "column 2 has cells but no name"
    own.write("Namn;Ort;Stad", "Ett AB;x;y")
    warning = "members.csv: the columns are not mapped and left out: 'Ort', 'Stad'; map them, or list them in `ignore`"
    assert own.check().warnings == [warning]


def test_a_file_that_is_not_there_or_elsewhere(own: Own) -> None:
    own.write("Namn", "Ett AB", file="member.csv")
    assert (own.one().message, own.one().advice) == ("the file is missing", "did you mean 'member.csv'?")
    (own.path.parent / "elsewhere.csv").write_text("Namn\nEtt AB\n", "utf-8")
    (own.path / "members.csv").symlink_to(own.path.parent / "elsewhere.csv")
    assert own.one().message == "the file is missing"
