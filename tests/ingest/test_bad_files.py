"""A file that cannot be trusted as a whole stops the run; every fault of every file is told at once."""

from __future__ import annotations

import pytest

from ingest.problem import SHOWN, InputError, Problem, render
from tests.ingest.folder import Tables, at


def stopped(tables: Tables) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        tables.try_out()
    return caught.value.problems


def spoil(tables: Tables, file: str, old: bytes, new: bytes) -> None:
    raw = (tables.path / file).read_bytes()
    assert old in raw
    (tables.path / file).write_bytes(raw.replace(old, new, 1))


def test_unknown_missing_and_doubled_columns(tables: Tables) -> None:
    spoil(tables, "funding.csv", b"funder,recipient,activity", b"payer,recipient,recipient")
    problems = stopped(tables)
    assert "unknown column 'payer'" in at(problems, "funding.csv", 1, "payer").message
    assert "'activity' is missing" in at(problems, "funding.csv", 1, "activity").message
    assert "stands 2 times" in at(problems, "funding.csv", 1, "recipient").message


def test_a_byte_that_is_not_utf8(tables: Tables) -> None:
    raw = (tables.path / "organisations.csv").read_bytes()
    offset = raw.index("Ångström".encode())
    (tables.path / "organisations.csv").write_bytes(raw.replace("Ångström".encode(), "Ångström".encode("latin-1"), 1))
    line = raw[:offset].count(b"\n") + 1
    problem = at(stopped(tables), "organisations.csv", line, None)
    assert f"byte 0xc5 at offset {offset} is not UTF-8" in problem.message
    assert "encoding UTF-8" in problem.advice


def test_nul(tables: Tables) -> None:
    spoil(tables, "relations.csv", b"partnerOf", b"partner\0f")
    assert "NUL at byte" in stopped(tables)[0].message


def test_unbalanced_quotation_marks(tables: Tables) -> None:
    line = tables.line("activities.csv", "altris-sandviken,")
    spoil(tables, "activities.csv", b"altris-sandviken,Altris", b'altris-sandviken,"Altris')
    assert "not balanced" in at(stopped(tables), "activities.csv", line, None).message


def test_an_empty_and_a_missing_file(tables: Tables) -> None:
    (tables.path / "funding.csv").write_bytes(b"")
    (tables.path / "relations.csv").unlink()
    problems = stopped(tables)
    assert at(problems, "funding.csv", None, None).message == "the file is empty"
    assert at(problems, "relations.csv", None, None).message == "the file is missing"


def test_a_byte_order_mark_and_windows_lines_do_no_harm(tables: Tables) -> None:
    raw = (tables.path / "funding.csv").read_bytes()
    (tables.path / "funding.csv").write_bytes(b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n"))
    assert not tables.try_out().rejects


def test_a_long_list_is_cut_and_says_so() -> None:
    problems = [Problem("a.csv", line, None, None, "wrong", "mend it") for line in range(SHOWN + 3)]
    assert render(problems).endswith("... and 3 more")
