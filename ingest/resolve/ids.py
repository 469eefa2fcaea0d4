"""Ids of things: those of a curated source as they stand, all others minted once and kept in `decisions/ids.jsonl`.

Each record has a line for each id that it ever stood under, the oldest first; the first line of an id is the record that it
was made for. So an id stays when its cluster grows, shrinks or splits, also when that record has gone, and leads on for ever.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from graph.generation import DataFolder
from ingest.problem import InputError, Problem
from ingest.resolve.records import Record

FILE = "ids.jsonl"
_LETTERS = 10

Line: TypeAlias = tuple[str, str]  # the key of a record, and an id that it stood under


@dataclass(frozen=True, slots=True)
class Ids:
    """`of` gives the id by the key of each record; `moved` leads from ids that are no more; `minted` are the new lines."""

    of: Mapping[str, str]
    moved: Mapping[str, str]
    minted: Mapping[str, str]


def assigned(
    clusters: Sequence[Sequence[str]], records: Mapping[str, Record], known: Iterable[Line], taken: Iterable[str]
) -> Ids:
    """Ids for clusters of sorted keys. `known` is what `read_ids` gave; `taken` are keys that no new id may be."""
    lines = list(known)
    cluster_of = {key: number for number, keys in enumerate(clusters) for key in keys}
    claims = _claims(lines, cluster_of)
    named: dict[int, str] = {}
    for number, keys in enumerate(clusters):
        curated = [key for key in keys if records[key].curated]
        if curated:
            named[number] = curated[0]
    used = set(named.values())
    for an_id, number in claims.items():
        if number not in named and an_id not in used:
            named[number] = an_id
            used.add(an_id)
    used |= set(taken) | {an_id for _, an_id in lines}
    for number, keys in enumerate(clusters):
        if number not in named:
            named[number] = _mint(keys[0], records[keys[0]], used)
            used.add(named[number])
    of = {key: named[number] for key, number in cluster_of.items()}
    moved = {an_id: named[number] for an_id, number in claims.items() if named[number] != an_id}
    held = set(lines)
    return Ids(of, moved, {key: an_id for key, an_id in of.items() if key != an_id and (key, an_id) not in held})


def _claims(lines: Iterable[Line], cluster_of: Mapping[str, int]) -> Mapping[str, int]:
    """The cluster that each id that was ever given belongs to: that of the first of its records that is still there."""
    found: dict[str, int] = {}
    for key, an_id in lines:
        if key in cluster_of:
            found.setdefault(an_id, cluster_of[key])
    return found


def _mint(key: str, record: Record, used: set[str]) -> str:
    room = "org" if record.is_organisation else "effort"
    turn = 0
    while True:
        said = key if not turn else f"{key} {turn}"
        digest = hashlib.sha256(said.encode("utf-8")).digest()
        fresh = f"{room}/{base64.b32encode(digest).decode('ascii').lower()[:_LETTERS]}"
        if fresh not in used:
            return fresh
        turn += 1


def read_ids(data: DataFolder) -> Sequence[Line]:
    """Key and id of each line, the oldest first, in whatever order they stand; InputError when a line is no such thing."""
    path = data.path / "decisions" / FILE
    try:
        *lines, half = path.read_text("utf-8").split("\n")
    except FileNotFoundError:
        return []
    del half  # of a run that was killed; the next one cuts it off
    known: list[tuple[str, str, str]] = []
    for number, line in enumerate(lines, 1):
        if line:
            known.append(_read(line, number))
    return [(key, an_id) for _, key, an_id in sorted(known)]


def _read(line: str, number: int) -> tuple[str, str, str]:
    """When the id was given, the key, and the id."""
    try:
        said = json.loads(line)
        return str(said.get("at", "")), str(said["key"]), str(said["id"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message, advice = str(error), 'write {"at": "...", "id": "org/...", "key": "..."}, or remove the line'
        if line.startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
            message, advice = "a merge in git was left unfinished here", "remove the markers and keep the lines of both"
        raise InputError([Problem(f"decisions/{FILE}", number, None, line[:100], message, advice)]) from error


def append_ids(data: DataFolder, minted: Mapping[str, str], at: str) -> None:
    """Under the lock: add the lines, and have them on the disk before this returns. A half line of a killed run is cut off."""
    if not minted:
        return
    path: Path = data.folder("decisions") / FILE
    lines = "".join(
        f"{json.dumps({'at': at, 'id': an_id, 'key': key}, ensure_ascii=False)}\n"
        for key, an_id in sorted(minted.items())
    )
    with path.open("ab+") as file:
        _cut_half_line(file.fileno(), path)
        file.write(lines.encode("utf-8"))
        file.flush()
        os.fsync(file.fileno())


def _cut_half_line(handle: int, path: Path) -> None:
    raw = path.read_bytes()
    whole = raw.rfind(b"\n") + 1
    if whole < len(raw):
        os.ftruncate(handle, whole)
