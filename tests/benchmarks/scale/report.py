"""What was measured at full size as a table, the aims beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.benchmarks.row import Row


@dataclass(frozen=True, slots=True)
class Aim:
    """What was found and the bound that it should keep: at most `most`, at least `least`."""

    what: str
    found: float
    unit: str
    most: float | None = None
    least: float | None = None

    @property
    def met(self) -> bool:
        """Whether the bound is kept."""
        return (self.most is None or self.found <= self.most) and (self.least is None or self.found >= self.least)

    @property
    def bound(self) -> str:
        """The bound in words."""
        return (
            f"at most {self.most:,g} {self.unit}" if self.most is not None else f"at least {self.least:,g} {self.unit}"
        )


def markdown(rows: Sequence[Row], aims: Sequence[Aim], left: str) -> str:
    """Two tables; `left` says what could not be measured, if anything."""
    lines = ["| what | found |", "|---|--:|"]
    lines += [f"| {row.what.removeprefix('scale: ')} | {digits(row.value)} {row.unit} |" for row in rows]
    lines += ["", "| aim | bound | found | |", "|---|---|--:|---|"]
    lines += [
        f"| {aim.what} | {aim.bound} | {digits(aim.found)} {aim.unit} | {'met' if aim.met else '**missed**'} |"
        for aim in aims
    ]
    return "\n".join([*lines, *(["", f"Not measured: {left}."] if left else []), ""])


def digits(value: float) -> str:
    """Three digits."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
