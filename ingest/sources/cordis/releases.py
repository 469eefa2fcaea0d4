"""Which of the files of a folder is the newest, by what its rows say of their last update."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from ingest.archive import Member, members
from ingest.problem import InputError
from ingest.sources.cordis.json_rows import json_rows
from ingest.sources.cordis.layouts import ORGANISATIONS, PROJECTS, detect
from ingest.sources.cordis.rows import csv_rows

_UPDATED = "contentUpdateDate"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def newest_first(files: Sequence[Path]) -> Sequence[Path]:
    """The files, those with the newest rows first, and by name where none tells; only read where two may tell the same."""
    if len(files) < 2:
        return files
    held = {file: _tables(file) for file in files}
    kinds = [kind for tables in held.values() for kind in {kind for kind, _ in tables}]
    if len(kinds) == len(set(kinds)):
        return files
    newest = {file: max((_newest(member) for _, member in tables), default="") for file, tables in held.items()}
    return sorted(files, key=newest.__getitem__, reverse=True)  # a stable sort: by name where both say the same


def _tables(file: Path) -> list[tuple[str, Member]]:
    """The tables of projects and participations in it; a fault is told when it is read."""
    try:
        found = [(_kind(member), member) for member in members(file.name, file.read_bytes(), (".csv", ".json"))]
    except InputError:
        return []
    return [(kind, member) for kind, member in found if kind in (PROJECTS, ORGANISATIONS)]


def _kind(member: Member) -> str:
    try:
        with member.text() as stream:
            read = json_rows if member.start().startswith("[") else csv_rows
            header = next(read(member.name, stream, lambda _: None), None)
            return detect(member.name, [name.strip() for name in header[1]]).table if header else ""
    except InputError:
        return ""


def _newest(member: Member) -> str:
    newest = ""
    try:
        with member.text() as stream:
            read = json_rows if member.start().startswith("[") else csv_rows
            rows = read(member.name, stream, lambda _: None)
            header = next(rows)[1]
            if _UPDATED in header:
                place = header.index(_UPDATED)
                newest = max((row[place] for _, row in rows if _DAY.match(row[place])), default="")
    except InputError:
        return ""
    return newest
