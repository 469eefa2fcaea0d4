"""From the files of CORDIS to rows by table: only the columns that are used, contact columns dropped and counted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.contract import Extraction
from ingest.sources.cordis.inputs import Counts, given, refusal
from ingest.sources.cordis.json_rows import json_rows
from ingest.sources.cordis.layouts import ORGANISATIONS, OTHER, PROJECTS, Layout, detect
from ingest.sources.cordis.rows import Line, csv_rows


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
    for member in given(task, addresses, counts):
        counts.packed = max(counts.packed, member.day)
        with member.text() as stream:
            start = member.start()
            if re.match(r"<[!?a-z]", start):
                raise refusal(member.name, "this is a web page (an error page, perhaps) and no table")
            if fault := _not_csv(start):
                raise refusal(member.name, fault)
            read = json_rows if start.startswith("[") else csv_rows
            rows = read(member.name, stream, task.reject)
            header = next(rows, None)
            if header is None:
                raise refusal(member.name, "the file is empty")
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
        raise refusal("--input", "no table of projects or organisations was given")


def _not_csv(start: str) -> str:
    """What is wrong with the first line, where that makes every row wrong; empty for JSON and what may be CSV."""
    if "\0" in start or start.startswith(("\udcff\udcfe", "\udcfe\udcff")):
        return "this is UTF-16 and not UTF-8; save it as UTF-8"
    first = start.splitlines()[0] if start else ""
    found = next((name for sign, name in ((",", "commas"), ("\t", "tabs"), ("|", "bars")) if sign in first), "")
    if found and ";" not in first and not start.startswith("["):
        return f"the header has its columns between {found}; CORDIS writes semicolons"
    return ""


def _seen(rows: Iterator[Line], hidden: Sequence[int], counts: Counts) -> Iterator[Line]:
    """The rows with an empty cell at their end; what stands in a contact column is counted and not handed on."""
    for line, cells in rows:
        for place in hidden:
            if cells[place]:
                counts.people += 1
                cells[place] = ""
        cells.append("")
        yield line, cells
