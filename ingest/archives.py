"""Packed files from others: zip and gzip, read within limits. Whatever is wrong is an InputError that says what to do."""

from __future__ import annotations

import gzip
import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from ingest.problem import InputError, Problem

_ENCRYPTED = 0x1
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)
_MEGABYTE = 1_000_000
_BUFFER = 1 << 18


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """`total` bytes unpacked, at most `ratio` times the packed bytes (from one megabyte on), `members` files."""

    total: int = 4_000_000_000
    ratio: int = 200
    members: int = 10_000


LIMITS = ArchiveLimits()


@dataclass(frozen=True, slots=True)
class Archive:
    """A zip whose directory was checked; `names` are its files in the order in which they stand, folders left out."""

    name: str
    names: tuple[str, ...]
    _zip: zipfile.ZipFile

    @contextmanager
    def open(self, member: str) -> Iterator[io.BufferedReader]:
        """A member to read from; InputError when it is not there, or as soon as its bytes are found damaged."""
        if member not in self.names:
            raise _error(f"{self.name}/{member}", "is not in the archive", f"it holds {', '.join(self.names[:10])}")
        try:
            packed = self._zip.open(member)
        except _BROKEN as error:
            raise _damaged(f"{self.name}/{member}", error) from error
        with packed:
            yield io.BufferedReader(
                _Guarded(packed, f"{self.name}/{member}", self._zip.getinfo(member).file_size), _BUFFER
            )


@contextmanager
def safe_zip(name: str, source: Path | IO[bytes], limits: ArchiveLimits = LIMITS) -> Iterator[Archive]:
    """The zip in `source`, called `name` in messages; InputError when it is none, damaged, or not within the limits."""
    if isinstance(source, Path) and not source.is_file():
        raise _error(name, "is not there", "mend the path")
    try:
        archive = zipfile.ZipFile(source)
    except _BROKEN as error:
        raise _damaged(name, error) from error
    with archive:
        check_members(name, archive.infolist(), limits)
        held = tuple(member.filename for member in archive.infolist() if not member.is_dir())
        yield Archive(name, held, archive)


def check_members(name: str, members: Sequence[zipfile.ZipInfo], limits: ArchiveLimits = LIMITS) -> None:
    """InputError when a member of the zip must not be unpacked, or all together go beyond the limits."""
    problems = [problem for member in members if (problem := _fault(name, member))]
    if problems:
        raise InputError(problems)
    _check_sizes(name, [member for member in members if not member.is_dir()], limits)


def safe_gzip(name: str, source: IO[bytes], packed: int, limits: ArchiveLimits = LIMITS) -> io.BufferedReader:
    """The unpacked bytes of a gzip file of `packed` bytes, to be read bit by bit; InputError beyond the limits."""
    most = min(limits.total, max(_MEGABYTE, packed * limits.ratio))
    return io.BufferedReader(_Guarded(gzip.GzipFile(fileobj=source), name, most), _BUFFER)


class _Guarded(io.RawIOBase):
    """Reads on, and raises InputError for damage and for more than `most` bytes."""

    def __init__(self, stream: IO[bytes] | gzip.GzipFile, name: str, most: int) -> None:
        self._stream, self._name, self._left = stream, name, most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]  # the stub takes any buffer
        try:
            got = self._stream.read(len(buffer))
        except _BROKEN as error:
            raise _damaged(self._name, error) from error
        self._left -= len(got)
        if self._left < 0:
            raise _error(self._name, "unpacks to far more than its size allows", "do not use it: it may be a bomb")
        buffer[: len(got)] = got
        return len(got)


def _fault(name: str, member: zipfile.ZipInfo) -> Problem | None:
    path = PurePosixPath(member.filename.replace("\\", "/"))
    mode = member.external_attr >> 16
    if path.is_absolute() or ".." in path.parts or re.match(r"[A-Za-z]:", member.filename) or "\0" in member.filename:
        message, advice = "has a path that leads out of the archive", "do not use it: it was made to do harm"
    elif stat.S_ISLNK(mode):
        message, advice = "is a link", "pack the file itself"
    elif mode and stat.S_IFMT(mode) not in {0, stat.S_IFREG, stat.S_IFDIR}:
        message, advice = "is no plain file", "pack plain files only"
    elif member.flag_bits & _ENCRYPTED:
        message, advice = "is encrypted", "pack it without a password"
    elif member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        message, advice = f"is packed in the way {member.compress_type}", "pack it with deflate, as zip does by itself"
    else:
        return None
    return Problem(f"{name}/{member.filename[:100]!r}", None, None, None, message, advice)


def _check_sizes(name: str, held: list[zipfile.ZipInfo], limits: ArchiveLimits) -> None:
    total, packed = sum(member.file_size for member in held), sum(member.compress_size for member in held)
    if len(held) > limits.members:
        raise _error(name, f"holds {len(held):,} files, more than {limits.members:,}", "pack fewer")
    if len({member.filename for member in held}) < len(held):
        raise _error(name, "holds two files of one name", "keep one of them")
    if total > limits.total or total > max(_MEGABYTE, packed * limits.ratio):
        message = f"unpacks from {packed:,} to {total:,} bytes"
        advice = f"do not use it: at most {limits.total:,} bytes and {limits.ratio} times its size are unpacked"
        raise _error(name, message, advice)


def _damaged(name: str, error: Exception) -> InputError:
    return _error(name, f"is damaged or cut off ({str(error)[:200] or type(error).__name__})", "download it again")


def _error(name: str, message: str, advice: str) -> InputError:
    return InputError([Problem(name, None, None, None, message, advice)])
