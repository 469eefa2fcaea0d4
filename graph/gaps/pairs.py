"""Missing pairs: two who never worked together, or not for long, and who have reasons to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import copysign, log1p
from typing import Final

import numpy as np
import polars as pl

from graph.gaps.actors import ActorType
from graph.gaps.answer import Answer, Note
from graph.gaps.candidates import MOST_PAIRS, Field, History, candidates, field, scores
from graph.gaps.collaboration import Collaboration
from graph.gaps.coverage import absence, coverage
from graph.gaps.kin import kin
from graph.gaps.known import row_of
from graph.gaps.ranking import ADDED, MODEL, Allowed, added, diverse, fair
from graph.gaps.reasons import Told, reasons
from graph.gaps.reasons_place import distance, nearness_of
from graph.gaps.rows import MissingPair
from graph.gaps.scoring_model import PARTS
from graph.gaps.why import nobody

EXCLUDING: Final = ("already-together", "competitors", "not-useful")
USEFUL: Final = 1.0  # what the answer "useful" adds
UNTRIED: Final = -1.0  # what it adds that neither ever worked with anybody
NEVER: Final = (
    "same-group",
    "probable-duplicate",
    "same-brand",
    "same-home-page",
    "group-meets",
    "group-linked",
    "run-by-linked",
    "kin-linked",
)  # reasons against that no reason for makes up for
_LEAST: Final = 10  # more pairs than asked for, and half as many again, are given reasons, and ranked by them
_LOOKED_AT: Final = 20_000  # pairs: so deep the diversity looks ...
_LOOKED_AT_OF_ONE: Final = 60  # ... or as many times the limit, of one organisation
_MOST_NAMED: Final = 3  # of whom a list had no room for more, as a note says
_SUMMED: Final = ("model", "reasons", *ADDED, "useful", "untried")


def pairs(
    net: Collaboration,
    *,
    limit: int = 50,
    history: Sequence[History] = ("never",),
    actor: int | None = None,
    answers: Mapping[tuple[int, int], str] | None = None,
    include_answered: bool = False,
    most_each: int | None = None,
    lapse: int = 3,
) -> Answer[MissingPair]:
    """The best `limit` pairs of the scope, those without any reason last. ActorError when `actor` is no organisation.

    actor             node id of an organisation that is in every pair, and stands first
    answers           what people said, by node ids; a pair that is answered with one of `EXCLUDING` is left out unless
                      `include_answered`; "useful" ranks up
    most_each         as often at most one corporate group is in the list; None = four times, and a fifth of a longer list
                      (not with `actor`). So the list may be shorter than the limit although `total` is larger; a note says
                      with whom the others are
    lapse             years since two worked together after which that has lapsed
    """
    said = {(min(pair), max(pair)): answer for pair, answer in (answers or {}).items()}
    held = field(net)
    row = None if actor is None else row_of(net, actor)
    found = [candidates(net, held, one, actor=row, lapse=lapse).with_columns(history=pl.lit(one)) for one in history]
    table = _answered(net, pl.concat(found), said).sort(["rank", "a", "b"], descending=[True, False, False])
    dropped = pl.col("answer").is_in(EXCLUDING)
    answered = table.filter(dropped).height
    shown = table if include_answered else table.filter(~dropped | pl.col("answer").is_null())
    each = None if actor is not None else allowed(most_each)
    looked_at = _strangers_first(net, shown.head(_LOOKED_AT if each else limit * _LOOKED_AT_OF_ONE))
    ends = list(zip(looked_at["a"].to_list(), looked_at["b"].to_list(), strict=True))
    short = looked_at[_chosen(net, ends, limit, each)]
    rows = _ranked(net, short, limit, each)
    covered = coverage(net, held.both)
    notes = list(_notes(held, answered=0 if include_answered else answered, of_all=table.height, whole=row is not None))
    return Answer(
        scope=net.scope,
        coverage=covered,
        rows=tuple(rows),
        at_least=any(note.code == "best-of-each" for note in notes),
        total=shown.height,
        notes=(absence(covered), *notes, *(_more(net, shown, rows) if each and len(rows) < limit else ())),
        empty=None if rows else _why(net, held, answered, history, lapse),
    )


def pair(net: Collaboration, a: int, b: int, history: History, answer: str | None = None) -> MissingPair:
    """One pair of rows with its score and reasons, whatever the scope."""
    from_scores = _scored_pair(net, a, b)
    told = reasons(net, [(a, b)])[0]
    return _row(net, {**from_scores, "a": a, "b": b, "history": history, "answer": answer}, told)


def _scored_pair(net: Collaboration, a: int, b: int) -> dict[str, object]:
    parts, score = scores(net, np.array([a]), np.array([b]))
    return {"score": float(score[0, 0]), **{name: float(part[0, 0]) for name, part in parts.items()}}


def _answered(net: Collaboration, table: pl.DataFrame, said: Mapping[tuple[int, int], str]) -> pl.DataFrame:
    """With `answer`, and `rank`: the score, and what the answer and the place add."""
    rows = [(int(net.row_of[a]), int(net.row_of[b]), answer) for (a, b), answer in said.items()]
    both = [row for a, b, answer in rows for row in ((a, b, answer), (b, a, answer))]
    schema = {"a": pl.Int64(), "b": pl.Int64(), "answer": pl.String()}
    held = pl.DataFrame(both, schema=schema, orient="row").unique(["a", "b"], keep="last", maintain_order=True)
    useful = (pl.col("answer") == "useful").fill_null(False)
    found = table.join(held, on=["a", "b"], how="left", maintain_order="left")
    near = pl.Series("near", nearness_of(net, found["a"].to_numpy(), found["b"].to_numpy()))
    extra = added(net, found["a"].to_numpy(), found["b"].to_numpy())
    rank = _LEVEL * MODEL + useful.cast(pl.Float32) * USEFUL + near + _untried(net, found)
    return found.with_columns(rank=rank + sum(pl.Series(part) for part in extra.values()))


def _untried(net: Collaboration, table: pl.DataFrame) -> pl.Series:
    """Of two who never worked with anybody one knows too little to put them first."""
    alone = net.strength == 0
    both = alone[table["a"].to_numpy()] & alone[table["b"].to_numpy()]
    return pl.Series("untried", both * UNTRIED)


def _strangers_first(net: Collaboration, table: pl.DataFrame) -> pl.DataFrame:
    """In the same order, those who know each other through their kin after all others."""
    through = kin(net).are_known(table["a"].to_numpy(), table["b"].to_numpy())
    strangers = (pl.col("history") == "lapsed") | ~pl.Series(through, dtype=pl.Boolean)
    return pl.concat([table.filter(strangers), table.filter(~strangers)])


_LEVEL: Final = pl.col("score").sign() * pl.col("score").abs().log1p()


def allowed(most_each: int | None) -> Allowed:
    """How often a group may stand in a list of each length."""
    return fair if most_each is None else lambda _: most_each


def _chosen(net: Collaboration, ends: Sequence[tuple[int, int]], limit: int, each: Allowed | None) -> list[int]:
    """The places of the pairs that get reasons: a list that is fair, so that the answer is full wherever it can be, and more of
    those who stand in it as often as they may, for the reasons to choose from."""
    if each is None:
        return diverse(net, ends, limit + _LEAST, None)
    most = limit + limit // 2 + _LEAST
    wide = diverse(net, ends, most, lambda length: 2 * each(length))
    return sorted({*diverse(net, ends, limit + _LEAST, each), *wide})


def _ranked(net: Collaboration, short: pl.DataFrame, limit: int, each: Allowed | None) -> list[MissingPair]:
    told = reasons(net, list(short.select("a", "b").iter_rows()))
    rows = [_row(net, row, held) for row, held in zip(short.iter_rows(named=True), told, strict=True)]
    return ranked(net, rows, limit, each)


def ranked(net: Collaboration, rows: Iterable[MissingPair], limit: int, each: Allowed | None) -> list[MissingPair]:
    """By score, diverse; what has reasons against a meeting at all, or none for it, last."""

    def good(row: MissingPair) -> bool:
        return bool(row.reasons) and not any(one.note.code in NEVER for one in row.against)

    held = sorted(rows, key=lambda row: (not good(row), not row.reasons, -row.score, row.a, row.b))
    ends = [(int(net.row_of[row.a]), int(net.row_of[row.b])) for row in held]
    count = sum(map(good, held))
    first = diverse(net, ends[:count], limit, each)
    return [held[place] for place in diverse(net, ends, limit, each, first=first, start=count)]


def level(score: float) -> float:
    """The score of the model on a scale on which reasons count: its logarithm, either side of 0."""
    return copysign(log1p(abs(score)), score)


def _row(net: Collaboration, row: Mapping[str, object], told: Told) -> MissingPair:
    score = float(str(row["score"]))
    parts = {name: float(str(row[name])) for name in PARTS} | {"model": level(score) * MODEL}
    ends = np.array([int(str(row["a"]))]), np.array([int(str(row["b"]))])
    parts |= {name: float(part[0]) for name, part in added(net, *ends).items() if part[0]}
    history: History = "lapsed" if row["history"] == "lapsed" else "never"
    answer = row.get("answer")
    return missing(
        net, (int(str(row["a"])), int(str(row["b"]))), history, parts, told, None if answer is None else str(answer)
    )


def missing(
    net: Collaboration,
    rows: tuple[int, int],
    history: History,
    parts: Mapping[str, float],
    told: Told,
    answer: str | None = None,
) -> MissingPair:
    """The pair of two rows. Its score is the sum of the parts `_SUMMED`: the others are what `model` was made of."""
    a, b = rows
    held = {name: round(value, 4) for name, value in parts.items()} | {"reasons": round(told.weight, 4)}
    held |= {"useful": USEFUL} if answer == "useful" else {}
    held |= {"untried": UNTRIED} if not (net.strength[a] or net.strength[b]) else {}
    active = [None if net.last_active[row] < 0 else int(net.last_active[row]) for row in (a, b)]
    return MissingPair(
        a=int(net.nodes[a]),
        b=int(net.nodes[b]),
        history=history,
        score=round(sum(held.get(name, 0.0) for name in _SUMMED), 4),
        parts=held,
        reasons=told.reasons,
        against=told.against,
        last_year=max((year for year in active if year is not None), default=None),
        km=distance(net, a, b),
        answer=answer,
        last_years=(active[0], active[1]),
    )


def _notes(held: Field, *, answered: int, of_all: int, whole: bool) -> Iterable[Note]:
    if held.dissolved:
        yield Note("left-out-dissolved", {"count": held.dissolved})
    if held.nameless:
        yield Note("left-out-nameless", {"count": held.nameless})
    if held.public:
        yield Note("left-out-public", {"count": held.public})
    if answered:
        yield Note("left-out-answered", {"count": answered})
    if not of_all:
        return
    cut = not whole and int(held.left.sum()) * int(held.right.sum()) > MOST_PAIRS
    yield Note("best-of-each" if cut else "all-scored", {"count": of_all})


def _more(net: Collaboration, shown: pl.DataFrame, rows: Sequence[MissingPair]) -> Iterable[Note]:
    """With whom the pairs are that the list had no room for."""
    ends = [int(net.row_of[node]) for row in rows for node in (row.a, row.b)]
    times = Counter(ends)
    groups = Counter(net.owner[ends].tolist())
    count = pl.concat([shown["a"], shown["b"]]).value_counts().sort(["count", "a"], descending=[True, False])
    had = [row for row in times if groups[net.owner[row]] >= fair(1)]
    left = [(row, all_ - times[row]) for row, all_ in count.filter(pl.col("a").is_in(had)).iter_rows()]
    for row, more in [one for one in left if one[1] > 0][:_MOST_NAMED]:
        node = int(net.nodes[row])
        yield Note("more-with", {"count": more, "key": net.columns.key_of[node]}, {"a": (node,)})


def _why(net: Collaboration, held: Field, answered: int, history: Sequence[History], lapse: int) -> Note:
    """Why there is nothing."""
    for name, mask in zip(("left", "right"), (held.left, held.right), strict=True):
        if not mask.any():
            return nobody(net, filters(net, name))
    if net.scope.regions and not (held.both & held.here).any():
        return nobody(net, filters(net, None))
    actors = {"actors": int(held.both.sum())}
    if int(held.both.sum()) < 2:
        return Note("one-alone")
    if answered:
        return Note("all-answered", actors)
    return Note("all-linked", actors) if "never" in history else Note("no-lapsed", {**actors, "years": lapse})


def filters(net: Collaboration, side: str | None) -> tuple[ActorType, ...]:
    """The types that the scope asks for; `side`: of the one side alone."""
    types = net.scope.types
    if types is None:
        return ()
    return types[:1] if side == "left" else types[1:] if side == "right" else types
