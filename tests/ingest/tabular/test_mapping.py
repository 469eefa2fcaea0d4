"""What is wrong with a mapping is told all at once, with what may have been meant."""

from __future__ import annotations

import pytest

from ingest.check import check
from tests.ingest.tabular.tables import Own

FAULTS = [
    ('name = "prov"', 'name = "Prov 1"', "name is missing or no slug"),
    ('name = "prov"', 'name = "sweden"', "is that of another source"),
    ('name = "prov"', 'name = "tabular"', "is that of another source"),
    ("date = 2026-11-20", 'date = "i dag"', "date is missing or no date"),
    ('publisher = "Provklustret"', "", "publisher is missing"),
    ('refresh = "yearly"', 'refresh = "often"', "refresh 'often' is unknown"),
    ('refresh = "yearly"', 'refresh = "yearly"\ncurated = true', "unknown key 'curated'"),
    ('sv = "Prov", ', "", "title must have sv and en"),
    ('file = "members.csv"', 'file = "*.csv"', "no name of one file"),
    ('file = "members.csv"', 'file = "../members.csv"', "no name of one file"),
    ('file = "members.csv"', 'file = "members.xlsm"', "neither CSV nor .xlsx"),
    ('rows = "organisation"', 'rows = "organization"', "did you mean 'organisation'"),
    ('document = "https://example.org/members"', "", "no fact without evidence"),
    ('document = "https://example.org/members"', 'document = "sidan"', "no fact without evidence"),
    ('"Namn" = "name"', '"Namn" = "nam"', "did you mean 'name'"),
    ('"Namn" = "name"', '"Namn" = "altName"', "no column is 'name'"),
    ('"Namn" = "name"', '"Namn" = "name"\n"N" = "name"', "is filled by"),
    ('"Namn" = "name"', '"Namn" = { as = "name", languag = "sv" }', "did you mean 'language'"),
    ('"Namn" = "name"', '"Namn" = { as = "name", language = "fi" }', "language 'fi' is unknown"),
    ('kind = "Company"', 'kind = "Company"\nplats = "x"', "unknown field 'plats'"),
    ('kind = "Company"', "kind = 1", "holds something that is no text"),
    ('kind = "Company"', 'kind = "Company"\n[table.values.knd]\n"a" = "b"', "did you mean 'kind'"),
    ('rows = "organisation"', 'rows = "organisation"\ndecimal = ";"', "decimal ';' is unknown"),
    ('rows = "organisation"', 'rows = "organisation"\ndates = "D/M/Y"', "no form of dates"),
    ('rows = "organisation"', 'rows = "organisation"\ndelimiter = "||"', "no single letter"),
    ('rows = "organisation"', 'rows = "organisation"\ncurrency = "kr"', "currency 'kr' is unknown"),
    ('rows = "organisation"', 'rows = "organisation"\nheader = 0', "no whole number above 0"),
    ('rows = "organisation"', 'rows = "organisation"\nignore = ["Namn"]', "both mapped and ignored"),
    ('rows = "organisation"', 'rows = "organisation"\nignore = "Namn"', "no list of headers"),
    ("[[table]]", "[[tabel]]", "unknown key 'tabel'"),
    ("[source]", "[source", "mend the file"),
]


@pytest.mark.parametrize(("good", "bad", "words"), FAULTS)
def test_a_fault_of_the_mapping(own: Own, good: str, bad: str, words: str) -> None:
    own.write("Namn", "Ett AB")
    path = own.path / "tabular.toml"
    assert good in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(good, bad), "utf-8")
    checked = own.check()
    assert {problem.file for problem in checked.problems} == {"tabular.toml"}
    assert any(words in str(problem) for problem in checked.problems), [str(problem) for problem in checked.problems]


def test_all_faults_are_told_at_once(own: Own) -> None:
    own.map(settings='decimal = "x"\nhaeder = 2', columns='"A" = "b"\n"C" = "d"')
    assert len(own.check().problems) == 4


def test_without_a_folder_or_a_mapping(own: Own) -> None:
    (problem,) = check("tabular", []).problems
    assert "cleantech sources new tabular" in problem.advice
    (own.path / "tabular.toml").unlink()
    assert own.one().message == "the file is missing"


def test_the_mapping_itself_may_be_named(own: Own) -> None:
    own.write("Namn", "Ett AB")
    checked = check("tabular", [own.path / "tabular.toml"])
    assert (checked.source, checked.records, checked.good) == ("prov", 1, True)


def test_bounds_that_do_not_hold_are_told(own: Own) -> None:
    own.write("Namn", "Ett AB", "A")
    path = own.path / "tabular.toml"
    path.write_text(
        path.read_text("utf-8").replace("min_records = 0, max_invalid = 1.0", "min_records = 9, max_invalid = 0.1"),
        "utf-8",
    )
    assert own.check().breached == [
        "1 good records, the card asks for at least 9",
        "1 of 2 rows are rejected, the card allows 10.0%",
    ]
    assert not own.check().good
