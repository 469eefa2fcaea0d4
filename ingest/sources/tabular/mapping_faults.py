"""What may be wrong with a `tabular.toml`: each fault as (what is wrong, what to do)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, TypeAlias

from ingest.card import TEXTS, card_faults
from ingest.cells import slug
from ingest.currencies import CURRENCIES
from ingest.identifiers import web_address
from ingest.problem import CellError
from ingest.sources.tabular.comma import ENCODINGS
from ingest.sources.tabular.fields import ROWS
from ingest.sources.tabular.near import did_you_mean
from ingest.sources.tabular.numbers import date_form

Json: TypeAlias = Any

SETTINGS = ("language", "separator", "decimal", "dates", "currency", "unit", "delimiter", "encoding", "sheet", "header")
_TABLE = ("file", "rows", "document", "columns", "fixed", "values", "ignore", *SETTINGS)
_COLUMN = ("as", "language", "separator", "decimal", "dates", "currency", "unit")
LANGUAGES = ("sv", "en")


def named(table: Mapping[str, Json]) -> str:
    """The file of the table in brackets, for a complaint."""
    return f" ({table['file']})" if isinstance(table.get("file"), str) else ""


def unknown_keys(where: str, raw: Mapping[str, Json], known: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """A fault for each key that is not known."""
    for key in raw:
        if key not in known:
            yield f"{where}unknown key {key!r}", did_you_mean(key, known, f"known are {', '.join(known)}")


def card_part(source: Mapping[str, Json]) -> dict[str, Json]:
    """What of [source] is the card of a source."""
    return {name: value for name, value in source.items() if name not in ("name", "date", "language")}


def source_faults(source: object, taken: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Faults of [source]; `taken` are names of other sources."""
    if not isinstance(source, dict):
        yield "[source] is missing", "say whose tables these are; `cleantech sources new tabular FOLDER` shows how"
        return
    known = ("name", "date", "language", "title", "bounds", *TEXTS)
    yield from unknown_keys("[source] ", source, known)
    name = source.get("name")
    try:
        slug(name if isinstance(name, str) else "")
    except CellError as error:
        yield "[source] name is missing or no slug", error.advice
    if name in taken:
        yield f"[source] name {name!r} is that of another source", "take the name of your cluster"
    if type(source.get("date")) is not date:
        yield (
            "[source] date is missing or no date",
            "write the day on which the tables were as they are: date = 2026-11-26",
        )
    if source.get("language", "sv") not in LANGUAGES:
        yield f"[source] language {source['language']!r} is unknown", f"known are {', '.join(LANGUAGES)}"
    yield from (
        (f"[source] {message}", advice)
        for message, advice in card_faults({n: v for n, v in card_part(source).items() if n in known})
    )


def table_faults(table: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    """Faults of one [[table]]."""
    yield from unknown_keys("", table, _TABLE)
    file = table.get("file")
    if not isinstance(file, str) or not file or any(letter in file for letter in '*?[]/\\:"<>|'):
        yield "file is missing or no name of one file", 'write the name of a file in this folder: file = "members.csv"'
    elif not file.lower().endswith((".csv", ".tsv", ".txt", ".xlsx")):
        yield f"{file} is neither CSV nor .xlsx", "save it as .xlsx or CSV; macros and other formats are not read"
    rows = table.get("rows")
    if rows not in ROWS:
        yield f"rows {rows!r} is unknown", did_you_mean(str(rows), ROWS, f"known are {', '.join(ROWS)}")
        return
    yield from _setting_faults(table)
    yield from _document_faults(table)
    columns, fixed = table.get("columns"), table.get("fixed", {})
    if not isinstance(columns, dict) or not columns:
        yield "[table.columns] is missing", 'write "Header in your table" = "field" for each column'
        return
    ignore = table.get("ignore", [])
    if not isinstance(ignore, list) or not all(isinstance(name, str) for name in ignore):
        yield "ignore is no list of headers", 'write ignore = ["Contact person"]'
    if not isinstance(fixed, dict) or not all(isinstance(value, str) for value in fixed.values()):
        yield "[table.fixed] holds something that is no text", 'write field = "value"'
        fixed = {}
    for name in columns.keys() & set(map(str, ignore if isinstance(ignore, list) else ())):
        yield f'column "{name}" is both mapped and ignored', "keep one of the two"
    yield from _column_faults(str(rows), columns, fixed)
    yield from _value_faults(str(rows), table.get("values", {}))


def _document_faults(table: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    columns = table.get("columns")
    named = isinstance(columns, dict) and any(field_named(said) == "source" for said in columns.values())
    document = table.get("document")
    if document is None and named:
        return
    try:
        web_address(document if isinstance(document, str) else "")
    except CellError as error:
        yield "document is missing or no web address: no fact without evidence", error.advice


def field_named(said: Json) -> Json:
    """The field that a column is led to."""
    return said.get("as") if isinstance(said, dict) else said


def _column_faults(rows: str, columns: Mapping[str, Json], fixed: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    known = {known.name: known for known in ROWS[rows]}
    filled: dict[str, str] = {}
    said = [(f'column "{header}"', header, how) for header, how in columns.items()]
    for where, _header, how in [*said, *((f"[table.fixed] {name}", "", name) for name in fixed)]:
        name = field_named(how)
        if name not in known:
            advice = did_you_mean(str(name), known, f"a {rows} has {', '.join(known)}")
            yield f"{where}: unknown field {name!r}", advice
            continue
        if isinstance(how, dict):
            yield from unknown_keys(f"{where}: ", how, _COLUMN)
            yield from ((f"{where}: {message}", advice) for message, advice in _setting_faults(how))
        language = how.get("language", "") if isinstance(how, dict) else ""
        slot = f"{name}@{language}" if known[name].form == "text" else name
        if slot in filled and not known[name].many:
            yield f"{where}: {name} is filled by {filled[slot]} already", "fill it once (a name once a language)"
        filled[slot] = where
    names = {slot.partition("@")[0] for slot in filled}
    for need in known.values():
        if need.required and need.name not in names:
            yield (
                f"no column is {need.name!r}, and a {rows} must have one",
                "map a column to it, or set it in [table.fixed]",
            )


def _setting_faults(held: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    choices = {"language": LANGUAGES, "decimal": (",", "."), "encoding": tuple(ENCODINGS)}
    for name, allowed in choices.items():
        if name in held and held[name] not in allowed:
            yield f"{name} {held[name]!r} is unknown", f"known are {', '.join(allowed)}"
    for name in ("header", "unit"):
        if name in held and (type(held[name]) is not int or not 1 <= held[name] <= 1_000_000_000):
            yield f"{name} is no whole number above 0", f"write {name} = 1, or leave it out"
    if "currency" in held and held["currency"] not in CURRENCIES:
        yield f"currency {held['currency']!r} is unknown", "write three letters of ISO 4217, such as SEK"
    for name in ("separator", "sheet", "dates"):
        if name in held and (not isinstance(held[name], str) or not held[name]):
            yield f"{name} is no text", f'write {name} = "…", or leave it out'
    if "delimiter" in held and (not isinstance(held["delimiter"], str) or len(held["delimiter"]) != 1):
        yield "delimiter is no single letter", 'write delimiter = ";" ("\\t" is the tabulator)'
    if isinstance(held.get("dates"), str) and held["dates"]:
        try:
            date_form(held["dates"])
        except CellError as error:
            yield error.message, error.advice


def _value_faults(rows: str, values: object) -> Iterator[tuple[str, str]]:
    known = {known.name for known in ROWS[rows]}
    if not isinstance(values, dict):
        yield "[table.values] is no table", 'write [table.values.kind] and "Their word" = "ours"'
        return
    for name, words in values.items():
        if name not in known:
            yield f"[table.values.{name}]: unknown field", did_you_mean(name, known, f"known are {', '.join(known)}")
        if not isinstance(words, dict) or not all(isinstance(word, str) for word in words.values()):
            yield f"[table.values.{name}] holds something that is no text", 'write "Their word" = "ours"'
