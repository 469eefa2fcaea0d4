"""From files to the text of records: JSON lines or one JSON array, plain, as gzip, or in the zip of a release."""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.archives import safe_gzip, safe_zip
from ingest.problem import InputError, Problem

_CHUNK, _PEEK = 1 << 20, 4096
_BETWEEN = re.compile(r"[\s,]*")
_MARK = b"\xef\xbb\xbf"
_ENDINGS = (".json", ".ndjson", ".jsonl")


@dataclass(frozen=True, slots=True)
class Item:
    """The text of what should be one record, and where it begins; bytes when they are not UTF-8."""

    file: str
    line: int
    text: str | bytes


def items(path: Path) -> Iterator[Item]:
    """Everything in the file, in its order; InputError when it is damaged, or none of the forms."""
    with path.open("rb") as stream:
        begins = stream.read(4)
        stream.seek(0)
        if begins.startswith(b"PK"):
            yield from _packed(path.name, stream)
        elif begins.startswith(b"\x1f\x8b"):
            yield from _texts(path.name, safe_gzip(path.name, stream, path.stat().st_size))
        else:
            yield from _texts(path.name, stream)


def _packed(name: str, stream: io.BufferedReader) -> Iterator[Item]:
    """The JSON files of a zip; its tables say less."""
    with safe_zip(name, stream) as archive:
        wanted = [member for member in archive.names if member.lower().endswith(_ENDINGS)]
        if not wanted:
            message = f"holds no JSON but {', '.join(archive.names[:5]) or 'nothing'}"
            raise InputError([Problem(name, None, None, None, message, "give a data dump of ROR")])
        for member in wanted:
            with archive.open(member) as unpacked:
                yield from _texts(f"{name}/{member}", unpacked)


def _texts(name: str, stream: io.BufferedReader) -> Iterator[Item]:
    head = stream.peek(_PEEK).removeprefix(_MARK).lstrip()
    if not head:
        raise InputError([Problem(name, None, None, None, "the file is empty", "give a data dump of ROR")])
    yield from _array(name, stream) if head.startswith(b"[") else _lines(name, stream)


def _lines(name: str, stream: io.BufferedReader) -> Iterator[Item]:
    for line, raw in enumerate(stream, 1):
        bare = (raw.removeprefix(_MARK) if line == 1 else raw).strip()
        if bare:
            try:
                yield Item(name, line, bare.decode("utf-8"))
            except UnicodeDecodeError:
                yield Item(name, line, bare)


def _array(name: str, stream: io.BufferedReader) -> Iterator[Item]:
    """The elements of a JSON array, one at a time: a whole release would take gigabytes as objects."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    decode = json.JSONDecoder().raw_decode
    line = 1
    try:
        held = decoder.decode(stream.read(_CHUNK))
        at = held.index("[") + 1
        while True:
            start = _BETWEEN.match(held, at).end()  # type: ignore[union-attr]  # it matches the empty string, too
            line += held.count("\n", at, start)
            if held.startswith("]", start):
                return
            try:
                end = decode(held, start)[1]
            except ValueError as error:
                more = stream.read(_CHUNK)
                if not more:
                    message = f"the list is cut off or no JSON ({str(error)[:100]})"
                    raise InputError([Problem(name, line, None, None, message, "download it again")]) from error
                held, at = held[start:] + decoder.decode(more), 0
                continue
            yield Item(name, line, held[start:end])
            line, at = line + held.count("\n", start, end), end
    except UnicodeDecodeError as error:
        raise InputError([Problem(name, line, None, None, str(error)[:100], "save the file as UTF-8")]) from error
