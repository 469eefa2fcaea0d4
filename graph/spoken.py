"""Names that a register writes in capitals, as people write them, and short enough for a picture."""

from __future__ import annotations

import re
from typing import Final

_LONGEST: Final = 32
_SHOUTED: Final = 3  # letters: such words in capitals are taken for what stands for a name (KTH, BV)
_ALONE: Final = 6  # the same for a name of one word (SINTEF)
_ARTICLES: Final = (
    "a ao as at and da das de degli dei del della delle den der des di do dos du e en et for fra för i in la las le les los"
    " na o och of og para per por pour the til till u und upon van voor y z"
)
_LITTLE: Final = frozenset(_ARTICLES.split())
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def spoken(name: str) -> str:
    """The name without the capitals and without what is in brackets, cut after a word; a name in small letters stays as it is."""
    short = re.sub(r"\s*\([^)]*\)", "", name).strip() or name
    shouts = short.isupper() and not (short.isalpha() and len(short) <= _ALONE)
    return _cut(_WORD.sub(_small, short) if shouts else short)


def _small(found: re.Match[str]) -> str:
    word = found[0]
    beside = found.string[max(found.start() - 1, 0) : found.start()], found.string[found.end() : found.end() + 1]
    if word.lower() in _LITTLE and beside == (" ", " "):
        return word.lower()
    return word if len(word) <= _SHOUTED and word.lower() not in ("the", "les") else word.capitalize()


def _cut(name: str) -> str:
    """At most so many letters and the sign that there was more; never in a word, unless the first is longer."""
    if len(name) <= _LONGEST:
        return name
    whole = name[: _LONGEST + 1].rpartition(" ")[0].rstrip(" ,.;:-–&/")
    while whole.rpartition(" ")[2].lower() in _LITTLE and " " in whole:
        whole = whole.rpartition(" ")[0]
    return f"{whole or name[:_LONGEST]}…"
