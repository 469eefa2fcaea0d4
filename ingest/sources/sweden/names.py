"""Which language a name is in, and which short forms are made of initials."""

from __future__ import annotations

import re
from collections.abc import Iterable

from graph.node import Node, Text

_SWEDISH_WORDS = re.compile(
    r"\b(?:AB|och|i|för|kommun|stad|stiftelsen|föreningen|län|Svensk|Svenska|Svenskt|Sverige|Energi)\b|[åäöÅÄÖ]|"
    r"(?:verket|fonden|bron|kontoret|ringen|krysset|kraft|forsk)\b|Akademiska Hus|Global Utmaning"
)
_ENGLISH_WORDS = re.compile(
    r"\b(?:of|and|the|in|for|University|Institute|Department|Division|Centre|Center|Group|Technology|Research|Fund|Swedish|"
    r"Sweden|Energy|Capital|Ventures|Partners|Science|Park|Project|project|stage|plant|factory|programme|round|Municipality)\b"
)


def language(name: str, country: str) -> str:
    """`sv` for a name in Sweden that is spelt as Swedish, `en` for every other: it serves in all languages."""
    swedish = country == "SE" and _SWEDISH_WORDS.search(name) and not _ENGLISH_WORDS.search(name)
    return "sv" if swedish else "en"


def add_names(node: Node, main: str, country: str, *, sv: str = "", en: str = "", others: Iterable[str] = ()) -> None:
    """One name a language; what is left becomes another name or an acronym."""
    if not en and main != sv:
        known = "en" if sv else language(main, country)
        sv, en = (main, en) if known == "sv" else (sv, main)
    node.add("name", Text(sv, "sv")).add("name", Text(en, "en"))
    for other in dict.fromkeys([main, *others]):
        if other and other not in (sv, en):
            node.add("acronym" if is_acronym(other) else "altName", other)


def is_acronym(name: str) -> bool:
    """Whether it is one word of two to eight characters, most of whose letters are capitals (`SCBN`, `CECoST`)."""
    letters = [letter for letter in name if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    return 2 <= len(name) <= 8 and " " not in name and capitals >= 2 and capitals * 2 > len(letters)
