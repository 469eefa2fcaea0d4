"""From the seven files to records that carry everything their mapping needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ingest.contract import Extraction, Record, folder_of
from ingest.problem import InputError, Problem
from ingest.references import linked
from ingest.sources.sweden import tables as t
from ingest.sources.sweden.directory import Directory
from ingest.sources.sweden.lookups import read_lookups
from ingest.table import Reading, read_table

SHIPPED = Path(__file__).parent / "data"
PLACES = "geonames"


def records(task: Extraction) -> Iterator[Record]:
    """The places first, then the rows in the order of the files; bad rows go to `task.reject`."""
    readings = _read(task)
    rows, problems = linked(
        t.tables(),
        [row for reading in readings.values() for row in reading.rows],
        {t.ORGANISATIONS: "parent", t.TECHNOLOGIES: "broader"},
        {file: reading.lost for file, reading in readings.items()},
    )
    for problem in problems:
        task.reject(problem)
    directory = Directory(rows, read_lookups())
    for town, country in directory.unknown_towns():
        task.warn(f"no town {town!r} in {country} is known to GeoNames; only the country is kept")
    yield from directory.places()
    for row in rows:
        if row.table != t.TECHNOLOGIES:
            yield replace(row, context=directory.context(row))


def _read(task: Extraction) -> dict[str, Reading]:
    """Each file as it was read; InputError with the faults of all headers and encodings together."""
    folder = folder_of(task, SHIPPED)
    readings: dict[str, Reading] = {}
    broken: list[Problem] = []
    for table in t.tables():
        path = folder / table.file
        if not path.is_file():
            advice = f"put the seven files into the folder {folder.name}, or give another with --input"
            broken.append(Problem(table.file, None, None, None, "the file is missing", advice))
            continue
        try:
            reading = readings[table.file] = read_table(table, task.keep(path))
        except InputError as error:
            broken += error.problems
            continue
        for problem in reading.rejected:
            task.reject(problem)
        for warning in reading.warnings():
            task.warn(warning)
    if broken:
        raise InputError(broken)
    return readings
