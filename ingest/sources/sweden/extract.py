"""From the seven files to records that carry everything their mapping needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ingest.contract import Extraction, Record
from ingest.problem import InputError, Problem
from ingest.references import linked
from ingest.sources.sweden import tables as t
from ingest.sources.sweden.directory import Directory
from ingest.sources.sweden.lookups import read_lookups
from ingest.table import read_table

SHIPPED = Path(__file__).parent / "data"
PLACES = "geonames"


def records(task: Extraction) -> Iterator[Record]:
    """The places first, then the rows in the order of the files; bad rows go to `task.reject`."""
    rows, problems = linked(t.tables(), _read(task), {t.ORGANISATIONS: "parent", t.TECHNOLOGIES: "broader"})
    for problem in problems:
        task.reject(problem)
    directory = Directory(rows, read_lookups())
    for town, country in directory.unknown_towns():
        task.warn(f"no town {town!r} in {country} is known to GeoNames; only the country is kept")
    yield from directory.places()
    for row in rows:
        if row.table != t.TECHNOLOGIES:
            yield replace(row, context=directory.context(row))


def _read(task: Extraction) -> list[Record]:
    """All rows of all files; InputError with the faults of all headers and encodings together."""
    folder = task.inputs or SHIPPED
    rows: list[Record] = []
    broken: list[Problem] = []
    for table in t.tables():
        path = folder / table.file
        if not path.is_file():
            advice = f"put the seven files into the folder {folder.name}, or give another with --input"
            broken.append(Problem(table.file, None, None, None, "the file is missing", advice))
            continue
        try:
            reading = read_table(table, task.keep(path))
        except InputError as error:
            broken += error.problems
            continue
        rows += reading.rows
        for problem in reading.rejected:
            task.reject(problem)
    if broken:
        raise InputError(broken)
    return rows
