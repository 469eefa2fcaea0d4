"""What only looks alike: pairs for people to decide, ordered by score and by what a merge would change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

import polars as pl

from graph.identities import CANDIDATES
from ingest.resolve.alike import likenesses, score
from ingest.resolve.blocks import Thing, pairs
from ingest.resolve.codes import ONE_ONLY
from ingest.resolve.effect import Effects
from ingest.resolve.links import Conflict
from ingest.resolve.records import Record
from ontology.schema import exclude

MOST = 5_000
LEAST_SCORE = 0.3
_CONFLICT = 0.5  # the score of a conflict whose names say nothing

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Candidates:
    """The table, how many pairs of it are conflicts, and how many lesser pairs were left out of it."""

    table: pl.DataFrame
    conflicts: int
    over: int


def candidates(
    members: Sequence[Sequence[str]],
    records: Mapping[str, Record],
    conflicts: Iterable[Conflict],
    effects: Effects,
    *,
    apart: Iterable[Pair],
    id_of: Mapping[str, str],
) -> Candidates:
    """The pairs of clusters (`members`) to look at. `apart` are pairs of records that are settled as different."""
    things = [Thing.of(number, [records[key] for key in keys]) for number, keys in enumerate(members)]
    home = {key: number for number, keys in enumerate(members) for key in keys}
    settled = {_sorted(home[a], home[b]) for a, b in apart if a in home and b in home}
    said = {_sorted(home[c.a], home[c.b]): c for c in conflicts}
    found = [(a, b) for a, b in pairs(things).iter_rows() if (a, b) not in settled and _may(things[a], things[b])]
    found = sorted(set(found) | said.keys())  # a conflict is told although its things were told apart
    rows = []
    likeness = likenesses([(things[a], things[b]) for a, b in found])
    for (a, b), like in zip(found, likeness, strict=True):
        one, other, conflict = things[a], things[b], said.get((a, b))
        value, reasons = score(one, other, like)
        if conflict:
            value, reasons = max(value, _CONFLICT), [*reasons, f"conflict: {conflict.reason}"]
        if value >= LEAST_SCORE:
            weight = round(value * effects.weight(members[a], members[b]), 4)
            keys = (conflict.a, conflict.b) if conflict else (one.names.get(like[1], ""), other.names.get(like[2], ""))
            rows.append(_row(keys, id_of, value, weight, reasons))
    rows.sort(key=lambda row: (not _is_conflict(row), -float(str(row["weight"])), row["a_key"], row["b_key"]))
    kept = pl.DataFrame(rows[:MOST], schema=CANDIDATES).sort(
        "weight", "a_key", "b_key", descending=[True, False, False]
    )
    return Candidates(kept, sum(map(_is_conflict, rows[:MOST])), max(0, len(rows) - MOST))


def _row(keys: Pair, id_of: Mapping[str, str], value: float, weight: float, reasons: list[str]) -> dict[str, object]:
    (a, a_key), (b, b_key) = sorted((id_of[key], key) for key in keys)
    return {"a": a, "b": b, "a_key": a_key, "b_key": b_key, "score": value, "weight": weight, "reasons": reasons}


def _is_conflict(row: Mapping[str, object]) -> bool:
    return "conflict: " in str(row["reasons"])


def _sorted(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _may(one: Thing, other: Thing) -> bool:
    """Whether two things may be one: no kinds that exclude each other, no source that knows both, no numbers that differ."""
    if any(exclude(a.kind, b.kind) for a in one.records for b in other.records):
        return False
    if any(a.curated and b.curated for a in one.records for b in other.records):
        return False
    if one.room == "e" and one.sources & other.sources:
        return False
    return not any(
        (mine := _codes(one, scheme)) and (its := _codes(other, scheme)) and mine.isdisjoint(its) for scheme in ONE_ONLY
    )


def _codes(thing: Thing, scheme: str) -> Set[str]:
    return {code for record in thing.records for code in record.codes.get(scheme, ())}
