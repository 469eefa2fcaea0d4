"""Numbers and dates, however they are written: what is clear is read rightly, what is not is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.problem import CellError
from ingest.sources.tabular.numbers import Exact, Mark, date_form, day, decimal, mark_of, share, whole

SPACES = st.sampled_from(["", " ", "\u00a0", "\u2009", "\u202f"])
MARKS: st.SearchStrategy[Mark] = st.sampled_from([",", "."])
SUMS = st.decimals(min_value=0, max_value=10**14, places=2, allow_nan=False, allow_infinity=False)
DAYS = st.dates(min_value=date(1000, 1, 1))


def written(number: Decimal, space: str, mark: str, places: int) -> str:
    """As people write it: groups of three parted by `space`, the decimals after `mark`."""
    whole_part, _, rest = f"{number:.2f}".partition(".")
    grouped = f"{int(whole_part):,}".replace(",", space)
    return f"{grouped}{mark}{rest[:places]}" if places else grouped


@given(SUMS, SPACES, MARKS)
def test_a_sum_is_read_as_it_was_meant(number: Decimal, space: str, mark: Mark) -> None:
    cell = written(number, space, mark, 2)
    assert Decimal(decimal(cell, mark)) == number
    assert Decimal(decimal(cell, mark_of([cell]))) == number


@given(SUMS, SPACES, st.sampled_from([1, 1000, 1_000_000]))
def test_whole_sums_need_no_mark_and_take_a_unit(number: Decimal, space: str, unit: int) -> None:
    rounded = Decimal(int(number) % 10**9)
    assert Decimal(decimal(written(rounded, space, "", 0), None, unit)) == rounded * unit


@given(st.text(max_size=12), st.sampled_from([",", ".", None]))
def test_any_other_text_is_refused_or_a_sum_of_its_own_digits(cell: str, mark: Mark | None) -> None:
    try:
        found = decimal(cell, mark)
    except CellError:
        return
    digits = [letter for letter in cell if letter in "0123456789"]
    assert "".join(digits).lstrip("0") == found.replace(".", "").lstrip("0")


@pytest.mark.parametrize("cell", ["1,250", "1.250", "999,125"])
def test_what_may_be_thousands_is_never_guessed(cell: str) -> None:
    assert mark_of([cell]) is None
    with pytest.raises(CellError, match="may mean thousands or decimals"):
        decimal(cell, None)


@pytest.mark.parametrize(
    ("cell", "mark", "message"),
    [
        ("12,5", ".", "decimals have '.' here"),
        ("1 2 3", ",", "is not a number"),
        ("12 50", ",", "is not a number"),
        ("-5", ",", "is not a number"),
        ("5 kr", ",", "is not a number"),
        ("1.250,00", ",", "is not a number"),
        ("1e6", ",", "is not a number"),
        ("٣", ",", "is not a number"),
    ],
)
def test_other_numbers_are_refused(cell: str, mark: Mark, message: str) -> None:
    with pytest.raises(CellError, match=message):
        decimal(cell, mark)


def test_one_column_has_one_mark() -> None:
    assert mark_of(["1", "1,250", "12,5"]) == ","
    assert mark_of(["1 250,125"]) == ","
    with pytest.raises(CellError, match=r"holds '12,5' and '12\.75'"):
        mark_of(["12,5", "12.75"])


@given(DAYS)
def test_a_day_is_itself_in_every_form(when: date) -> None:
    for form, text in (
        ("", when.isoformat()),
        ("DD/MM/YYYY", f"{when.day:02}/{when.month:02}/{when.year:04}"),
        ("DD.MM.YYYY", f"{when.day}.{when.month}.{when.year:04}"),
        ("MM/DD/YYYY", f"{when.month}/{when.day}/{when.year:04}"),
        ("YYYY/MM/DD", f"{when.year:04}/{when.month:02}/{when.day:02}"),
    ):
        assert day(text, form) == when.isoformat()
    assert day(Exact(when.isoformat()), "DD/MM/YYYY") == when.isoformat()


@given(st.text(max_size=12), st.sampled_from(["", "DD/MM/YYYY"]))
def test_any_other_text_is_no_day(cell: str, form: str) -> None:
    try:
        found = day(cell, form)
    except CellError:
        return
    date.fromisoformat(found + "-01-01"[len(found) - 4 :])


@pytest.mark.parametrize(
    ("cell", "form", "message"),
    [
        ("03/04/2026", "", "may be read in two ways"),
        ("31/02/2026", "DD/MM/YYYY", "no day of the calendar"),
        ("2026-04-03", "DD/MM/YYYY", "not a date in the form DD/MM/YYYY"),
        ("13/04/2026", "MM/DD/YYYY", "no day of the calendar"),
        (Exact("45292"), "", "counted from 1900"),
        ("förra året", "", "is not a date"),
    ],
)
def test_other_days_are_refused(cell: str, form: str, message: str) -> None:
    with pytest.raises(CellError, match=message):
        day(cell, form)


@pytest.mark.parametrize("form", ["DD/MM", "YYYYMMDD", "DD/DD/YYYY", "d/m/y", ""])
def test_a_form_of_dates_names_year_month_and_day(form: str) -> None:
    with pytest.raises(CellError, match="no form of dates"):
        date_form(form)


def test_shares_and_counts() -> None:
    assert [share("35 %", None), share("0,5", ","), share("100%", None), share("1", None)] == ["0.35", "0.5", "1", "1"]
    with pytest.raises(CellError, match="more than the whole"):
        share("2", None)
    assert whole("1 250") == "1250"
    with pytest.raises(CellError, match="not a whole number"):
        whole("12,5")
