"""Files to read one after the other: plain ones, those of a folder, those inside a zip, each as a stream.

A zip is not trusted: a name that climbs out, a size that explodes, a file that breaks off stop the run with a clear error.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from ingest.problem import InputError, Problem

MOST_UNPACKED = 4_000_000_000  # bytes of all files together
MOST_RATIO, RATIO_FROM = 200, 10_000_000  # unpacked to packed, of a file with more bytes than that
MOST_FILES = 1_000
_PEEK = 512


@dataclass(frozen=True, slots=True)
class Member:
    """A file: its name without folders, its day as YYYY-MM-DD where a zip says it, and how it is opened."""

    name: str
    day: str
    size: int
    _open: Callable[[], IO[bytes]]

    def read(self) -> bytes:
        """All bytes of the file, unpacked."""
        try:
            with self._open() as raw:
                return raw.read()
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise _broken(self.name, f"the file breaks off or is damaged inside its zip ({error})") from error

    @contextmanager
    def text(self) -> Iterator[IO[str]]:
        """The file as text, without a mark at its start; a byte that is not UTF-8 becomes a lone surrogate."""
        try:
            with self._open() as raw, io.TextIOWrapper(raw, "utf-8-sig", "surrogateescape", newline="") as stream:
                yield stream
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise _broken(self.name, f"the file breaks off or is damaged inside its zip ({error})") from error

    def start(self) -> str:
        """The first characters, small, without white space before them."""
        with self.text() as stream:
            return stream.read(_PEEK).lstrip().lower()


def members(name: str, raw: bytes, suffixes: Sequence[str]) -> list[Member]:
    """The file itself, or those inside it that end so when it is a zip; InputError when it is a web page or a bad zip."""
    head = raw[:_PEEK].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<?xml", b"<head")):
        raise _broken(name, "this is a web page (an error page, perhaps) and no data")
    if not raw.startswith(b"PK"):
        if name.lower().endswith(".zip"):
            raise _broken(name, "this is no zip")
        return [Member(name, "", len(raw), lambda: io.BytesIO(raw))]
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except zipfile.BadZipFile as error:
        raise _broken(name, f"the zip breaks off or is damaged ({error})") from error
    _check(name, archive.infolist())
    return [
        Member(PurePosixPath(info.filename).name, _day(info), info.file_size, _opener(archive, info))
        for info in archive.infolist()
        if not info.is_dir() and _wanted(PurePosixPath(info.filename).name, suffixes)
    ]


def _wanted(name: str, suffixes: Sequence[str]) -> bool:
    """Whether it ends so, and is not what a Mac writes beside a file (`._project.csv`)."""
    return name.lower().endswith(tuple(suffixes)) and not name.startswith("._")


def _opener(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], IO[bytes]]:
    return lambda: archive.open(info)


def _day(info: zipfile.ZipInfo) -> str:
    year, month, day = info.date_time[:3]
    return f"{year:04}-{month:02}-{day:02}"


def _check(name: str, infos: Sequence[zipfile.ZipInfo]) -> None:
    if len(infos) > MOST_FILES:
        raise _broken(name, f"the zip holds {len(infos)} files, more than {MOST_FILES}")
    if sum(info.file_size for info in infos) > MOST_UNPACKED:
        raise _broken(name, f"the zip unpacks to more than {MOST_UNPACKED} bytes")
    for info in infos:
        path = PurePosixPath(info.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in info.filename:
            raise _broken(name, f"the zip holds {info.filename!r}, a path that climbs out")
        if info.flag_bits & 1:
            raise _broken(name, f"{info.filename} in the zip is encrypted")
        if info.file_size > RATIO_FROM and info.file_size > MOST_RATIO * info.compress_size:
            raise _broken(name, f"{info.filename} in the zip unpacks to {MOST_RATIO} times its size or more: a bomb")


def _broken(name: str, message: str) -> InputError:
    return InputError([Problem(name, None, None, None, message, "download the file anew and look at it")])


def files_of(path: Path, suffixes: Sequence[str]) -> list[Path]:
    """The file, or the files of the folder that end so, by name; InputError when there is none."""
    if path.is_file():
        return [path]
    found = sorted(one for one in path.glob("*") if one.is_file() and _wanted(one.name, suffixes))
    if not found:
        message = "there is no such file, or no file in the folder that ends with " + ", ".join(suffixes)
        raise InputError([Problem(path.name, None, None, None, message, "give another with --input")])
    return found
