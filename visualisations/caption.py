"""What stands beside an exported picture: language, selection, date and sources."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Lang: TypeAlias = Literal["en", "sv"]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One source that the data comes from; `date` is the day up to which its records hold."""

    title: str
    publisher: str
    licence: str
    homepage: str
    date: str


@dataclass(frozen=True, slots=True)
class Caption:
    """Words and dates for an export.

    `built` is the UTC time at which the generation was built; `choices` are (facet, value) pairs in the words of `lang`
    that say what was selected, empty for the whole map.
    """

    lang: Lang = "en"
    built: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    sources: tuple[SourceLine, ...] = field(default_factory=tuple)
