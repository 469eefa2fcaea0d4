"""Rows of two funders that tell of one grant: it is counted once, for the funder whose number it bears."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path

from ingest.sources.swecris.grants import Grant

_FOLDER = Path(__file__).parent / "lookups"


@cache
def numbering() -> Mapping[str, re.Pattern[str]]:
    """How funders number their own grants, by organisation number, where that tells a repeated row."""
    with (_FOLDER / "numbering.csv").open(encoding="utf-8", newline="") as stream:
        return {row["funder"]: re.compile(row["pattern"]) for row in csv.DictReader(stream)}


def is_own(grant: Grant) -> bool:
    """Whether the number may be one of the funder that the row names."""
    pattern = numbering().get(grant.funder.number)
    return pattern is None or bool(pattern.fullmatch(grant.number))


def twins(grants: Sequence[Grant]) -> Mapping[str, Sequence[Grant]]:
    """By id of the grant that is kept: the rows that repeat it.

    Rows with one number, one title (in either language) and one coordinating organisation, but of different funders. The
    row is kept whose number is its funder's own; of several, the one that was loaded first.
    """
    numbered: dict[tuple[str, str], list[Grant]] = {}
    for grant in grants:
        numbered.setdefault((grant.number, grant.coordinator.number), []).append(grant)
    found: dict[str, Sequence[Grant]] = {}
    for held in numbered.values():
        left = sorted(held, key=lambda grant: (not is_own(grant), grant.loaded or "9"))
        while left:
            kept, *others = left
            same = [other for other in others if _same(kept, other)]
            if same:
                found[kept.id] = same
            left = [other for other in others if other not in same]
    return found


def total(grants: Sequence[Grant]) -> Decimal:
    """The sum of what the rows state, in kronor."""
    return sum((Decimal(grant.sek) for grant in grants if grant.sek), Decimal(0))


def other_sum(one: Grant, other: Grant) -> bool:
    """Whether the two rows state sums that differ."""
    return bool(one.sek and other.sek) and Decimal(one.sek) != Decimal(other.sek)


def _same(one: Grant, other: Grant) -> bool:
    return one.funder.number != other.funder.number and bool(_titles(one) & _titles(other))


def _titles(grant: Grant) -> set[str]:
    """Both titles, letters and digits alone."""
    return {re.sub(r"[\W_]+", "", title).casefold() for title in (grant.title_sv, grant.title_en)} - {""}
