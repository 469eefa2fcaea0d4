"""How alike two things are: the probability, from 0 to 1, that they are one, with its reasons.

It is a logistic sum: the likeness of the names (the best of all pairs of names, letters and order of words counted, 0.6 and
below is nothing), what both have in common, what differs, and whether one source lists both, which then mostly knows them
apart. The weights were fitted on the half `tune` of tests/benchmarks/resolution (345 pairs, scipy, ridge of 1), rounded, and
a town in common, which tells little among the hard pairs of that set, was set to a half by hand.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from rapidfuzz.fuzz import ratio, token_sort_ratio
from rapidfuzz.process import cpdist

from ingest.resolve.blocks import Thing
from ingest.resolve.names import Name

# The words of reasons without their numbers, as the filter of the review takes them.
REASONS = ("name", "same acronym", "same home page", "other home page", "same town", "other town", "other legal form")
_NO_LIKENESS = 0.6
_NOTHING, _NAME = -1.8, 3.6
_AT_ONCE = 500_000

Likeness = tuple[float, Name, Name]


def likenesses(couples: Sequence[tuple[Thing, Thing]]) -> list[Likeness]:
    """For each couple the best likeness of two names, and these names."""
    ones: list[Name] = []
    others: list[Name] = []
    owner: list[int] = []
    for number, (one, other) in enumerate(couples):
        for a in one.names:
            for b in other.names:
                ones.append(a)
                others.append(b)
                owner.append(number)
    found = np.zeros(len(ones), dtype=np.float32)
    for start in range(0, len(ones), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        texts = [name.core for name in ones[part]], [name.core for name in others[part]]
        sorted_words = cpdist(*texts, scorer=token_sort_ratio, dtype=np.float32)
        found[part] = np.maximum(sorted_words, cpdist(*texts, scorer=ratio, dtype=np.float32)) / np.float32(100)
    best: list[Likeness] = [(0.0, Name("", ""), Name("", ""))] * len(couples)
    for number, value, a, b in zip(owner, found.tolist(), ones, others, strict=True):
        if (value, a.form == b.form) > (best[number][0], best[number][1].form == best[number][2].form):
            best[number] = (value, a, b)
    return best


def score(one: Thing, other: Thing, likeness: Likeness) -> tuple[float, list[str]]:
    """The number and its reasons, the name first."""
    value, a, b = likeness
    reasons = [f"name {value:.2f}"] if value > _NO_LIKENESS else []
    odds = _NOTHING + _NAME * max(0.0, (value - _NO_LIKENESS) / (1 - _NO_LIKENESS))
    said = (
        ("same acronym", 1.6, (one.acronyms & other.initials) | (other.acronyms & one.initials)),
        ("same home page", 1.2, one.hosts & other.hosts),
        ("other home page", -0.9, one.hosts and other.hosts and one.hosts.isdisjoint(other.hosts)),
        ("same town", 0.5, one.towns & other.towns),
        ("other town", -1.0, one.towns and other.towns and one.towns.isdisjoint(other.towns)),
        ("other legal form", -0.9, a.form and b.form and a.form != b.form),
        ("both in one source", -2.0, one.sources & other.sources),
    )
    for reason, weight, holds in said:
        if holds:
            odds += weight
            reasons.append(reason)
    return round(1.0 / (1.0 + math.exp(-odds)), 4), reasons
