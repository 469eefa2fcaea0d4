"""A part of a CORDIS zip: some projects with all their rows, as a zip of the same form in a folder of the run."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import IO, Final

_PROJECT: Final = {"project.csv": "id", "organization.csv": "projectID", "topics.csv": "projectID"}


def cut(archive: Path, share: float, into: Path) -> Path:
    """Write the projects whose digest is below `share` (0 to 1); the same ones each time, a larger share holds a smaller."""
    with zipfile.ZipFile(archive) as whole, zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as part:
        for name, column in _PROJECT.items():
            with whole.open(name) as raw:
                part.writestr(name, "".join(_kept(raw, column, share)))
    return into


def tables(archive: Path, into: Path) -> Path:
    """Write the tables with commas into the folder `into`, for programs that read no zip and no semicolons."""
    with zipfile.ZipFile(archive) as whole:
        for name in _PROJECT:
            with whole.open(name) as raw, (into / name).open("w", encoding="utf-8", newline="") as out:
                csv.writer(out).writerows(_rows(raw))
    return into


def _kept(raw: IO[bytes], column: str, share: float) -> Iterator[str]:
    rows = _rows(raw)
    header = next(rows)
    place = header.index(column)
    yield _line(header)
    for row in rows:
        if int.from_bytes(sha256(row[place].encode("utf-8")).digest()[:4], "big") < share * 2**32:
            yield _line(row)


def _rows(raw: IO[bytes]) -> Iterator[list[str]]:
    return csv.reader(io.TextIOWrapper(raw, "utf-8-sig", newline=""), delimiter=";")


def _line(row: list[str]) -> str:
    cells = (cell.replace('"', '""') for cell in row)
    return ";".join(f'"{cell}"' for cell in cells) + "\n"
