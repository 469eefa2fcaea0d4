"""Write decisions down: one JSON line each, at the end of its file, on the disk before anybody is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

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
from ingest.decisions import Decisions, pair_of
from ingest.line_files import append, head, writing, written_head
from ingest.problem import IngestError


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
    check_text("note", note)
    pair = pair_of(one, other)
    marks = fingerprints or {}
    with _writing(data) as held:
        about = [line.at for line in held.history if isinstance(line, Decision) and line.pair == pair]
        line, at, name = head(by, max(about, default=None))
        decision = Decision(line, at, name, *pair, verdict, note.strip(), (marks.get(pair[0]), marks.get(pair[1])))
        _append(data, decision)
    return decision


def suppress(
    data: DataFolder, key: str, reason: str, *, by: str | None = None, fingerprint: str | None = None
) -> Suppression:
    """Withhold a record or a thing from the next build on; DecisionError when the key or the reason can be none."""
    check_key(key)
    check_text("reason", reason)
    with _writing(data) as held:
        about = [line.at for line in held.withheld if isinstance(line, Suppression) and line.key == key]
        said = Suppression(*head(by, max(about, default=None)), key, reason.strip(), fingerprint)
        _append(data, said)
    return said


def check_key(text: str) -> None:
    """DecisionError when it can be no key at all, whatever the map holds."""
    if not is_key(text):
        allowed = f'1 to {KEY} characters without blanks and none of < > " {{ }} | \\ ^ ` # ?'
        raise DecisionError("wrong", f"{text[:100]!r} is no key; a key is {allowed}")


def check_text(name: str, text: str) -> None:
    """DecisionError when it holds characters that do not show."""
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
    said = Undo(*head(by, found.at), line)
    _append(data, said, SUPPRESSED if isinstance(found, Suppression) else REVIEW)
    return said


@contextmanager
def _writing(data: DataFolder) -> Iterator[Decisions]:
    """The right to write, and what is written so far."""
    with writing(data):
        yield Decisions.read(data)


def _append(data: DataFolder, said: Decision | Suppression | Undo, file: str | None = None) -> None:
    line = line_of(said)
    check_line(line, suppression_of if isinstance(said, Suppression) else decision_of)
    append(data, file or (SUPPRESSED if isinstance(said, Suppression) else REVIEW), line)


def check_line(line: Mapping[str, object], parse: Callable[[Mapping[str, object]], object]) -> None:
    """DecisionError when the line would not be read again."""
    try:
        parse(line)
    except LineError as error:
        advice = "" if error.advice == ADVICE else f"; {error.advice}"  # there is no line yet that could be mended
        raise DecisionError("wrong", f"{error.field or 'line'}: {error.message}{advice}") from error


def line_of(said: Decision | Suppression | Undo) -> dict[str, object]:
    """As it stands in the file."""
    line = written_head(said.id, said.at, said.by)
    match said:
        case Undo():
            return line | {"undoes": said.undoes}
        case Suppression():
            mark = {} if said.fingerprint is None else {"fingerprint": said.fingerprint}
            return line | {"key": said.key, "reason": said.reason} | mark
    marks = {name: mark for name, mark in zip(("one", "other"), said.fingerprints, strict=True) if mark is not None}
    held = {"one": said.one, "other": said.other, "verdict": said.verdict, "note": said.note}
    return line | held | ({"fingerprints": marks} if marks else {})
