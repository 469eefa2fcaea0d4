"""What somebody may have meant: the known words that come nearest."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

_LEAST, _SHOWN = 70, 3


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """At most three, the nearest first; of equal ones in the order of the alphabet."""
    found = process.extract(word, sorted(set(known)), scorer=fuzz.WRatio, processor=default_process, limit=_SHOWN)
    return [name for name, score, _ in found if score >= _LEAST]


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """Advice that names what comes near, or `otherwise` when nothing does."""
    found = nearest(word, known)
    return f"did you mean {' or '.join(repr(name) for name in found)}?" if found else otherwise
