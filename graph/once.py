"""Tables that many requests need, made once for each generation."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from threading import Lock
from typing import Generic, TypeVar, TypeVarTuple

__all__ = ["once"]

_A = TypeVarTuple("_A")
_R = TypeVar("_R")


class _Cell(Generic[_R]):
    """A place for one result."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.made: list[_R] = []


def once(most: int) -> Callable[[Callable[[*_A], _R]], Callable[[*_A], _R]]:
    """As `lru_cache(most)`, for arguments by position; but who asks while another one makes the same waits for it instead
    of making it again. An error is not kept. A function must not ask for itself with the same arguments."""

    def decorate(make: Callable[[*_A], _R]) -> Callable[[*_A], _R]:
        @lru_cache(most)
        def cell(*_args: object) -> _Cell[_R]:
            return _Cell()

        finding = Lock()  # two that miss at the same time would get two cells

        @wraps(make)
        def kept(*args: *_A) -> _R:
            with finding:
                here = cell(*args)
            with here.lock:
                if not here.made:
                    here.made.append(make(*args))
                return here.made[0]

        return kept

    return decorate
