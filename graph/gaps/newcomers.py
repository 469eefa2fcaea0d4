"""Organisations with no tie at all: whom they should meet, by what they write, work on, and where and what they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from graph.gaps.answer import Answer, Note
from graph.gaps.candidates import Field, field
from graph.gaps.collaboration import Collaboration, Ints, Mask
from graph.gaps.coverage import absence, coverage
from graph.gaps.doubles import doubles_of
from graph.gaps.ground import actor_words, ground
from graph.gaps.names import called, kin
from graph.gaps.occasions import things
from graph.gaps.pairs import EXCLUDING, NEVER, allowed, filters, level, missing, ranked
from graph.gaps.reasons import Told, reasons
from graph.gaps.reasons_place import near
from graph.gaps.rows import MissingPair
from graph.gaps.same import Same
from graph.gaps.scoring_model import model
from graph.gaps.text import unit
from graph.gaps.why import nobody

PARTS: Final = ("gravity", "words", "technology", "near")
# What each part counts, by its spread; chosen on hidden ties of the demo and of CORDIS (docs/explanation/gaps.md).
_WEIGHTS: Final = {"gravity": 1.0, "words": 0.75, "technology": 0.5, "near": 0.5}
_EACH: Final = 3  # partners of one newcomer
_MOST_CELLS: Final = 20_000_000
_BLOCK: Final = 128
_SAMPLE: Final = 512
_MOST_SPREADS: Final = 6.0  # no likeness counts for more, or it outweighs all else

_DEEP: Final = 10  # so many times as many pairs as are wanted are looked at for reasons
_ALIKE: Final = 1.0  # spreads above the mean, from which on texts may have a topic in common
_CONTENT: Final = ("shared-topic", "shared-technology", "research-", "maker-")  # reasons that speak of what both do

_Pair = tuple[int, int, dict[str, float]]
Dense = npt.NDArray[np.float64]


def newcomers(
    net: Collaboration,
    *,
    limit: int = 50,
    actor: int | None = None,
    answers: Mapping[tuple[int, int], str] | None = None,
    most_each: int | None = None,
) -> Answer[MissingPair]:
    """For each organisation of the scope without any tie its best partners, which stand second; the best pairs first.

    actor      row of the one newcomer that is asked about (then as many partners as the limit)
    most_each  as often at most one corporate group is in the list
    """
    held = field(net)
    here = held.here if net.scope.regions else np.ones(len(net.nodes), dtype=bool)
    new = _without_ties(net, held.both & here) if actor is None else np.array([actor])
    few = _best_described(net, new)
    most = _EACH if actor is None else limit
    said = {(min(pair), max(pair)): answer for pair, answer in (answers or {}).items()}
    pairs = [
        pair for start in range(0, len(few), _BLOCK) for pair in _best(net, held, few[start : start + _BLOCK], most)
    ]
    pairs.sort(key=lambda pair: (-pair[2]["model"], pair[0], pair[1]))
    answer = {pair[:2]: said.get(_nodes(net, pair[0], pair[1])) for pair in pairs}
    kept = [pair for pair in pairs if answer[pair[:2]] not in EXCLUDING]
    rows, looked_at = _told(net, kept, answer, limit)
    shown = tuple(ranked(net, rows, limit, None if actor is not None else allowed(most_each)))
    covered = coverage(net, held.both)
    silent = len(few) - len({a for a, _, _ in pairs}) if shown and actor is None else 0
    return Answer(
        scope=net.scope,
        coverage=covered,
        rows=shown,
        total=len(rows) if looked_at == len(kept) else len(kept),
        at_least=len(few) < len(new),
        notes=(absence(covered), *_notes(len(few), len(new), silent)),
        empty=None if shown else _why(net, held, here, new),
    )


def _told(
    net: Collaboration, kept: Sequence[_Pair], answer: Mapping[tuple[int, int], str | None], limit: int
) -> tuple[list[MissingPair], int]:
    """The first pairs with reasons that bear a meeting, twice as many as are asked for, and how many were looked at."""
    rows: list[MissingPair] = []
    wanted = limit * 2 + 10
    start = 0
    while start < min(len(kept), wanted * _DEEP) and len(rows) < wanted:
        some = kept[start : start + wanted]
        start += len(some)
        for (a, b, parts), told in zip(some, reasons(net, [pair[:2] for pair in some]), strict=True):
            if _bears(told):
                rows.append(missing(net, (a, b), "never", parts, told, answer[a, b]))
    return rows, start


def _bears(told: Told) -> bool:
    """Two reasons, one of them of content, and none against any meeting."""
    codes = [reason.note.code for reason in told.reasons]
    return (
        len(codes) > 1
        and any(code.startswith(_CONTENT) for code in codes)
        and not any(reason.note.code in NEVER for reason in told.against)
    )


def _notes(looked_at: int, new: int, silent: int) -> Iterable[Note]:
    if looked_at < new:
        yield Note("newcomers-cut", {"count": looked_at})
    if silent:
        yield Note("newcomers-thin", {"count": silent})


def newcomer_scores(net: Collaboration, rows: Ints) -> tuple[dict[str, Dense], Dense]:
    """Parts, and their sum, for the actors `rows` against everybody, whoever they met."""
    held = _features(Same(net))
    base = model(net)
    parts = {
        "gravity": np.asarray(base.sparse.z("gravity", base.gravity(rows)), dtype=np.float64),
        "words": held.words_of(rows),
        "technology": held.technology_of(rows),
        "near": near(net, rows).astype(np.float64),
    }
    return parts, np.asarray(sum(_WEIGHTS[name] * part for name, part in parts.items()), dtype=np.float64)


@dataclass(frozen=True, eq=False)
class _Features:
    """Rows of length 1, and mean and spread of the likeness between those of a sample."""

    words: csr_array
    telling: Mask  # who has more to read than a name
    technology: csr_array
    words_spread: tuple[float, float]
    technology_spread: tuple[float, float]

    def words_of(self, rows: Ints) -> Dense:
        """Likeness of texts in spreads from the mean; nothing where there is a name alone."""
        return _z(self.words, rows, self.words_spread) * self.telling[rows][:, np.newaxis]

    def technology_of(self, rows: Ints) -> Dense:
        """The same of technologies."""
        return _z(self.technology, rows, self.technology_spread)


@lru_cache(maxsize=3)
def _features(same: Same) -> _Features:
    net = same.net
    words = actor_words(net)
    technology = unit(csr_array(net.stated.astype(np.float64) + (net.practised > 0)))
    return _Features(words, _telling(net), technology, _spread(words), _spread(technology))


def _telling(net: Collaboration) -> Mask:
    """Who is described, or takes part in something that is: a name alone is no text."""
    nodes = net.columns.nodes
    described = (nodes["description_en"].is_not_null() | nodes["description_sv"].is_not_null()).to_numpy()
    of = things(net.columns)[: net.met.shape[1]]
    told = np.zeros(net.met.shape[1])
    told[: len(of)] = (of >= 0) & described[of]
    return np.asarray(described[net.nodes] | (net.met.astype(np.float64) @ told > 0), dtype=bool)


def _spread(table: csr_array) -> tuple[float, float]:
    filled = np.flatnonzero(np.diff(table.indptr))
    picked = filled[:: max(1, len(filled) // _SAMPLE)]
    alike = (table[picked] @ table[picked].T).toarray()[np.triu_indices(len(picked), 1)]
    return (float(alike.mean()), float(alike.std()) or 1.0) if alike.size else (0.0, 1.0)


def _z(table: csr_array, rows: Ints, spread: tuple[float, float]) -> Dense:
    found: Dense = np.minimum(((table[rows] @ table.T.tocsr()).toarray() - spread[0]) / spread[1], _MOST_SPREADS)
    return found


def _without_ties(net: Collaboration, here: Mask) -> Ints:
    return np.flatnonzero(here & (np.diff(net.ever.indptr) == 0))


def _best_described(net: Collaboration, new: Ints) -> Ints:
    """As many newcomers as can be looked at; those first that say what they do."""
    most = max(_MOST_CELLS // max(len(net.nodes), 1), 1)
    if len(new) <= most:
        return new
    telling = _features(Same(net)).telling[new]
    return np.sort(new[np.lexsort((new, ~telling))][:most])


def _best(net: Collaboration, held: Field, rows: Ints, most: int) -> list[_Pair]:
    """The best partners of each of the rows, on the other side of the scope: those who have worked with somebody, share
    words or a technology with it, and are not the same organisation, or of the same name, again."""
    parts, score = newcomer_scores(net, rows)
    known = net.strength > 0
    content = _content(net, rows, parts["words"])
    same = doubles_of(net)[rows].toarray()
    found = []
    for place, row in enumerate(rows.tolist()):
        fits = (held.right if held.left[row] else held.left) | (
            held.both if held.left[row] and held.right[row] else False
        )
        worth = np.where(fits & known & content[place] & ~same[place], score[place], -np.inf)
        worth[row] = -np.inf
        best = (other for other in np.lexsort((np.arange(len(worth)), -worth)).tolist() if np.isfinite(worth[other]))
        for other in islice((one for one in best if not _kin(net, row, one)), most):
            told = {name: float(part[place, other]) for name, part in parts.items()}
            found.append((row, other, {**told, "model": level(float(worth[other]))}))
    return found


def _content(net: Collaboration, rows: Ints, words: Dense) -> Mask:
    """Rows x actors: who shares a technology with each that is narrow enough, or writes of the same."""
    narrow = ground(net).narrow
    return np.asarray(((narrow[rows] @ narrow.T).toarray() > 0) | (words > _ALIKE), dtype=bool)


def _kin(net: Collaboration, row: int, other: int) -> bool:
    names = called(net.columns)
    return kin(names.get(int(net.nodes[row]), ()), names.get(int(net.nodes[other]), ()))


def _nodes(net: Collaboration, a: int, b: int) -> tuple[int, int]:
    one, other = int(net.nodes[a]), int(net.nodes[b])
    return min(one, other), max(one, other)


def _why(net: Collaboration, held: Field, here: Mask, new: Ints) -> Note:
    """Why there is nothing; `here` are all who are in the regions of the scope."""
    actors = int((held.both & here).sum())
    if not actors:
        return nobody(net, filters(net, None))
    if not len(new):
        return Note("no-newcomers", {"actors": actors})
    others = (held.both & (net.strength > 0)).any()
    return Note("newcomers-thin" if others else "newcomers-alone", {"count": len(new)})
