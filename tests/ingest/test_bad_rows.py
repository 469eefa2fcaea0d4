"""A bad row is rejected with its file, line, column and what to do; the others stay."""

from __future__ import annotations

import pytest

from tests.ingest.folder import Tables, at

CELLS = [
    ("organisations.csv", "aira,", "founded", "x", "'x' is not a date", "write YYYY, YYYY-MM or YYYY-MM-DD"),
    ("organisations.csv", "aira,", "founded", "2022-02-30", "no day of the calendar", "write YYYY"),
    ("organisations.csv", "aira,", "kind", "firm", "unknown kind 'firm'", "known are association"),
    ("organisations.csv", "aira,", "slug", "Ai ra", "not a slug", "small letters"),
    ("organisations.csv", "aira,", "name", "", "the cell is empty", "must have a value"),
    ("organisations.csv", "aira,", "country", "XX", "unknown country 'XX'", "known are"),
    ("organisations.csv", "aira,", "website", "www.aira.com", "not a web address", "write the whole address"),
    ("organisations.csv", "aira,", "orgnr", "556805-7020", "check digit", "ten digits"),
    ("organisations.csv", "aira,", "orgnr", "550105-7029", "personal number", "leave it out"),
    ("organisations.csv", "aira,", "orgnr", "5568057", "not a Swedish organisation number", "ten digits"),
    ("organisations.csv", "aira,", "ror", "026vcq60", "not a ROR id", "nine characters"),
    ("organisations.csv", "aira,", "ror", "026vcq605", "check digits", "nine characters"),
    ("organisations.csv", "aira,", "wikidata", "854280", "not a Wikidata id", "Q and digits"),
    ("organisations.csv", "aira,", "description", "two\nlines", "line break", "one line"),
    ("organisations.csv", "aira,", "name", " Aira", "begins or ends with a space", "remove"),
    ("organisations.csv", "aira,", "source_url", "", "the cell is empty", "must have a value"),
    ("organisations.csv", "kth-innovation,", "parent", "nowhere", "'nowhere' is not in", "add it there, or mend"),
    ("activities.csv", "altris-sandviken,", "budget", "12 million", "not a number", "digits only"),
    ("activities.csv", "altris-sandviken,", "budget", "-5", "not a number", "minus sign"),
    ("funding.csv", "energimyndigheten,minesto,,grant", "amount", "9" * 44, "no sum of money: it has 44", "at most 15"),
    ("activities.csv", "altris-sandviken,", "budget", "1.00001", "1 digits and 5 decimals", "and 4 decimals"),
    ("activities.csv", "clc-vr,", "currency", "kr", "unknown currency 'kr'", "known are"),
    ("activities.csv", "clc-vr,", "currency", "", "empty while budget is not", "fill in both"),
    ("activities.csv", "brc-2014,", "end", "2013-12", "is before start 2014", "mend one of the two dates"),
    ("participations.csv", "ksc-ict-cluster-project,erdf", "role", "chief", "unknown role", "coordinator, founder"),
    ("participations.csv", "ksc-ict-cluster-project,erdf", "organisation", "nobody", "is not in", "mend the name"),
    ("participations.csv", "ksc-ict-cluster-project,erdf", "amount", "57OOOO", "not a number", "without spaces, letters"),
    ("relations.csv", "abb,partnerOf,fortum", "predicate", "loves", "unknown predicate", "known are acquired"),
    ("relations.csv", "abb,partnerOf,fortum", "object", "abb", "subject and object are the same", "other party"),
    ("funding.csv", "svenskt-vatten,,va-cluster", "activity", "", "neither recipient nor activity", "who got"),
    ("funding.csv", "energimyndigheten,minesto,,grant", "instrument", "gift", "unknown instrument", "known are equity"),
    ("has_technology.csv", "aira,", "technology", "MAGIC", "is not in technologies.csv", "add it there"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "row", "column", "value", "message", "advice"), CELLS)
def test_rejects_the_row(
    tables: Tables, file: str, row: str, column: str, value: str, message: str, advice: str
) -> None:
    tables.set("organisations.csv", "aira,", "city", "")  # so that no test here depends on another row of its own
    line = tables.set(file, row, column, value)
    if column in {"slug", "kind", "name", "country"} or file == "organisations.csv":
        _forget_aira(tables)
    rejects = tables.try_out().rejects
    expected = "recipient" if "neither" in message else column
    problem = at(rejects, file, line, expected)
    assert message in problem.message
    assert advice in problem.advice
    assert str(problem).startswith(f"{file}:{line}: column {expected}: ")


def _forget_aira(tables: Tables) -> None:
    """Rows that refer to the spoilt organisation would be rejected too, and breach the bounds."""
    for file in ("participations.csv", "relations.csv", "has_technology.csv", "activities.csv"):
        tables.write(file, [row for row in tables.rows(file) if "aira" not in row and "kth-innovation" not in row])


def test_a_row_that_refers_to_a_rejected_one_is_rejected_too(tables: Tables) -> None:
    spoilt = tables.set("organisations.csv", "aira,", "founded", "never")
    line = tables.line("participations.csv", "aira-series-b,aira,")
    rejects = tables.try_out().rejects
    assert at(rejects, "organisations.csv", spoilt, "founded")
    problem = at(rejects, "participations.csv", line, "organisation")
    assert (problem.message, problem.advice) == (f"'aira' was rejected (organisations.csv:{spoilt})", "mend that row")


def test_the_cascade_names_the_row_that_each_hangs_on(tables: Tables) -> None:
    """A row that lost its own parent is named by who refers to it, not called missing."""
    first = tables.set("organisations.csv", "stiftelsen-electrum,", "founded", "never")
    second = tables.line("organisations.csv", "kista-science-city-ab,")
    assert tables.set("organisations.csv", "kista-science-city-ab,", "parent", "stiftelsen-electrum") == second
    problems = tables.try_out().rejects
    assert f"organisations.csv:{first}" in at(problems, "organisations.csv", second, "parent").message
    line = tables.line("participations.csv", "ksc-ict-cluster-project,kista-science-city-ab,")
    assert f"organisations.csv:{second}" in at(problems, "participations.csv", line, "organisation").message
    assert not [problem for problem in problems if "is not in" in problem.message]


@pytest.mark.parametrize("file", ["participations.csv", "relations.csv", "funding.csv", "has_technology.csv"])
def test_a_row_that_repeats_another_is_counted_once_with_a_warning(tables: Tables, file: str) -> None:
    rows = tables.rows(file)
    tables.write(file, [*rows, rows[2]])
    report = tables.try_out()
    assert f"{file}:{len(rows) + 1} repeats line 3; it was counted once" in report.warnings
    assert not report.rejects


def test_a_doubled_slug_names_the_first(tables: Tables) -> None:
    line = tables.add("activities.csv", slug="kth", title="KTH again", kind="project", source_url="https://www.kth.se/")
    problem = at(tables.try_out().rejects, "activities.csv", line, "slug")
    assert f"already the name of organisations.csv:{tables.line('organisations.csv', 'kth,')}" in problem.message


def test_parents_that_go_round(tables: Tables) -> None:
    tables.set("organisations.csv", "altor,", "parent", "circulose")
    tables.write(
        "participations.csv", [r for r in tables.rows("participations.csv") if not {"altor", "circulose"} & set(r)]
    )
    tables.write("relations.csv", [r for r in tables.rows("relations.csv") if not {"altor", "circulose"} & set(r)])
    tables.write("has_technology.csv", [r for r in tables.rows("has_technology.csv") if not {"circulose"} & set(r)])
    problem = at(tables.try_out().rejects, "organisations.csv", tables.line("organisations.csv", "altor,"), "parent")
    assert "altor -> circulose -> altor goes round" in problem.message


def test_a_row_with_a_cell_too_many(tables: Tables) -> None:
    rows = tables.rows("funding.csv")
    rows[4].append("more")
    tables.write("funding.csv", rows)
    assert "9 cells, the header has 8" in at(tables.try_out().rejects, "funding.csv", 5, None).message


def test_all_faults_of_a_row_are_told(tables: Tables) -> None:
    line = tables.set("activities.csv", "altris-sandviken,", "budget", "much")
    tables.set("activities.csv", "altris-sandviken,", "start", "soon")
    rejects = tables.try_out().rejects
    assert {p.column for p in rejects if (p.file, p.line) == ("activities.csv", line)} == {"budget", "start"}


def test_an_unknown_town_is_a_warning_and_the_country_stays(tables: Tables) -> None:
    tables.set("organisations.csv", "aira,", "city", "Ingenstans")
    report = tables.try_out()
    assert [warning for warning in report.warnings if "Ingenstans" in warning]
    assert not report.rejects
