"""What people say of a missing pair: they work together already, they compete, it is useful, it is not.

`decisions/gaps.jsonl` of the data folder, written and read as the decisions about records are (docs/decisions/0012):
neither the order of the lines nor a line that stands twice matters. Keys are those of things as they stand on the map.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal, Self, get_args

from graph.columns import Columns
from graph.generation import DataFolder
from graph.identities import Identities
from ingest.deciding import DecisionError, check_key, check_line, check_text
from ingest.decision_lines import (
    NOTE,
    LineError,
    Pair,
    Undo,
    head_of,
    only,
    pair_said,
    read_lines,
    text_of,
    undo_of,
)
from ingest.decisions import FOLDER, pair_of
from ingest.line_files import append, head, writing, written_head

GAPS = "gaps.jsonl"
What = Literal["already-together", "competitors", "useful", "not-useful"]
WHATS: tuple[What, ...] = get_args(What)


@dataclass(frozen=True, slots=True)
class GapAnswer:
    """What somebody said of two organisations; `one` < `other`."""

    id: str
    at: datetime
    by: str
    one: str
    other: str
    answer: What
    note: str = ""

    @property
    def pair(self) -> Pair:
        """The two keys, sorted."""
        return self.one, self.other


@dataclass(frozen=True)
class Answers:
    """The answers in force: the newest about each pair that nobody took back. `history` is every line, oldest first."""

    standing: Mapping[Pair, GapAnswer] = field(default_factory=dict)
    history: Sequence[GapAnswer | Undo] = ()
    undone: Mapping[str, Undo] = field(default_factory=dict)

    @classmethod
    def of(cls, lines: Iterable[GapAnswer | Undo]) -> Self:
        """The same from lines."""
        history = sorted(lines, key=lambda line: (line.at.timestamp(), line.id))
        undone = {line.undoes: line for line in history if isinstance(line, Undo)}
        said = {line.pair: line for line in history if isinstance(line, GapAnswer) and line.id not in undone}
        return cls(said, tuple(history), undone)


def read(data: DataFolder | Path) -> Answers:
    """What stands in the data folder; none is an empty one. InputError with file and line of all that is wrong."""
    folder = (data.path if isinstance(data, DataFolder) else data) / FOLDER
    return Answers.of(read_lines(folder / GAPS, answer_of))


def answer(data: DataFolder, one: str, other: str, what: str, *, by: str | None = None, note: str = "") -> GapAnswer:
    """Say what a pair is. `by`: None is who is logged in. DecisionError when a key or the answer can be none, or both keys
    are the same."""
    if one == other:
        raise DecisionError("wrong", f"{one[:100]!r} is paired with itself; name two organisations")
    check_key(one)
    check_key(other)
    check_text("note", note)
    known = next((one_of for one_of in WHATS if one_of == what), None)
    if known is None:
        raise DecisionError("wrong", f"{what[:100]!r} is no answer; write one of {', '.join(WHATS)}")
    pair = pair_of(one, other)
    with writing(data):
        about = [line.at for line in read(data).history if isinstance(line, GapAnswer) and line.pair == pair]
        said = GapAnswer(*head(by, max(about, default=None)), *pair, known, note.strip())
        _append(data, said)
    return said


def take_back(data: DataFolder, line: str, *, by: str | None = None) -> Undo:
    """Take the answer with the id `line` back: what was said before it counts again. DecisionError."""
    with writing(data):
        held = read(data)
        found = next((one for one in held.history if one.id == line), None)
        if found is None:
            raise DecisionError("missing", f"there is no answer {line[:100]!r}")
        if isinstance(found, Undo):
            raise DecisionError("wrong", f"{line} takes an answer back itself; answer anew instead")
        if line in held.undone:
            raise DecisionError("done", f"{line} was taken back already, by {held.undone[line].by}")
        said = Undo(*head(by, found.at), line)
        _append(data, said)
    return said


def by_nodes(columns: Columns, identities: Identities | None, answers: Answers) -> Mapping[tuple[int, int], str]:
    """The answers in force by node ids, the lower first. A key that has moved is followed, also when records merged; what
    is about one and the same thing now, or about a thing that is gone, is left out. Of two about one pair the newest counts.
    """
    found: dict[tuple[int, int], str] = {}
    for said in sorted(answers.standing.values(), key=lambda said: (said.at, said.id)):
        one, other = (node_now(columns, identities, key) for key in said.pair)
        if one is not None and other is not None and one != other:
            found[min(one, other), max(one, other)] = said.answer
    return found


def node_now(columns: Columns, identities: Identities | None, key: str) -> int | None:
    """Where a key leads on this map; None when nowhere."""
    seen: set[str] = set()
    now: str | None = key
    while now is not None and now not in seen:
        if now in columns.node_of:
            return columns.node_of[now]
        seen.add(now)
        now = None if identities is None else identities.leads_to.get(now, identities.id_of.get(now))
    return None


def answer_of(said: Mapping[str, object]) -> GapAnswer | Undo:
    """A line of `gaps.jsonl`; LineError."""
    if "undoes" in said:
        return undo_of(said)
    only(said, ("id", "at", "by", "one", "other", "answer"), ("note",))
    pair = pair_said(said)
    what = next((known for known in WHATS if known == said["answer"]), None)
    if what is None:
        raise LineError("answer", f"{said['answer']!r} is no answer", f"write one of {', '.join(WHATS)}")
    return GapAnswer(*head_of(said), *pair, what, text_of(said, "note", NOTE, empty=True))


def line_of(said: GapAnswer | Undo) -> dict[str, object]:
    """As it stands in the file."""
    line = written_head(said.id, said.at, said.by)
    if isinstance(said, Undo):
        return line | {"undoes": said.undoes}
    return line | {"one": said.one, "other": said.other, "answer": said.answer, "note": said.note}


def _append(data: DataFolder, said: GapAnswer | Undo) -> None:
    line = line_of(said)
    check_line(line, answer_of)
    append(data, GAPS, line)
