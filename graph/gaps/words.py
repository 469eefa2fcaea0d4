"""The sentences of notes, in English and Swedish."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from graph.gaps.answer import Both, Note

Lang = Literal["en", "sv"]
_SEPARATORS = {"en": (",", "."), "sv": ("\N{NO-BREAK SPACE}", ",")}


@cache
def sentences() -> Mapping[str, Mapping[Lang, str]]:
    """By code and language."""
    text = (Path(__file__).parent / "words.toml").read_text("utf-8")
    return tomllib.loads(text)


def say(note: Note, lang: Lang, name_of: Callable[[int], str]) -> str:
    """The sentence. `name_of` gives the name of a node in that language. KeyError when the code is not known."""
    told = {name: getattr(value, lang) if isinstance(value, Both) else value for name, value in note.values.items()}
    filled = {name: _value(value, lang) for name, value in told.items()}
    filled |= {name: ", ".join(map(name_of, things)) for name, things in note.things.items()}
    return sentences()[note.code][lang].format_map(filled)


def both(note: Note) -> Both:
    """A note without things, as it stands within another one."""
    return Both(say(note, "en", str), say(note, "sv", str))


class _Number(str):
    """A number as it is written, and in `{count:pair|pairs}` the word that goes with it: the first of one, else the second."""

    __slots__ = ("single",)
    single: bool

    def __format__(self, spec: str) -> str:
        one, bar, more = spec.partition("|")
        return (one if self.single else more) if bar else super().__format__(spec)


def written(value: float, digits: int, lang: Lang) -> str:
    """A number as the language writes it."""
    thousands, point = _SEPARATORS[lang]
    return f"{value:,.{digits}f}".replace(",", "\0").replace(".", point).replace("\0", thousands)


def _value(value: str | float, lang: Lang) -> str:
    """Numbers as the language writes them; a year is a text."""
    if isinstance(value, str):
        return value
    found = _Number(written(value, 0 if isinstance(value, int) else 2, lang))
    found.single = value == 1
    return found
