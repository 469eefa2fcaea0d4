"""From the files that the mapping names to records that carry everything their mapping to nodes needs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path

from ingest.contract import Extraction, Record, folder_of
from ingest.places import Town, countries, towns
from ingest.problem import InputError, Problem
from ingest.sources.tabular.comma import read_comma
from ingest.sources.tabular.directory import Settled, kind_of, settled
from ingest.sources.tabular.grid import MOST_BYTES, Grid
from ingest.sources.tabular.mapping import FILE, Plan, TableMap
from ingest.sources.tabular.near import did_you_mean
from ingest.sources.tabular.rows import MANY, Reading, currency_of, read_rows
from ingest.sources.tabular.words import START_UP
from ingest.sources.tabular.workbook import read_workbook


def records(task: Extraction, plan: Plan) -> Iterator[Record]:
    """The rows in the order of the tables; bad ones go to `task.reject`."""
    if not plan.tables:
        advice = "give the folder that holds it with --input; `cleantech sources new tabular FOLDER` writes one"
        raise InputError(
            [Problem(FILE, None, None, None, f"one folder is needed, {len(task.inputs)} were given", advice)]
        )
    readings = _read(task, plan)
    rows = [row for reading in readings for row in reading.rows]
    lost = {name: place for reading in reversed(readings) for name, place in reading.lost.items()}
    found, problems = settled(plan.card.name, rows, lost)
    for problem in [problem for reading in readings for problem in reading.problems] + problems:
        task.reject(problem)
    places = towns(frozenset(_wanted(found)))
    for town, country in sorted(_wanted(found) - places.keys()):
        task.warn(f"no town {town!r} in {country} is known to GeoNames; only the country is kept")
    task.expect(len(found))
    told: set[str] = set()
    for one in found:
        context = _context(one, plan, places)
        for name in ("town", "country"):  # a place comes with the first row that names it
            if context.get(name) in told:
                del context[name]
        told |= {context[name] for name in ("town", "country") if name in context}
        yield Record(one.row.label, one.row.line, one.row.values, context)


def _read(task: Extraction, plan: Plan) -> list[Reading]:
    """Each table as it was read; InputError with the faults of all files together."""
    folder = folder_of(task)
    folder = folder if folder.is_dir() else folder.parent
    task.keep(folder / FILE)
    readings: list[Reading] = []
    broken: list[Problem] = []
    for table in plan.tables:
        try:
            reading = read_rows(table, _grid(task, folder, table))
        except InputError as error:
            broken += error.problems
            continue
        readings.append(reading)
        for warning in reading.warnings:
            task.warn(warning)
    if broken:
        raise InputError(broken)
    return readings


def _grid(task: Extraction, folder: Path, table: TableMap) -> Grid:
    path = folder / table.file
    if not path.is_file() or path.resolve().parent != folder.resolve():
        here = [entry.name for entry in folder.iterdir() if entry.suffix.lower() in (".csv", ".tsv", ".txt", ".xlsx")]
        advice = did_you_mean(table.file, here, f"put it beside {FILE}; links to other folders are not followed")
        raise InputError([Problem(table.file, None, None, None, "the file is missing", advice)])
    if path.stat().st_size > MOST_BYTES:
        message, advice = (
            f"the file is larger than {MOST_BYTES // 1_000_000} MB",
            "split it, or leave out what is not mapped",
        )
        raise InputError([Problem(table.file, None, None, None, message, advice)])
    raw = task.keep(path)
    header = int(table.settings.get("header", 1))
    if path.suffix.lower() == ".xlsx":
        return read_workbook(table.file, raw, sheet=table.settings.get("sheet", ""), header=header)
    encoding, delimiter = table.settings.get("encoding", ""), table.settings.get("delimiter", "")
    return read_comma(table.file, raw, encoding=encoding, delimiter=delimiter, header=header)


def _wanted(found: Sequence[Settled]) -> set[tuple[str, str]]:
    return {(one.row.values["town"], one.row.values["country"]) for one in found if one.row.values.get("town")}


@cache
def _lands() -> Mapping[str, tuple[str, int]]:
    return countries()


def _context(one: Settled, plan: Plan, places: Mapping[tuple[str, str], Town]) -> dict[str, str]:
    row = one.row
    found = {
        "rows": row.table.rows,
        "key": one.key,
        "document": row.values.get("source") or row.table.document,
        "day": plan.day.isoformat(),
        **{f"ref:{name}": MANY.join(keys) for name, keys in one.refs.items()},
    }
    if one.key:
        found["kind"] = kind_of(row)
        found["stage"] = "start-up" if row.values["kind"] == START_UP else row.values.get("companyStage", "")
        country = row.values.get("country", "")
        town = places.get((row.values.get("town", ""), country))
        found["place"] = town.key if town else f"place/{country.lower()}" if country else ""
        found["town"] = json.dumps(asdict(town)) if town else ""
        found["country"] = json.dumps([country, *_lands()[country]]) if country else ""
    for name in ("amount", "totalCost"):
        if row.values.get(name):
            found["currency"] = currency_of(row, name)
    return {name: value for name, value in found.items() if value}
