"""From the files of CORDIS to rows by table: only the columns that are used, contact columns dropped and counted."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from ingest.archive import Member, files_of, members
from ingest.contract import Extraction
from ingest.problem import InputError, Problem
from ingest.sources.cordis.json_rows import json_rows
from ingest.sources.cordis.layouts import ORGANISATIONS, OTHER, PROJECTS, Layout, detect
from ingest.sources.cordis.rows import Line, csv_rows

SUFFIXES = (".csv", ".json")
PROGRAMMES = ("all", "h2020", "horizon")


@dataclass(slots=True)
class Counts:
    """What was seen beside the rows: dropped contact cells, files that are not used, the newest day in a zip, all bytes."""

    people: int = 0
    left: Counter[str] = field(default_factory=Counter)
    packed: str = ""
    digest: str = ""  # SHA-256 over the bytes of all files


@dataclass(frozen=True, slots=True)
class Table:
    """One file: its name, its layout and, for each of the layout's words that it has, the place of the cell in a row."""

    file: str
    layout: Layout
    places: dict[str, int]
    rows: Iterator[Line]

    def pick(self, words: Sequence[str]) -> list[int]:
        """The place of each word; -1, where a row has an empty cell, for one that the file lacks."""
        return [self.places.get(word, -1) for word in words]


def tables(task: Extraction, addresses: Mapping[str, str], counts: Counts) -> Iterator[Table]:
    """Each table that is used, one after the other; InputError when a file is none of CORDIS or projects are missing."""
    seen: list[str] = []
    for member in _members(task, addresses, counts):
        counts.packed = max(counts.packed, member.day)
        with member.text() as stream:
            start = member.start()
            if re.match(r"<[!?a-z]", start):
                raise _problem(member.name, "this is a web page (an error page, perhaps) and no table")
            read = json_rows if start.startswith("[") else csv_rows
            rows = read(member.name, stream, task.reject)
            header = next(rows, None)
            if header is None:
                raise _problem(member.name, "the file is empty")
            names = [name.strip() for name in header[1]]
            layout = detect(member.name, names)
            seen.append(layout.table)
            if layout.table == OTHER:
                counts.left[member.name] += 1
                continue
            places = {word: names.index(column) for word, column in layout.used.items() if column in names}
            hidden = [place for place, name in enumerate(names) if name in layout.people]
            yield Table(member.name, layout, places, _seen(rows, hidden, counts))
    if not {PROJECTS, ORGANISATIONS} & set(seen):
        raise _problem("--input", "no table of projects or organisations was given")


def _members(task: Extraction, addresses: Mapping[str, str], counts: Counts) -> Iterator[Member]:
    """Every table of every file, folder and zip that was given, or downloaded; with the zip's name where there are two."""
    files = [(file.name, file) for path in task.inputs for file in files_of(path, (*SUFFIXES, ".zip"))]
    given = bool(files)
    wanted = programme(task)
    for name, address in {} if given else addresses.items():
        if wanted in ("all", name):
            files.append((PurePosixPath(address).name, task.fetch(address)))
    digest = hashlib.sha256()
    for name, file in files:
        raw = task.keep(file) if given else file.read_bytes()
        digest.update(hashlib.sha256(raw).digest())
        counts.digest = digest.hexdigest()
        found = members(name, raw, SUFFIXES)
        if not found:
            raise _problem(name, "the zip holds no table (.csv, .json)")
        for member in found:
            zipped = len(files) > 1 and member.name != name
            yield replace(member, name=f"{name}/{member.name}") if zipped else member


def programme(task: Extraction) -> str:
    """The option `programme`; InputError when it is unknown."""
    said = task.options.get("programme", "all")
    if said not in PROGRAMMES:
        advice = f"known are {', '.join(PROGRAMMES)}"
        raise InputError([Problem("--option", None, "programme", said, f"unknown programme {said!r}", advice)])
    return said


def _seen(rows: Iterator[Line], hidden: Sequence[int], counts: Counts) -> Iterator[Line]:
    """The rows with an empty cell at their end; what stands in a contact column is counted and not handed on."""
    for line, cells in rows:
        for place in hidden:
            if cells[place]:
                counts.people += 1
                cells[place] = ""
        cells.append("")
        yield line, cells


def _problem(file: str, message: str) -> InputError:
    return InputError([Problem(file, None, None, None, message, "get the files of CORDIS anew, or give others")])
