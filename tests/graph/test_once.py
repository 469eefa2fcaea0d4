"""What many ask for at the same time is made once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from graph.once import once


def test_who_asks_at_the_same_time_waits_for_one_making() -> None:
    made: list[int] = []
    begun, go = Event(), Event()

    @once(2)
    def table(size: int) -> list[int]:
        made.append(size)
        begun.set()
        go.wait(60)
        return [0] * size

    together = Barrier(4)

    def ask() -> list[int]:
        together.wait(60)
        return table(3)

    with ThreadPoolExecutor(4) as threads:
        asked = [threads.submit(ask) for _ in range(4)]
        begun.wait(60)
        go.set()
        answers = [one.result(60) for one in asked]
    assert made == [3]
    assert all(one is answers[0] for one in answers)


def test_only_so_many_are_kept_and_an_error_is_not() -> None:
    made: list[int] = []

    @once(1)
    def half(number: int) -> float:
        made.append(number)
        return 1 / number

    assert (half(1), half(2), half(1)) == (1, 0.5, 1)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            half(0)
    assert made == [1, 2, 1, 0, 0]
