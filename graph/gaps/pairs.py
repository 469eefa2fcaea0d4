"""Missing pairs: two who never worked together, or not for long, and who have reasons to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import copysign, log1p
from typing import Final

import numpy as np
import polars as pl

from graph.gaps.answer import Answer, Note
from graph.gaps.candidates import MOST_PAIRS, Field, History, candidates, field, scores
from graph.gaps.collaboration import Collaboration
from graph.gaps.coverage import absence, coverage
from graph.gaps.ground import ground
from graph.gaps.known import row_of
from graph.gaps.reasons import Told, reasons
from graph.gaps.reasons_place import distance, nearness_of
from graph.gaps.rows import MissingPair
from graph.gaps.scoring_model import PARTS

EXCLUDING: Final = ("already-together", "competitors", "not-useful")
USEFUL: Final = 1.0  # what the answer "useful" adds
UNTRIED: Final = -1.0  # what it adds that neither ever worked with anybody
NEVER: Final = (
    "same-group",
    "probable-duplicate",
    "same-brand",
    "group-meets",
)  # reasons against that no reason for makes up for
_LEAST: Final = 10  # more pairs than asked for are given reasons, and ranked by them
_LOOKED_AT: Final = 60  # times the limit: so deep the diversity looks


def pairs(
    net: Collaboration,
    *,
    limit: int = 50,
    history: Sequence[History] = ("never",),
    actor: int | None = None,
    answers: Mapping[tuple[int, int], str] | None = None,
    include_answered: bool = False,
    most_each: int = 3,
    lapse: int = 3,
) -> Answer[MissingPair]:
    """The best `limit` pairs of the scope, those without any reason last. ActorError when `actor` is no organisation.

    actor             node id of an organisation that is in every pair, and stands first
    answers           what people said, by node ids; a pair that is answered with one of `EXCLUDING` is left out unless
                      `include_answered`; "useful" ranks up
    most_each         as often at most one corporate group is in the list (not with `actor`)
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
    each = most_each if actor is None else None
    ends = list(shown.head(limit * _LOOKED_AT).select("a", "b").iter_rows())
    short = shown[diverse(net, ends, limit + (_LEAST if each is None else max(_LEAST, limit)), each)]
    rows = _ranked(net, short, limit, each)
    covered = coverage(net, held.both)
    notes = _notes(held, answered=0 if include_answered else answered, of_all=table.height)
    return Answer(
        scope=net.scope,
        coverage=covered,
        rows=tuple(rows),
        total=shown.height,
        notes=(absence(covered), *notes),
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
    return found.with_columns(rank=_LEVEL + useful.cast(pl.Float32) * USEFUL + near + _untried(net, found))


def _untried(net: Collaboration, table: pl.DataFrame) -> pl.Series:
    """Of two who never worked with anybody one knows too little to put them first."""
    nobody = ground(net).net.strength == 0
    both = nobody[table["a"].to_numpy()] & nobody[table["b"].to_numpy()]
    return pl.Series("untried", both * UNTRIED)


_LEVEL: Final = pl.col("score").sign() * pl.col("score").abs().log1p()


def diverse(net: Collaboration, ends: Sequence[tuple[int, int]], most: int, each: int | None) -> list[int]:
    """The places of the first `most` pairs of rows in which two corporate groups meet once, and each of them stands
    `each` times at most; when these are too few, twice as often, and so on."""
    seen: dict[int, int] = {}
    met: set[tuple[int, int]] = set()
    kept: list[int] = []
    groups = [sorted((int(net.owner[a]), int(net.owner[b]))) for a, b in ends]
    waiting = list(range(len(ends)))
    while waiting and len(kept) < most:
        beyond = []
        for place in waiting:
            one, other = groups[place]
            if (one, other) in met and one != other:
                continue
            if each is None or max(seen.get(one, 0), seen.get(other, 0)) < each:
                kept.append(place)
                met.add((one, other))
                seen |= {one: seen.get(one, 0) + 1, other: seen.get(other, 0) + 1}
            else:
                beyond.append(place)
            if len(kept) == most:
                break
        waiting, each = beyond, None if each is None else each * 2
    return kept


def _ranked(net: Collaboration, short: pl.DataFrame, limit: int, each: int | None) -> list[MissingPair]:
    told = reasons(net, list(short.select("a", "b").iter_rows()))
    rows = [_row(net, row, held) for row, held in zip(short.iter_rows(named=True), told, strict=True)]
    return ranked(net, rows, limit, each)


def ranked(net: Collaboration, rows: Iterable[MissingPair], limit: int, each: int | None) -> list[MissingPair]:
    """By score, diverse; what has reasons against a meeting at all, or none for it, last."""
    held = sorted(rows, key=lambda row: (-row.score, row.a, row.b))
    good = [row for row in held if row.reasons and not any(one.note.code in NEVER for one in row.against)]
    ends = [(int(net.row_of[row.a]), int(net.row_of[row.b])) for row in good]
    first = [good[place] for place in diverse(net, ends, limit, each)]
    rest = [row for row in held if row not in good]
    return [*first, *sorted(rest, key=lambda row: (not row.reasons, -row.score, row.a, row.b))][:limit]


def level(score: float) -> float:
    """The score of the model on a scale on which reasons count: its logarithm, either side of 0."""
    return copysign(log1p(abs(score)), score)


def _row(net: Collaboration, row: Mapping[str, object], told: Told) -> MissingPair:
    score = float(str(row["score"]))
    parts = {name: float(str(row[name])) for name in PARTS} | {"model": level(score)}
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
    """The pair of two rows. Its score is the part `model`, what the reasons weigh, and what an answer adds."""
    a, b = rows
    known = ground(net).net  # whose sums over the whole map are at hand
    held = {name: round(value, 4) for name, value in parts.items()} | {"reasons": round(told.weight, 4)}
    held |= {"useful": USEFUL} if answer == "useful" else {}
    held |= {"untried": UNTRIED} if not (known.strength[a] or known.strength[b]) else {}
    active = [None if known.last_active[row] < 0 else int(known.last_active[row]) for row in (a, b)]
    return MissingPair(
        a=int(net.nodes[a]),
        b=int(net.nodes[b]),
        history=history,
        score=round(sum(held.get(name, 0.0) for name in ("model", "reasons", "useful", "untried")), 4),
        parts=held,
        reasons=told.reasons,
        against=told.against,
        last_year=max((year for year in active if year is not None), default=None),
        km=distance(net, a, b),
        answer=answer,
        last_years=(active[0], active[1]),
    )


def _notes(held: Field, *, answered: int, of_all: int) -> Iterable[Note]:
    if held.dissolved:
        yield Note("left-out-dissolved", {"count": held.dissolved})
    if held.nameless:
        yield Note("left-out-nameless", {"count": held.nameless})
    if answered:
        yield Note("left-out-answered", {"count": answered})
    yield Note(
        "best-of-each" if int(held.left.sum()) * int(held.right.sum()) > MOST_PAIRS else "all-scored", {"count": of_all}
    )


def _why(net: Collaboration, held: Field, answered: int, history: Sequence[History], lapse: int) -> Note:
    """Why there is nothing."""
    for name, mask in zip(("left", "right"), (held.left, held.right), strict=True):
        if not mask.any():
            return Note("no-actors", {"filters": filters(net, name)})
    if net.scope.regions and not (held.both & held.here).any():
        return Note("no-actors", {"filters": filters(net, None)})
    actors = {"actors": int(held.both.sum())}
    if answered:
        return Note("all-answered", actors)
    return Note("all-linked", actors) if "never" in history else Note("no-lapsed", {**actors, "years": lapse})


def filters(net: Collaboration, side: str | None) -> str:
    """What the scope asks for, as it was typed; `side`: with the type of the one side alone."""
    scope = net.scope
    types = (
        ()
        if scope.types is None
        else (scope.types[0],)
        if side == "left"
        else (scope.types[1],)
        if side == "right"
        else scope.types
    )
    return ", ".join((*scope.technologies, *scope.regions, *types)) or "-"
