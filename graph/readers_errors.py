"""Why no answer came from a reader, and what an answer is."""

from __future__ import annotations

import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import GraphError


class ReaderError(GraphError):
    """No answer came; `str()` says why in words for the person who asked."""


class QueryError(ReaderError):
    """The engine refuses the query. `line` and `column` count from 1 and are None when the evaluation failed."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class ResultTooLargeError(ReaderError):
    """The answer passes the limit of rows or bytes."""


class DeadlineError(ReaderError):
    """The time was up; the reader was killed."""


class ReaderDiedError(ReaderError):
    """The query ended its reader process (too much memory, too deep a nesting, a fault of the engine).

    `said` is what the process wrote last; it is for this class, not for people.
    """

    def __init__(self, code: int | None, said: str = "") -> None:
        self.code = code
        self.fault = "panicked at" in said
        self.too_heavy = not self.fault and code in (-signal.SIGSEGV, -signal.SIGABRT, -signal.SIGBUS)
        if "total order" in said:
            why = "the engine cannot sort values of so many kinds; sort by STR() of them, or by one kind of value"
        elif self.fault:
            why = "the engine failed; write the query in another way"
        else:
            causes = {-signal.SIGSEGV: "it nests too deeply", -signal.SIGABRT: "it needs more memory than it may use"}
            why = causes.get(code or 0, "the process was stopped")
        super().__init__(f"The query ended its reader process: {why}.")


class BusyError(ReaderError):
    """Too many queries wait already."""


class TooManyError(BusyError):
    """This client has too many queries running or waiting already."""


class StoreError(ReaderError):
    """The store of the generation does not open."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of a query: until a reader was free, inside the engine (None: not told apart), writing the answer."""

    queue: float
    engine: float
    writing: float | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """`body` is the whole answer in `media_type`, of `rows` solutions or triples; `seconds` inside the reader; `by` the
    engine or the columns."""

    body: bytes
    media_type: str
    rows: int
    seconds: float
    store: Path
    timing: Timing | None = None
    by: str = "engine"


def check(header: dict[str, Any]) -> None:
    """Raise what the header of a reader's answer says is wrong, if anything is."""
    kind = header.get("error")
    if kind == "too-large":
        raise ResultTooLargeError(header["message"])
    if kind == "store":
        raise StoreError(header["message"])
    if kind is not None:
        raise QueryError(header["message"], header.get("line"), header.get("column"))
