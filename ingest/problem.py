"""What is wrong with an input, said so that its owner can mend it: file, line, column, value and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SHOWN = 20


class IngestError(Exception):
    """The root of all errors of this package."""


class InputError(IngestError):
    """The input cannot be used at all; `problems` lists everything that was found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(render(self.problems))


class BoundsError(IngestError):
    """The source says far less, or far more of it is wrong, than its card allows; nothing was published."""

    def __init__(self, message: str, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join([message, *([render(self.problems)] if self.problems else [])]))


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: `line` counts from 1 in the file (the header is 1); `column` and `value` where there is one."""

    file: str
    line: int | None
    column: str | None
    value: str | None
    message: str
    advice: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        column = "" if self.column is None else f"column {self.column}: "
        return f"{place}: {column}{self.message}; {self.advice}"


class CellError(IngestError):
    """A value is not what its column takes; who knows the place makes a `Problem` of it."""

    def __init__(self, message: str, advice: str) -> None:
        self.message = message
        self.advice = advice
        super().__init__(f"{message}; {advice}")


def render(problems: Sequence[Problem], shown: int = SHOWN) -> str:
    """One line each, at most `shown` of them and then how many more there are."""
    lines = [str(problem) for problem in problems[:shown]]
    if len(problems) > shown:
        lines.append(f"... and {len(problems) - shown} more")
    return "\n".join(lines)
