"""Which funding round of the data an investment belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ingest.contract import Record
from ingest.sources.sweden import tables as t


class Rounds:
    """The rounds that stand as activities, with their companies, dates and known investors."""

    def __init__(self, rows: Sequence[Record], companies: Mapping[str, tuple[str, str]]) -> None:
        activities = {
            row.values["slug"]: (row.values["start"], row.values["end"]) for row in rows if row.table == t.ACTIVITIES
        }
        self._companies = {slug: company for slug, (company, _) in companies.items() if slug in activities}
        self._spans = {slug: activities[slug] for slug in self._companies}
        self._investors: dict[str, set[str]] = {slug: set() for slug in self._companies}
        for row in rows:
            if row.values.get("activity") in self._investors:
                self._investors[row.values["activity"]].add(row.values.get("organisation") or row.values["funder"])

    def company(self, slug: str) -> str:
        """The company that the round `slug` gives money to; empty when it is no round."""
        return self._companies.get(slug, "")

    def of(self, investor: str, company: str, date: str) -> str:
        """The round of this company that the investment is in, or empty when none, or more than one, fits.

        A dated round fits when the date lies in its span, as far as both are known; of several the one with the very same
        date, or in which the data names the investor. An undated one, or one for an undated investment, must name him.
        """
        own = [slug for slug, of in self._companies.items() if of == company]
        named = [slug for slug in own if investor in self._investors[slug]]
        dated = [slug for slug in own if date and self._spans[slug][0] and within(date, *self._spans[slug])]
        same = [slug for slug in dated if self._spans[slug][0] == date]
        loose = [slug for slug in named if not date or not self._spans[slug][0]]
        for found in (same, [slug for slug in dated if slug in named], dated, loose):
            if len(found) == 1:
                return found[0]
        return ""


def within(date: str, start: str, end: str) -> bool:
    """Whether a partial date may lie between two others; an empty end is the start."""
    end = end or start
    after_start = date[: len(start)] >= start[: len(date)]
    return after_start and date[: len(end)] <= end[: len(date)]


def compatible(one: str, other: str) -> bool:
    """Whether two partial dates may mean one day, as far as both are known."""
    known = min(len(one), len(other))
    return one[:known] == other[:known]
