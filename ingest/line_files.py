"""Files of lines that only grow: the right to write, the head of a new line, and how it gets onto the disk."""

from __future__ import annotations

import errno
import fcntl
import getpass
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from graph.generation import DataFolder
from ingest.decisions import FOLDER

ATTRIBUTES = "*.jsonl merge=union\n"
_STEP = timedelta(milliseconds=1)


@contextmanager
def writing(data: DataFolder) -> Iterator[None]:
    """The right to write into `decisions/`, across processes; makes the folder."""
    folder = data.folder(FOLDER)
    with data.writing():
        attributes = folder / ".gitattributes"
        if not attributes.exists():
            attributes.write_text(ATTRIBUTES, "ascii")
        handle = os.open(data.path / "decisions.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def head(by: str | None, after: datetime | None) -> tuple[str, datetime, str]:
    """Id, time and name of a new line: later than `after` whatever the clock says, for the newest line counts."""
    now = datetime.now(UTC)
    now = now.replace(microsecond=now.microsecond // 1000 * 1000)
    at = now if after is None else max(now, after + _STEP)
    return f"{round(at.timestamp() * 1000):012x}-{secrets.token_hex(6)}", at, by or _user()


def written_head(line: str, at: datetime, by: str) -> dict[str, object]:
    """The same as it stands in a line."""
    return {"id": line, "at": at.isoformat(timespec="milliseconds"), "by": by}


def append(data: DataFolder, file: str, line: Mapping[str, object]) -> None:
    """One JSON line at the end of a file of `decisions/`, on the disk before this returns."""
    written = json.dumps(line, ensure_ascii=False).encode() + b"\n"
    with data.writing():
        _write(data.path / FOLDER / file, written)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may run under a number without a name
        return f"user {os.getuid()}"


def _write(path: Path, line: bytes) -> None:
    """Append whole or not at all; a line that a kill cut off before is ended or taken away first."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
    with os.fdopen(handle, "r+b", buffering=0) as file:
        size = file.seek(0, os.SEEK_END)
        rest = _unended(path) if size else b""
        if rest and not _is_json(rest):
            size -= len(rest)
            file.truncate(size)
        elif rest:
            line = b"\n" + line
        try:
            if file.write(line) != len(line):
                raise OSError(errno.ENOSPC, "the line was not written whole")
            os.fsync(file.fileno())
        except OSError:
            file.truncate(size)
            raise


def _unended(path: Path) -> bytes:
    return path.read_bytes().rpartition(b"\n")[2]


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True
