"""`tabular.toml`: whose tables these are, and what their columns mean. An unknown word in it is an error."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from graph.node import SourceCard
from ingest.card import card_of
from ingest.problem import InputError, Problem
from ingest.sources.tabular.fields import ROWS, Field
from ingest.sources.tabular.mapping_faults import (
    SETTINGS,
    card_part,
    field_named,
    named,
    source_faults,
    table_faults,
    unknown_keys,
)

FILE = "tabular.toml"


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """A column of a table and the field that it fills. `header` is empty for a value that is the same in all rows."""

    header: str
    field: Field
    settings: Mapping[str, Any]
    fixed: str = ""

    @property
    def slot(self) -> str:
        """Where the value of the row stands: the field, for texts with their language."""
        return f"{self.field.name}@{self.settings['language']}" if self.field.form == "text" else self.field.name

    @property
    def place(self) -> str:
        """How to name the column in a complaint."""
        return self.header or f"[table.fixed] {self.field.name}"


@dataclass(frozen=True, slots=True)
class TableMap:
    """One table: its file, what a row is, its columns, the words that it translates, the columns that stay out."""

    file: str
    rows: str
    document: str
    columns: tuple[ColumnMap, ...]
    settings: Mapping[str, Any]
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    ignore: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole file. `day` is that of the data."""

    card: SourceCard
    day: date
    tables: tuple[TableMap, ...]


def read_mapping(path: Path, taken: tuple[str, ...] = ()) -> Plan:
    """The mapping in the file; InputError with every fault of it. No source of `taken` may have its name."""
    try:
        raw = tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError as error:
        advice = "write it, or begin with `cleantech sources new tabular FOLDER`"
        raise _error([("the file is missing", advice)]) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _error([(str(error), "mend the file; it is TOML in UTF-8")]) from error
    tables = raw.get("table", [])
    faults = [*unknown_keys("", raw, ("source", "table")), *source_faults(raw.get("source"), taken)]
    if not isinstance(tables, list) or not tables or not all(isinstance(table, dict) for table in tables):
        faults.append(("there is no [[table]]", "describe at least one table"))
        tables = []
    found = []
    for number, table in enumerate(tables, 1):
        where = f"table {number}{named(table)}: "
        wrong = list(table_faults(table))
        faults += [(where + message, advice) for message, advice in wrong]
        if not wrong:
            found.append(_table(table, raw["source"] if isinstance(raw.get("source"), dict) else {}))
    if faults:
        raise _error(faults)
    source = raw["source"]
    return Plan(card_of(source["name"], card_part(source)), source["date"], tuple(found))


def _error(faults: list[tuple[str, str]]) -> InputError:
    return InputError([Problem(FILE, None, None, None, message, advice) for message, advice in faults])


def _table(table: Mapping[str, Any], source: Mapping[str, Any]) -> TableMap:
    shared = {"language": source.get("language", "sv")} | {n: table[n] for n in SETTINGS if n in table}
    known = {known.name: known for known in ROWS[table["rows"]]}
    columns = [
        ColumnMap(header, known[field_named(how)], shared | (how if isinstance(how, dict) else {}))
        for header, how in table["columns"].items()
    ]
    columns += [ColumnMap("", known[name], shared, value) for name, value in table.get("fixed", {}).items()]
    return TableMap(
        file=table["file"],
        rows=table["rows"],
        document=table.get("document", ""),
        columns=tuple(columns),
        settings=shared,
        values=table.get("values", {}),
        ignore=frozenset(table.get("ignore", ())),
    )
