"""Write decisions down: one JSON line each, at the end of its file, on the disk before anybody is told."""

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
from graph.visible import hidden
from ingest.decision_lines import (
    ADVICE,
    KEY,
    REVIEW,
    SUPPRESSED,
    Decision,
    LineError,
    Suppression,
    Undo,
    Verdict,
    decision_of,
    is_key,
    suppression_of,
)
from ingest.decisions import FOLDER, Decisions, pair_of
from ingest.problem import IngestError

ATTRIBUTES = "*.jsonl merge=union\n"
_STEP = timedelta(milliseconds=1)


class DecisionError(IngestError):
    """It makes no sense and was not written down. `reason`: `wrong`, `missing` (there is no such line) or `done`."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


def decide(
    data: DataFolder,
    one: str,
    other: str,
    verdict: Verdict,
    *,
    by: str | None = None,
    note: str = "",
    fingerprints: Mapping[str, str] | None = None,
) -> Decision:
    """Say of two records whether they are the same. `by`: None is who is logged in; `fingerprints`: by key, as known.

    DecisionError when a key or the verdict can be none, or both keys are the same.
    """
    if one == other:
        raise DecisionError("wrong", f"{one[:100]!r} is compared with itself; name two records")
    check_key(one)
    check_key(other)
    _check_text("note", note)
    pair = pair_of(one, other)
    marks = fingerprints or {}
    with _writing(data) as held:
        about = [line.at for line in held.history if isinstance(line, Decision) and line.pair == pair]
        line, at, name = _head(by, max(about, default=None))
        decision = Decision(line, at, name, *pair, verdict, note.strip(), (marks.get(pair[0]), marks.get(pair[1])))
        _append(data, decision)
    return decision


def suppress(
    data: DataFolder, key: str, reason: str, *, by: str | None = None, fingerprint: str | None = None
) -> Suppression:
    """Withhold a record or a thing from the next build on; DecisionError when the key or the reason can be none."""
    check_key(key)
    _check_text("reason", reason)
    with _writing(data) as held:
        about = [line.at for line in held.withheld if isinstance(line, Suppression) and line.key == key]
        said = Suppression(*_head(by, max(about, default=None)), key, reason.strip(), fingerprint)
        _append(data, said)
    return said


def check_key(text: str) -> None:
    """DecisionError when it can be no key at all, whatever the map holds."""
    if not is_key(text):
        allowed = f'1 to {KEY} characters without blanks and none of < > " {{ }} | \\ ^ ` # ?'
        raise DecisionError("wrong", f"{text[:100]!r} is no key; a key is {allowed}")


def _check_text(name: str, text: str) -> None:
    found = hidden(text)
    if found is not None:
        raise DecisionError("wrong", f"{name}: it holds {found}, which does not show; take it out")


def undo(data: DataFolder, line: str, *, by: str | None = None) -> Undo:
    """Take the decision or suppression with the id `line` back: what was said before it counts again. DecisionError."""
    with _writing(data) as held:
        return _undo(data, held, line, by)


def unsuppress(data: DataFolder, key: str, *, by: str | None = None) -> tuple[Undo, ...]:
    """Take back every suppression of the key; DecisionError when there is none."""
    with _writing(data) as held:
        said = [line for line in held.withheld if isinstance(line, Suppression) and line.key == key]
        lines = [line.id for line in said if line.id not in held.undone]
        if not lines:
            raise DecisionError("missing", f"{key[:100]!r} is not suppressed")
        return tuple(_undo(data, held, line, by) for line in lines)


def _undo(data: DataFolder, held: Decisions, line: str, by: str | None) -> Undo:
    found = next((one for one in (*held.history, *held.withheld) if one.id == line), None)
    if found is None:
        raise DecisionError("missing", f"there is no decision {line[:100]!r}")
    if isinstance(found, Undo):
        raise DecisionError("wrong", f"{line} takes a decision back itself; decide anew instead")
    if line in held.undone:
        raise DecisionError("done", f"{line} was taken back already, by {held.undone[line].by}")
    said = Undo(*_head(by, found.at), line)
    _append(data, said, SUPPRESSED if isinstance(found, Suppression) else REVIEW)
    return said


@contextmanager
def _writing(data: DataFolder) -> Iterator[Decisions]:
    """The right to write, across processes, and what is written so far; makes the folder."""
    folder = data.folder(FOLDER)
    with data.writing():
        attributes = folder / ".gitattributes"
        if not attributes.exists():
            attributes.write_text(ATTRIBUTES, "ascii")
        handle = os.open(data.path / "decisions.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield Decisions.read(data)
    finally:
        os.close(handle)


def _head(by: str | None, after: datetime | None) -> tuple[str, datetime, str]:
    """Id, time and name of a new line: later than `after` whatever the clock says, for the newest line counts."""
    now = datetime.now(UTC)
    now = now.replace(microsecond=now.microsecond // 1000 * 1000)
    at = now if after is None else max(now, after + _STEP)
    return f"{round(at.timestamp() * 1000):012x}-{secrets.token_hex(6)}", at, by or _user()


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may run under a number without a name
        return f"user {os.getuid()}"


def _append(data: DataFolder, said: Decision | Suppression | Undo, file: str | None = None) -> None:
    line = line_of(said)
    try:
        suppression_of(line) if isinstance(said, Suppression) else decision_of(line)
    except LineError as error:
        advice = "" if error.advice == ADVICE else f"; {error.advice}"  # there is no line yet that could be mended
        raise DecisionError("wrong", f"{error.field or 'line'}: {error.message}{advice}") from error
    written = json.dumps(line, ensure_ascii=False).encode() + b"\n"
    path = data.path / FOLDER / (file or (SUPPRESSED if isinstance(said, Suppression) else REVIEW))
    with data.writing():
        _write(path, written)


def line_of(said: Decision | Suppression | Undo) -> dict[str, object]:
    """As it stands in the file."""
    line: dict[str, object] = {"id": said.id, "at": said.at.isoformat(timespec="milliseconds"), "by": said.by}
    match said:
        case Undo():
            return line | {"undoes": said.undoes}
        case Suppression():
            mark = {} if said.fingerprint is None else {"fingerprint": said.fingerprint}
            return line | {"key": said.key, "reason": said.reason} | mark
    marks = {name: mark for name, mark in zip(("one", "other"), said.fingerprints, strict=True) if mark is not None}
    held = {"one": said.one, "other": said.other, "verdict": said.verdict, "note": said.note}
    return line | held | ({"fingerprints": marks} if marks else {})


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
