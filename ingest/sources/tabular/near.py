"""What somebody may have meant: the known words that come nearest."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

_LEAST, _MOST, _SHOWN = 70, 20, 3


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """At most three, the nearest first; of equal ones in the order of the alphabet."""
    fits = process.extract(
        word, sorted(set(known)), scorer=fuzz.WRatio, processor=default_process, score_cutoff=_LEAST, limit=_MOST
    )
    names = [name for name, _, _ in fits]  # parts of longer names fit too; those that are alike as a whole come first
    found = process.extract(word, names, scorer=fuzz.ratio, processor=default_process, limit=_SHOWN)
    return [name for name, _, _ in found]


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """Advice that names what comes near, or `otherwise` when nothing does."""
    found = nearest(word, known)
    return f"did you mean {' or '.join(repr(name) for name in found)}?" if found else otherwise
