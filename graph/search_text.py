"""How names are folded and cut for the search, the same when the index is built and when it is asked."""

from __future__ import annotations

import unicodedata

MOST_TYPED = 200
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


def tidy(text: str) -> str:
    """Small letters with their diacritics, words of letters and digits joined by one space; `Å-B` becomes `å b`."""
    plain = unicodedata.normalize("NFC", text).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


def fold(text: str) -> str:
    """As `tidy`, without diacritics: `Malmö` becomes `malmo`."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return tidy("".join(c for c in apart if not unicodedata.combining(c)))


def trigrams(word: str) -> set[str]:
    """Runs of three letters of a folded word, its ends marked: `kth` gives ` kt`, `kth`, `th `."""
    marked = f" {word} "
    return {marked[i : i + 3] for i in range(len(marked) - 2)}


def edits(one: str, other: str, most: int) -> int:
    """How many letters must be changed, added, dropped or swapped with their neighbour; `most` + 1 when it is more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, c in enumerate(one, 1):
        row = [i]
        for j, d in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (c != d))
            if i > 1 and j > 1 and c == other[j - 2] and one[i - 2] == d:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return last[-1]


def tolerance(word: str) -> int:
    """How many typing errors a word may hold: none under four letters, one under eight, else two."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2
