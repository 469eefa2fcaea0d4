"""Decisions whose records have other keys now: they move by fingerprint, or wait."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.decision_lines import Decision, Pair, Suppression
from ingest.decisions import Decisions, pair_of


@dataclass(frozen=True, slots=True)
class Move:
    """A decision (or suppression) by its id, and the keys that it was about, with those that it is about now."""

    id: str
    keys: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Moved:
    """`decisions` as they stand for these records; `moves` are to be shown; `waiting` are about keys that are nowhere.

    What waits stays in `decisions`, too, under its old keys: the record may come back.
    """

    decisions: Decisions
    moves: Sequence[Move]
    waiting: Sequence[Decision | Suppression]


def moved(decisions: Decisions, records: Mapping[str, str], ids: frozenset[str] | set[str] = frozenset()) -> Moved:
    """Move what is about a key that has gone to the one record of the same source that has its fingerprint.

    `records`: the fingerprint of each record of this build by key. `ids`: other keys that are somewhere, such as ids of
    things, which may be suppressed. What somebody said about the new keys themselves goes before what moves there.
    """
    by_print: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, mark in records.items():
        by_print[_source(key), mark].append(key)

    def now(key: str, mark: str | None) -> str | None:
        if key in records or key in ids:
            return key
        found = by_print.get((_source(key), mark), []) if mark else []
        return found[0] if len(found) == 1 else None

    moves: list[Move] = []
    waiting: list[Decision | Suppression] = []
    standing: dict[Pair, Decision] = {}
    for held in sorted(decisions.standing.values(), key=lambda held: (held.at, held.id)):
        one, other = now(held.one, held.fingerprints[0]), now(held.other, held.fingerprints[1])
        if one is None or other is None or one == other:
            waiting.append(held)
            standing[held.pair] = held
        elif (pair := pair_of(one, other)) == held.pair:
            standing[pair] = held
        elif pair not in decisions.standing:
            marks = held.fingerprints if one < other else held.fingerprints[::-1]
            standing[pair] = replace(held, one=pair[0], other=pair[1], fingerprints=(marks[0], marks[1]))
            moves.append(_move(held.id, {held.one: one, held.other: other}))
    suppressed = _suppressed(decisions, now, moves, waiting)
    settled = replace(decisions, standing=standing, suppressed=suppressed)
    return Moved(settled, tuple(moves), tuple(waiting))


def _suppressed(
    decisions: Decisions,
    now: Callable[[str, str | None], str | None],
    moves: list[Move],
    waiting: list[Decision | Suppression],
) -> Mapping[str, Suppression]:
    held: dict[str, Suppression] = {}
    for key, said in decisions.suppressed.items():
        new = now(key, said.fingerprint)
        if new is None:
            waiting.append(said)
        elif new != key:
            moves.append(_move(said.id, {key: new}))
        held[new or key] = replace(said, key=new or key)
    return held


def _move(line: str, keys: Mapping[str, str]) -> Move:
    return Move(line, {old: new for old, new in keys.items() if old != new})


def _source(key: str) -> str:
    """Whose record it is: `cordis` of `cordis:org/1`, nothing of the keys of a curated source."""
    return key.partition(":")[0] if ":" in key else ""
