"""Which technology areas a project is about, by rule: the phrases, codes and paths of `technology.toml`.

Each find has a confidence. EuroSciVoc says it: 0.95; a strong phrase in the title: 0.9; a weak one there: 0.6; the code of
the topic: 0.8; a strong phrase in the title of the topic: 0.7; strong phrases in the objective: 0.4 for one, 0.55 for
two, 0.7 for three, 0.8 for five or more; weak phrases there count when there are three: 0.5. Finds of different kinds strengthen each other
as if they were independent, up to 0.99. Below 0.6 nothing is said, and of two areas of which one lies within the other
only the narrower is. The share of these that people find right is in `docs/reference/bench.md`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from graph.language import technologies_above
from ontology.terms import SCHEMES

LEAST = 0.6
_MOST = 0.99
_MOST_WORDS = 1 << 18
_ENOUGH = {1: 0.4, 2: 0.55, 3: 0.7, 4: 0.7, 5: 0.8}
_AROUND = 80  # letters of the text on either side of what was found
_WORD = re.compile(r"[^\W_]+")
_WORD_OR_EXACT = re.compile(r"=?[^\W_]+")


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a text around a find: `start` and `end` count characters of the field (`title`, `objective`, `topic`)."""

    field: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Inferred:
    """An area (slug of the scheme `tech`), how it was found (slug of the scheme `method`), how sure that is, and where."""

    slug: str
    method: str
    confidence: float
    quote: Quote | None = None
    code: str | None = None


@dataclass(slots=True)
class _Find:
    """What speaks for one area."""

    by: dict[str, float] = field(default_factory=dict)  # confidence by kind of find
    quote: Quote | None = None
    code: str | None = None

    def hear(self, kind: str, confidence: float, quote: Quote | None = None, code: str | None = None) -> None:
        self.by[kind] = max(confidence, self.by.get(kind, 0.0))
        self.quote = self.quote or quote
        self.code = self.code or code

    @property
    def confidence(self) -> float:
        against = 1.0
        for sure in self.by.values():
            against *= 1.0 - sure
        return min(round(1.0 - against, 2), _MOST)


Phrase: TypeAlias = tuple[tuple[str, ...], str, str]  # words, slug, strong | weak | never
Hit: TypeAlias = tuple[str, bool, int, int]  # slug, strong, start, end


@dataclass(frozen=True, slots=True)
class _Rules:
    phrases: Mapping[str, tuple[Phrase, ...]]  # by first word, longest first
    topics: tuple[tuple[str, str], ...]
    paths: Mapping[str, str]


def infer(
    title: str, objective: str, topics: Sequence[tuple[str, str]] = (), euroscivoc: Iterable[str] = ()
) -> tuple[Inferred, ...]:
    """The areas of a project, the surest first. `topics`: (code, title) of its topics; `euroscivoc`: its paths
    (`/engineering and technology/…/wind power`)."""
    rules, finds = _rules(), dict[str, _Find]()
    for path in euroscivoc:
        slug = rules.paths.get(path.rstrip("/").rpartition("/")[2].lower())
        if slug is not None:
            finds.setdefault(slug, _Find()).hear("path", 0.95, code=path)
    for code, name in topics:
        for start, slug in rules.topics:
            if code.startswith(start):
                finds.setdefault(slug, _Find()).hear("topic", 0.8, code=code)
        for slug, strong, start_at, end in _hits(name):
            if strong:
                finds.setdefault(slug, _Find()).hear("topic title", 0.7, _quote("topic", name, start_at, end))
    for slug, strong, start_at, end in _hits(title):
        finds.setdefault(slug, _Find()).hear("title", 0.9 if strong else 0.6, _quote("title", title, start_at, end))
    _objective(objective, finds)
    return _said(finds)


def _objective(text: str, finds: dict[str, _Find]) -> None:
    strong: dict[str, list[Quote]] = {}
    weak: dict[str, list[Quote]] = {}
    for slug, is_strong, start, end in _hits(text):
        (strong if is_strong else weak).setdefault(slug, []).append(_quote("objective", text, start, end))
    for slug, quotes in strong.items():
        finds.setdefault(slug, _Find()).hear("objective", _ENOUGH[min(len(quotes), 5)], quotes[0])
    for slug, quotes in weak.items():
        if len(quotes) + len(strong.get(slug, ())) >= 3:
            finds.setdefault(slug, _Find()).hear("objective, loosely", 0.5, quotes[0])


def _said(finds: Mapping[str, _Find]) -> tuple[Inferred, ...]:
    sure = {slug: find for slug, find in finds.items() if find.confidence >= LEAST}
    wider = {above for slug in sure for above in technologies_above()[slug] if above != slug}
    said = [
        Inferred(slug, "pattern", find.confidence, find.quote, find.code)
        for slug, find in sure.items()
        if slug not in wider
    ]
    return tuple(sorted(said, key=lambda area: (-area.confidence, area.slug)))


def _hits(text: str) -> Iterator[Hit]:
    """Every phrase in the text; a phrase within a longer one of the same area is not counted again."""
    starting = _starting()
    words = _WORD.findall(text)
    starts = [index for index, word in enumerate(words) if starting[word]]
    if not starts:
        return
    found = list(_WORD.finditer(text))
    held: dict[str, int] = {}  # slug -> index of the first word that is free again
    for index in starts:
        for wanted, slug, strength in starting[words[index]]:
            last = index + len(wanted)
            if held.get(slug, 0) <= index and _matches(wanted, words, index):
                held[slug] = last
                if strength != "never":
                    yield slug, strength == "strong", found[index].start(), found[last - 1].end()


class _Starting(dict[str, Sequence[Phrase]]):
    """The phrases that may begin with a word as it is written; each word is looked up once."""

    def __missing__(self, word: str) -> Sequence[Phrase]:
        phrases = _rules().phrases
        starting = phrases.get(_plain(word), ())
        if word.isupper():
            starting = (*phrases.get(word, ()), *starting)
        if len(self) < _MOST_WORDS:
            self[word] = starting
        return starting


@cache
def _starting() -> _Starting:
    return _Starting()


def _matches(wanted: Sequence[str], words: Sequence[str], at: int) -> bool:
    return at + len(wanted) <= len(words) and all(map(_is_word, wanted, words[at : at + len(wanted)]))


def _is_word(wanted: str, word: str) -> bool:
    return wanted in (word, _plain(word)) or wanted == f"={word.lower()}"


def _wanted(word: str) -> str:
    """A word of a phrase as it is compared: capitals and `=` as they are, all else in the singular."""
    return word if word.isupper() or word.startswith("=") else _plain(word)


@lru_cache(maxsize=1 << 16)
def _plain(word: str) -> str:
    """In small letters and the singular, with British endings."""
    low = word.lower()
    low = low.replace("ization", "isation").replace("sulph", "sulf")
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    return low[:-1] if len(low) > 3 and low.endswith("s") and not low.endswith("ss") else low


def _quote(name: str, text: str, start: int, end: int) -> Quote:
    low, high = max(start - _AROUND, 0), min(end + _AROUND, len(text))
    return Quote(name, " ".join(text[low:high].split()), start, end)


@cache
def _rules() -> _Rules:
    raw: Mapping[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["area"]
    unknown = raw.keys() - SCHEMES["tech"].keys()
    if unknown:
        raise ValueError(f"technology.toml speaks of {sorted(unknown)}, which the scheme tech does not know")
    phrases: dict[str, list[Phrase]] = {}
    for slug, said in raw.items():
        for strength in ("never", "strong", "weak"):
            for phrase in said.get(strength, ()):
                words = tuple(map(_wanted, _WORD_OR_EXACT.findall(phrase)))
                first = _plain(words[0].removeprefix("="))
                phrases.setdefault(first if words[0].startswith("=") else words[0], []).append((words, slug, strength))
    topics = [(start, slug) for slug, said in raw.items() for start in said.get("topics", ())]
    paths = {end.lower(): slug for slug, said in raw.items() for end in said.get("paths", ())}
    longest = {first: tuple(sorted(held, key=lambda one: -len(one[0]))) for first, held in phrases.items()}
    return _Rules(longest, tuple(sorted(topics)), paths)
