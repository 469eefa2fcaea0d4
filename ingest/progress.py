"""How far a run has come, told to whoever watches."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told how far a stage (`extract`, `check`, `resolve`, `build`, `keep`, `publish`) has come; total None = not known."""

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        """Called often; must be quick."""
        ...


def quiet(stage: str, done: int, total: int | None) -> None:
    """Progress that nobody looks at."""
