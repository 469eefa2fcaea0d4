"""Find things by what people type: names, aliases, acronyms, beginnings of words, with or without diacritics or slips.

Order: the whole name, its beginning, the beginnings of its words, and only when there is none of these, a spelling
close to it. Within these: diacritics as
typed, the name in the asked language, the shorter name, the better connected thing.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.errors import DataFolderError
from graph.search_text import MOST_TYPED, edits, fold, tidy, tolerance, trigrams

_EXACT, _BEGINS, _WORDS, _CLOSE = 4.0, 3.0, 2.0, 1.0
_LEAST_CANDIDATES = 2_000
_MOST_WORDS = 12
_MOST_SPELLINGS = 8
_END = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing: its node id and key, a score (4 and more: the whole name ... 1: close spelling), the text that matched."""

    node: int
    key: str
    score: float
    matched: str


@dataclass(frozen=True, slots=True)
class _Scope:
    """Of which kinds (none = all) and how many names at most, those of the best connected things first."""

    kinds: tuple[str, ...]
    most: int


@dataclass(frozen=True, slots=True)
class _Name:
    node: int
    key: str
    degree: int
    shown: str
    lang: str | None
    tidy: str
    folded: str
    main: int


_SELECT = "SELECT node.node, key, degree, shown, lang, tidy, folded, main FROM name JOIN node USING (node)"


class Search:
    """The index in one SQLite file, read-only; usable from any thread."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise DataFolderError(f"there is no search index in {path}")
        self._address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        self._held = threading.local()

    def find(self, text: str, lang: str = "en", limit: int = 10, kinds: Iterable[str] = ()) -> list[Hit]:
        """The best `limit` things for what was typed, each once; `kinds` keeps those of any of these classes."""
        typed = tidy(text[:MOST_TYPED])
        folded = fold(text[:MOST_TYPED])
        if not folded or limit < 1:
            return []
        wanted = _Scope(tuple(kinds), max(limit, _LEAST_CANDIDATES))
        words = folded.split()[:_MOST_WORDS]
        found = [
            *self._names("folded = ?", (folded,), wanted),
            *self._begins(folded, wanted),
            *self._by_words([[word] for word in words], wanted),
        ]
        best = _best(found, folded, typed, lang, {})
        if not best:
            spellings = [self._spellings(word) for word in words]
            if all(spellings):
                cost = {word: slips for near in spellings for word, slips in near}
                close = self._by_words([[word for word, _ in near] for near in spellings], wanted)
                best = _best(close, folded, typed, lang, cost)
        return best[:limit]

    @property
    def _database(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._held, "connection", None)
        if connection is None:
            connection = sqlite3.connect(self._address, uri=True)
            self._held.connection = connection
        return connection

    def _names(self, where: str, values: Sequence[object], scope: _Scope) -> list[_Name]:
        of_kind = f" AND node IN (SELECT node FROM kind WHERE kind IN ({','.join('?' * len(scope.kinds))}))"
        query = f"{_SELECT} WHERE {where}{of_kind if scope.kinds else ''} ORDER BY degree DESC, name.id LIMIT ?"
        rows = self._database.execute(query, (*values, *scope.kinds, scope.most))
        return [_Name(*row) for row in rows]

    def _begins(self, folded: str, scope: _Scope) -> list[_Name]:
        return self._names("folded >= ? AND folded < ?", (folded, folded + _END), scope)

    def _by_words(self, words: Sequence[Sequence[str]], scope: _Scope) -> list[_Name]:
        """Names that hold, for each place, a word that begins with one of the alternatives (letters and digits only)."""
        match = " AND ".join("(" + " OR ".join(f'"{word}"*' for word in near) + ")" for near in words)
        return self._names("name.id IN (SELECT rowid FROM words WHERE words MATCH ?)", (match,), scope)

    def _spellings(self, word: str) -> list[tuple[str, int]]:
        """Words of the index that the typed word may be meant for, with the number of slips, the fewest first."""
        most = tolerance(word)
        if most == 0:
            return [(word, 0)]
        grams = sorted(trigrams(word))
        near = self._database.execute(
            f"SELECT word.word, count(*) AS shared FROM gram JOIN word ON word.id = gram.word "
            f"WHERE gram IN ({','.join('?' * len(grams))}) GROUP BY gram.word ORDER BY shared DESC, word.word LIMIT 200",
            grams,
        ).fetchall()
        slips = [(other, min(edits(word, other, most), edits(word, other[: len(word)], most))) for other, _ in near]
        kept = sorted((pair for pair in slips if pair[1] <= most), key=lambda pair: pair[1])
        return kept[:_MOST_SPELLINGS]


def _best(names: Iterable[_Name], folded: str, typed: str, lang: str, cost: dict[str, int]) -> list[Hit]:
    """Each thing once, by its best name."""
    best: dict[int, tuple[tuple[float, ...], Hit]] = {}
    for name in names:
        order = _order(name, folded, typed, lang, cost)
        if name.node not in best or order > best[name.node][0]:
            best[name.node] = (order, Hit(name.node, name.key, round(order[0] + order[1] / 10, 3), name.shown))
    ordered = sorted(best.values(), key=lambda pair: (tuple(-part for part in pair[0]), pair[1].key))
    return [hit for _, hit in ordered]


def _order(name: _Name, folded: str, typed: str, lang: str, cost: dict[str, int]) -> tuple[float, ...]:
    if cost:
        slips = min((slips for word, slips in cost.items() if word in name.folded.split()), default=2)
        tier = _CLOSE - 0.3 * slips
    elif name.folded == folded:
        tier = _EXACT
    else:
        tier = _BEGINS if name.folded.startswith(folded) else _WORDS
    as_typed = float(typed in name.tidy)
    whole_words = float(set(folded.split()) <= set(name.folded.split()))
    return (
        tier,
        as_typed,
        whole_words,
        float(name.degree),
        float(name.main),
        float(name.lang == lang),
        -len(name.folded),
    )
