"""Zip and gzip from others: what is read, and what is refused with a reason."""

from __future__ import annotations

import gzip
import io
import re
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.archives import Archive, ArchiveLimits, safe_gzip, safe_zip
from ingest.problem import InputError

ROWS = b"id;acronym\n1;SUN\n" * 50


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes], deflate: bool = True) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED if deflate else zipfile.ZIP_STORED) as archive:
        for name, body in members:
            archive.writestr(name, body)
    return stream.getvalue()


def read(raw: bytes, limits: ArchiveLimits | None = None) -> dict[str, bytes]:
    with safe_zip("a.zip", io.BytesIO(raw), limits or ArchiveLimits()) as archive:
        return {name: _member(archive, name) for name in archive.names}


def _member(archive: Archive, name: str) -> bytes:
    with archive.open(name) as stream:
        return stream.read()


def test_a_zip_is_read_in_its_order_without_its_folders() -> None:
    assert list(read(zipped(("b/", b""), ("b/project.csv", ROWS), ("a.csv", b"1"))).items()) == [
        ("b/project.csv", ROWS),
        ("a.csv", b"1"),
    ]


def test_a_zip_is_read_from_a_path(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped(("a.csv", ROWS)))
    with safe_zip(path.name, path) as archive:
        assert _member(archive, "a.csv") == ROWS


def _link() -> zipfile.ZipInfo:
    link = zipfile.ZipInfo("link.csv")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    return link


def _encrypted() -> bytes:
    """The flag alone, in the local head and in the directory: zipfile cannot write what it can read."""
    raw = bytearray(zipped(("a.csv", ROWS)))
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    return bytes(raw)


def _damaged() -> bytes:
    raw = bytearray(zipped(("a.csv", ROWS), deflate=False))
    raw[60] ^= 0xFF
    return bytes(raw)


def _other_way() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.csv", ROWS)
    return stream.getvalue()


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "cut off": (lambda: zipped(("a.csv", ROWS))[:-30], "a.zip: is damaged or cut off (File is not a zip file)"),
    "html": (lambda: b"<!doctype html><html></html>", "a.zip: is damaged or cut off"),
    "empty": (lambda: b"", "a.zip: is damaged or cut off"),
    "climbs": (lambda: zipped(("../../evil.csv", ROWS)), "has a path that leads out of the archive"),
    "backslash": (lambda: zipped(("..\\evil.csv", ROWS)), "has a path that leads out of the archive"),
    "absolute": (lambda: zipped(("/etc/cron.d/evil", ROWS)), "has a path that leads out of the archive"),
    "drive": (lambda: zipped(("C:evil.csv", ROWS)), "has a path that leads out of the archive"),
    "link": (lambda: zipped((_link(), b"/etc/passwd")), "a.zip/'link.csv': is a link; pack the file itself"),
    "encrypted": (_encrypted, "is encrypted; pack it without a password"),
    "damaged": (_damaged, "a.zip/a.csv: is damaged or cut off (Bad CRC-32"),
    "other way": (_other_way, "is packed in the way 14"),
    "bomb": (lambda: zipped(("a.csv", bytes(50_000_000))), "unpacks from 48,"),
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_zip_is_refused_with_its_reason(what: str) -> None:
    make, message = BAD[what]
    with pytest.raises(InputError, match=re.escape(message)):
        read(make())


def test_two_members_of_one_name() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        raw = zipped(("a.csv", b"1"), ("a.csv", b"2"))
    with pytest.raises(InputError, match="holds two files of one name"):
        read(raw)


def test_too_many_members_and_too_many_bytes() -> None:
    raw = zipped(("a.csv", ROWS), ("b.csv", ROWS))
    with pytest.raises(InputError, match="holds 2 files, more than 1"):
        read(raw, ArchiveLimits(members=1))
    with pytest.raises(InputError, match=r"at most 100 bytes"):
        read(raw, ArchiveLimits(total=100))


def test_a_member_that_is_not_there() -> None:
    with (
        safe_zip("a.zip", io.BytesIO(zipped(("a.csv", ROWS)))) as archive,
        pytest.raises(InputError, match=r"a.zip/b.csv: is not in the archive; it holds a.csv"),
        archive.open("b.csv"),
    ):
        pass


def test_a_zip_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not there"), safe_zip("no.zip", tmp_path / "no.zip"):
        pass


def unpacked(raw: bytes, limits: ArchiveLimits | None = None) -> bytes:
    return safe_gzip("a.gz", io.BytesIO(raw), len(raw), limits or ArchiveLimits()).read()


def test_gzip_is_read() -> None:
    assert unpacked(gzip.compress(ROWS)) == ROWS
    assert unpacked(gzip.compress(ROWS) + gzip.compress(b"more")) == ROWS + b"more"


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (gzip.compress(ROWS)[:-20], "a.gz: is damaged or cut off"),
        (gzip.compress(ROWS)[:30] + b"\xff" * 40, "a.gz: is damaged or cut off"),
        (b"<html></html>", "a.gz: is damaged or cut off (Not a gzipped file"),
        (gzip.compress(bytes(50_000_000)), "a.gz: unpacks to far more than its size allows"),
    ],
)
def test_bad_gzip_is_refused_with_its_reason(raw: bytes, message: str) -> None:
    with pytest.raises(InputError, match=re.escape(message)):
        unpacked(raw)


def test_gzip_beyond_the_total() -> None:
    with pytest.raises(InputError, match="unpacks to far more"):
        unpacked(gzip.compress(ROWS), ArchiveLimits(total=100))
