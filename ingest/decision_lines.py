"""The lines of `decisions/review.jsonl` and `decisions/suppressed.jsonl`: what each may say, read strictly."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal, Protocol, TypeAlias, TypeVar, get_args

from ingest.problem import InputError, Problem

Verdict = Literal["same", "different", "unsure"]
Pair: TypeAlias = tuple[str, str]  # keys of records, sorted
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
REVIEW, SUPPRESSED = "review.jsonl", "suppressed.jsonl"
NOTE, BY, KEY = 2_000, 200, 300  # characters at most

_MARKER = re.compile(r"(<{7}|\|{7}|={7}|>{7})( |\r?$)")
_HALF = re.compile("[\ud800-\udfff]")  # half a character, which UTF-8 cannot hold
_NO_KEY = re.compile(r"[\s<>\"{}|\\^`#?\x00-\x1f\x7f\ud800-\udfff]")
ADVICE = "mend the line, or take it out"


class Line(Protocol):
    """Anything that is written as one line of a file of `decisions/`."""

    @property
    def id(self) -> str:
        """Its own, for ever."""


_T = TypeVar("_T", bound=Line)


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody said about two records; `one` < `other`. `fingerprints` tell them again when their keys have gone."""

    id: str
    at: datetime
    by: str
    one: str
    other: str
    verdict: Verdict
    note: str = ""
    fingerprints: tuple[str | None, str | None] = (None, None)

    @property
    def pair(self) -> Pair:
        """The two keys, sorted."""
        return self.one, self.other


@dataclass(frozen=True, slots=True)
class Suppression:
    """A record, or a thing, that is withheld from the graph."""

    id: str
    at: datetime
    by: str
    key: str
    reason: str
    fingerprint: str | None = None


@dataclass(frozen=True, slots=True)
class Undo:
    """Takes the line with the id `undoes` back."""

    id: str
    at: datetime
    by: str
    undoes: str


class LineError(ValueError):
    """A line says something else than it should; `field` is the name of the part, if it is one."""

    def __init__(self, field: str | None, message: str, advice: str = ADVICE) -> None:
        super().__init__(message)
        self.field, self.message, self.advice = field, message, advice


class FormError(LineError):
    """It is no line of JSON at all."""

    def __init__(self, message: str) -> None:
        super().__init__(None, message, "write one JSON object on each line")


def is_key(text: str) -> bool:
    """Whether it can be the key of a record or a thing."""
    return 0 < len(text) <= KEY and not _NO_KEY.search(text)


def decision_of(said: Mapping[str, object]) -> Decision | Undo:
    """A line of `review.jsonl`; LineError."""
    if "undoes" in said:
        return undo_of(said)
    only(said, ("id", "at", "by", "one", "other", "verdict"), ("note", "fingerprints"))
    one, other = pair_said(said)
    verdict = next((known for known in VERDICTS if known == said["verdict"]), None)
    if verdict is None:
        raise LineError("verdict", f"{said['verdict']!r} is no verdict", f"write one of {', '.join(VERDICTS)}")
    prints = said.get("fingerprints") or {}
    if not isinstance(prints, dict) or not {"one", "other"}.issuperset(prints):
        raise LineError("fingerprints", "it is not an object with `one` and `other`")
    marks = (_optional(prints, "one"), _optional(prints, "other"))
    return Decision(*head_of(said), one, other, verdict, text_of(said, "note", NOTE, empty=True), marks)


def pair_said(said: Mapping[str, object]) -> Pair:
    """The two keys `one` and `other`, sorted; LineError."""
    one, other = key_of(said, "one"), key_of(said, "other")
    if one >= other:
        raise LineError("one", f"{one!r} must come before {other!r}", "write the key that sorts first as `one`")
    return one, other


def suppression_of(said: Mapping[str, object]) -> Suppression | Undo:
    """A line of `suppressed.jsonl`; LineError."""
    if "undoes" in said:
        return undo_of(said)
    only(said, ("id", "at", "by", "key", "reason"), ("fingerprint",))
    key, reason = key_of(said, "key"), text_of(said, "reason", NOTE)
    return Suppression(*head_of(said), key, reason, _optional(said, "fingerprint"))


def read_lines(path: Path, parse: Callable[[Mapping[str, object]], _T]) -> Sequence[_T]:
    """All lines, each once; none when there is no file. InputError with every line that is wrong.

    A last line that was cut off while it was written is left out: nobody was told that it counts.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise InputError([_problem(path, None, LineError(None, "cannot be read", "mend its rights"))]) from error
    held: dict[str, _T] = {}
    problems: list[Problem] = []
    for number, line, whole in _lines(raw):
        try:
            entry = parse(_object(line))
            if held.setdefault(entry.id, entry) != entry:
                raise LineError("id", f"another line has the id {entry.id} and says something else")
        except LineError as error:
            if whole or not isinstance(error, FormError):
                problems.append(_problem(path, number, error))
    if problems:
        raise InputError(problems)
    return tuple(held.values())


def _lines(raw: bytes) -> Iterator[tuple[int, bytes, bool]]:
    """Number, line, and whether its end is there, too."""
    for number, line in enumerate(raw.removeprefix(b"\xef\xbb\xbf").splitlines(keepends=True), 1):
        if line.strip():
            yield number, line, line.endswith(b"\n")


def _object(line: bytes) -> Mapping[str, object]:
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FormError("the line is not UTF-8") from error
    if _MARKER.match(text):
        message = "git left a merge here unfinished (a conflict marker)"
        raise LineError(None, message, "keep the lines of both sides and take out the lines of markers")
    try:
        said = _DECODER.decode(text)
    except LineError:
        raise
    except (ValueError, RecursionError) as error:
        raise FormError("the line is not JSON") from error
    if not isinstance(said, dict):
        raise FormError("the line is no JSON object")
    return said


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    said = dict(pairs)
    if len(said) < len(pairs):
        raise LineError(None, "a name stands twice in the line")
    return said


_DECODER = json.JSONDecoder(object_pairs_hook=_once)


def undo_of(said: Mapping[str, object]) -> Undo:
    """A line that takes another one back; LineError."""
    only(said, ("id", "at", "by", "undoes"), ())
    return Undo(*head_of(said), text_of(said, "undoes", BY))


def head_of(said: Mapping[str, object]) -> tuple[str, datetime, str]:
    """Id, time and who; LineError."""
    return text_of(said, "id", BY), _time(said), text_of(said, "by", BY)


def only(said: Mapping[str, object], needed: Sequence[str], others: Sequence[str]) -> None:
    """LineError when a part is missing, or there is another one."""
    for name in said:
        if name not in (*needed, *others):
            raise LineError(name[:BY], "there is no such part", f"known are {', '.join((*needed, *others))}")
    for name in needed:
        if name not in said:
            raise LineError(name, "it is missing")


def text_of(said: Mapping[str, object], name: str, most: int, *, empty: bool = False) -> str:
    """A text of at most so many characters; LineError."""
    value = said.get(name, "")
    if not isinstance(value, str) or len(value) > most or not (empty or value.strip()) or _HALF.search(value):
        raise LineError(name, f"it is not a text of {0 if empty else 1} to {most:,} characters")
    return value


def _optional(said: Mapping[str, object], name: str) -> str | None:
    return None if said.get(name) is None else text_of(said, name, BY)


def key_of(said: Mapping[str, object], name: str) -> str:
    """The key of a record or a thing; LineError."""
    value = said[name]
    if not isinstance(value, str) or not is_key(value):
        raise LineError(name, f"{str(value)[:BY]!r} is no key of a record")
    return value


def _time(said: Mapping[str, object]) -> datetime:
    advice = "write it as 2026-11-26T09:30:00+00:00"
    try:
        moment = datetime.fromisoformat(str(said["at"]))
    except ValueError as error:
        raise LineError("at", f"{str(said['at'])[:BY]!r} is no time", advice) from error
    if moment.utcoffset() != timedelta(0):
        raise LineError("at", f"{said['at']!r} is not in UTC", advice)
    return moment


def _problem(path: Path, line: int | None, error: LineError) -> Problem:
    return Problem(f"decisions/{path.name}", line, error.field, None, error.message, error.advice)
