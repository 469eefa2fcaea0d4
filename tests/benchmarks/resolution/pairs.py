"""The labelled pairs: keys of records, whether they describe one organisation, and what makes the pair hard."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

FILE: Final = Path(__file__).with_name("pairs.csv")
COLUMNS: Final = ("one", "other", "same", "hard")
KINDS: Final = {
    *("acronym", "branch", "department", "doubled", "easy", "holding", "homonym", "hospital", "identifier"),
    *("municipality", "renamed", "several-pics", "shared-vat", "spelling", "subsidiary", "successor", "translation"),
}


class PairsError(ValueError):
    """The file of pairs is not in its form."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records, `one` < `other`; `half` says whether rules may be tuned on the pair."""

    one: str
    other: str
    same: bool
    hard: str
    half: Literal["tune", "test"]


def read(path: Path = FILE) -> Sequence[Pair]:
    """All pairs in the order of the file; PairsError with file and line when a row is not in its form."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    if tuple(header) != COLUMNS:
        raise PairsError(f"{path.name}:1: the columns must be {','.join(COLUMNS)}")
    for line, row in enumerate(rows, 2):
        if len(row) != len(COLUMNS) or row[2] not in ("yes", "no") or row[3] not in KINDS or row[0] >= row[1]:
            raise PairsError(f"{path.name}:{line}: write two keys in their order, yes or no, one of {sorted(KINDS)}")
    named = clusters((one, other) for one, other, same, _ in rows if same == "yes")
    return [Pair(one, other, same == "yes", hard, _half(named.get(one, one))) for one, other, same, hard in rows]


def clusters(links: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """The smallest key of its cluster by the key of each record that is linked."""
    least: dict[str, str] = {}
    members: dict[str, list[str]] = {}
    for one, other in links:
        first, second = sorted((least.setdefault(one, one), least.setdefault(other, other)))
        if first != second:
            moved = members.pop(second, [second])
            members.setdefault(first, [first]).extend(moved)
            least.update(dict.fromkeys(moved, first))
    return least


def contradictions(pairs: Sequence[Pair]) -> Sequence[Pair]:
    """Pairs that are told apart although other pairs make one of them."""
    named = clusters((pair.one, pair.other) for pair in pairs if pair.same)
    return [
        pair for pair in pairs if not pair.same and named.get(pair.one, pair.one) == named.get(pair.other, pair.other)
    ]


def _half(key: str) -> Literal["tune", "test"]:
    """By the first bit of a digest of the organisation's smallest key: all names of one organisation are in one half."""
    return "tune" if hashlib.sha256(key.encode("utf-8")).digest()[0] < 128 else "test"
