"""How alike two things are: one number from 0 to 1 with its reasons.

It begins with the likeness of the names (the best of all pairs of names, letters and order of words counted, 0.6 and below
is nothing). Each thing in common takes away a part of the doubt that is left: an acronym 35 %, a home page 50 %, a town 20 %.
Each that both have and that differs takes away a part of the score: town 15 %, home page 20 %, legal form 20 %.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from rapidfuzz.fuzz import ratio, token_sort_ratio
from rapidfuzz.process import cpdist

from ingest.resolve.blocks import Thing
from ingest.resolve.names import Name

# The words of reasons without their numbers, as the filter of the review takes them.
REASONS = ("name", "same acronym", "same home page", "other home page", "same town", "other town", "other legal form")
_NO_LIKENESS = 0.6
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
    doubt = 1.0 - 0.9 * max(0.0, (value - _NO_LIKENESS) / (1 - _NO_LIKENESS)) ** 1.5
    lost = 1.0
    acronyms = (one.acronyms & other.initials) | (other.acronyms & one.initials)
    if acronyms:
        doubt *= 0.65
        reasons.append("same acronym")
    if one.hosts & other.hosts:
        doubt *= 0.5
        reasons.append("same home page")
    elif one.hosts and other.hosts:
        lost *= 0.8
        reasons.append("other home page")
    if one.towns & other.towns:
        doubt *= 0.8
        reasons.append("same town")
    elif one.towns and other.towns:
        lost *= 0.85
        reasons.append("other town")
    if a.form and b.form and a.form != b.form:
        lost *= 0.8
        reasons.append("other legal form")
    return round((1.0 - doubt) * lost, 4), reasons
