"""Analyses: each question once, a few at a time, and nobody's answer is lost."""

from __future__ import annotations

import asyncio
import threading

import pytest

from api.analyses import Analyses
from api.problem import ApiError

_LONG = 600.0


def test_one_question_is_worked_out_once_for_all_who_ask() -> None:
    async def asked() -> None:
        analyses, go, counted = Analyses(2, 2, _LONG), threading.Event(), []

        def work() -> str:
            go.wait()
            counted.append(1)
            return "found"

        waiting = [asyncio.create_task(analyses.answer("question", work)) for _ in range(20)]
        await asyncio.sleep(0)
        assert analyses.load == 1
        go.set()
        assert await asyncio.gather(*waiting) == ["found"] * 20
        assert await analyses.answer("question", work) == "found"
        assert len(counted) == 1
        analyses.close()

    asyncio.run(asked())


def test_more_questions_than_there_is_room_for_are_asked_to_come_again() -> None:
    async def asked() -> None:
        analyses, go = Analyses(1, 1, _LONG), threading.Event()
        first = [asyncio.create_task(analyses.answer(number, go.wait)) for number in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(ApiError) as refused:
            await analyses.answer("one more", go.wait)
        assert (refused.value.status, refused.value.headers["Retry-After"]) == (503, "5")
        go.set()
        assert await asyncio.gather(*first) == [True, True]
        assert await analyses.answer("one more", go.wait) is True
        analyses.close()

    asyncio.run(asked())


def test_what_takes_too_long_is_there_for_who_asks_again() -> None:
    async def asked() -> None:
        analyses, go = Analyses(1, 0, 0.001), threading.Event()
        with pytest.raises(ApiError) as late:
            await analyses.answer("question", go.wait)
        assert (late.value.status, late.value.reason) == (503, "analysis_deadline")
        go.set()
        while analyses.load:
            await asyncio.sleep(0)
        assert await analyses.answer("question", lambda: False) is True  # not worked out anew
        analyses.close()

    asyncio.run(asked())


def test_work_that_fails_is_not_kept() -> None:
    async def asked() -> None:
        analyses = Analyses(1, 0, _LONG)

        def fail() -> str:
            raise ValueError("no")

        for _ in range(2):
            with pytest.raises(ValueError, match="no"):
                await analyses.answer("question", fail)
        assert await analyses.answer("question", lambda: "found") == "found"
        analyses.close()

    asyncio.run(asked())
