"""Which funding round of the data an investment belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ingest.contract import Record
from ingest.sources.sweden import tables as t


class Rounds:
    """The rounds that stand as activities, with their companies, dates and known investors."""

    def __init__(self, rows: Sequence[Record], companies: Mapping[str, tuple[str, str]]) -> None:
        activities = {row.values["slug"]: row.values["start"] for row in rows if row.table == t.ACTIVITIES}
        self._companies = {slug: company for slug, (company, _) in companies.items() if slug in activities}
        self._starts = {slug: activities[slug] for slug in self._companies}
        self._investors: dict[str, set[str]] = {slug: set() for slug in self._companies}
        for row in rows:
            if row.values.get("activity") in self._investors:
                self._investors[row.values["activity"]].add(row.values.get("organisation") or row.values["funder"])

    def company(self, slug: str) -> str:
        """The company that the round `slug` gives money to; empty when it is no round."""
        return self._companies.get(slug, "")

    def of(self, investor: str, company: str, date: str) -> str:
        """The round of this company that the investment is in, or empty when none, or more than one, fits.

        A round fits when the dates agree as far as both are known. Among those that fit, the ones in which the data names
        the investor go first, then the one with the very same date. Without a date the investor must be named.
        """
        fits = [slug for slug, of in self._companies.items() if of == company and compatible(self._starts[slug], date)]
        named = [slug for slug in fits if investor in self._investors[slug]]
        same = [slug for slug in fits if date and self._starts[slug] == date]
        for found in (named, same, fits if date else []):
            if len(found) == 1:
                return found[0]
        return ""


def compatible(one: str, other: str) -> bool:
    """Whether two partial dates may mean one day, as far as both are known."""
    known = min(len(one), len(other))
    return one[:known] == other[:known]


def most_precise(dates: Iterable[str]) -> str:
    """The date that says most; of equals the first of the calendar."""
    return min(dates, key=lambda date: (-len(date), date), default="")
