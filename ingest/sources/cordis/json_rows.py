"""The rows of a CORDIS table from a stream that is a JSON array of objects, read a piece at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO

from ingest.problem import InputError, Problem
from ingest.sources.cordis.rows import Line, Reject

_CHUNK = 1 << 20


def json_rows(file: str, stream: IO[str], reject: Reject) -> Iterator[Line]:
    """As `csv_rows`: the keys of the first object, then the values of each; the line is its place in the array."""
    keys: list[str] = []
    for number, found in enumerate(_objects(file, stream), 1):
        if not isinstance(found, dict):
            reject(Problem(file, number, None, None, "the element is no object", "get the file anew"))
            continue
        if not keys:
            keys = list(found)
            yield 1, keys
        if found.keys() != set(keys):
            odd = ", ".join(sorted(found.keys() ^ set(keys)))
            reject(
                Problem(file, number, None, None, f"the element has other keys than the first: {odd}", "mend the keys")
            )
            continue
        yield number, [_plain(found[key]) for key in keys]


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ";".join(_plain(part) for part in value)
    return str(value)


def _objects(file: str, stream: IO[str]) -> Iterator[object]:
    """The elements of the array, read a piece at a time."""
    decoder = json.JSONDecoder(parse_float=str, parse_int=str)
    text, at, first = stream.read(_CHUNK).lstrip("\ufeff \t\r\n")[1:], 0, True
    while True:
        at = _past(text, at, " \t\r\n" if first else " \t\r\n,")
        if text.startswith("]", at):
            return
        try:
            found, at = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            more = stream.read(_CHUNK)
            if not more:
                message = f"the JSON ends or breaks off: {error.msg}"
                raise InputError([Problem(file, None, None, None, message, "get the file anew")]) from error
            text, at = text[at:] + more, 0
            continue
        first = False
        yield found


def _past(text: str, at: int, skipped: str) -> int:
    while at < len(text) and text[at] in skipped:
        at += 1
    return at
