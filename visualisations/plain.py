"""Attribute values as file formats take them: text without control characters, no nulls, no lists."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from io import StringIO
from typing import TypeAlias

from graph.visible import visible

Plain: TypeAlias = str | int | float | bool

# What XML 1.0 has no way to write: control characters, lone surrogates, the two non-characters.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

# Cells that begin like this are formulas to a spreadsheet, also after blanks and in their full-width forms.
_FORMULA = re.compile(r"\s*[=+\-@\t\r＝＋－＠]")


def writable(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return _UNWRITABLE.sub("", text)


def plain(attributes: Mapping[str, object]) -> dict[str, Plain]:
    """Attributes that GEXF and GraphML can hold: unknown (None) ones left out, lists joined by " | "."""
    held: dict[str, Plain] = {}
    for name, value in attributes.items():
        if value is None:
            continue
        if isinstance(value, list | tuple):
            held[name] = writable(" | ".join(map(str, value)))
        elif isinstance(value, str | int | float | bool):
            held[name] = writable(value) if isinstance(value, str) else value
        else:
            raise TypeError(f"{name} is a {type(value).__name__}; an attribute is text, a number or a list of them")
    return held


def cell(value: object) -> str | int | float:
    """A table cell: unknown is empty, lists are joined by " | ", text that starts like a formula gets an apostrophe.

    Control characters, and those that turn the direction of a text, are written out.
    """
    if value is None:
        return ""
    if isinstance(value, int | float):
        return value
    text = " | ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    shown = visible(text)
    return f"'{shown}" if _FORMULA.match(text) else shown


def first_day(partial: str) -> str:
    """The first day that "2008", "2008-11" or "2008-11-12" may mean, as YYYY-MM-DD."""
    return partial + "-01-01"[len(partial) - 4 :] if len(partial) < 10 else partial


def last_day(partial: str) -> str:
    """The last day that "2008", "2008-11" or "2008-11-12" may mean, as YYYY-MM-DD."""
    if len(partial) == 4:
        return f"{partial}-12-31"
    if len(partial) == 7:
        year, month = int(partial[:4]), int(partial[5:])
        return (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).isoformat()
    return partial


def csv_text(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A table as RFC 4180 has it, each value as `cell` writes it; the line ends also make Python quote a lone carriage return."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([cell(value) for value in row] for row in rows)
    return out.getvalue()
