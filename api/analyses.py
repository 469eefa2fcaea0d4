"""Analyses that take seconds: a few at a time, in threads of their own, each question once, and its answer kept."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from api.problem import ApiError

_T = TypeVar("_T")
_KEPT = 48  # answers
_BEFORE = 0.9  # of the seconds that an answer may take, so that this refusal comes before that of `Admission`


class Analyses:
    """For the event loop alone: whoever asks what is under way already waits for it, and takes no thread to do so.

    What was begun is brought to its end even when nobody waits for it any more: the next one who asks has it at once.
    """

    def __init__(self, running: int, waiting: int, seconds: float, kept: int = _KEPT) -> None:
        self._threads = ThreadPoolExecutor(running, "analysis")
        self._most = running + waiting
        self._seconds = _BEFORE * seconds
        self._most_kept = kept
        self._under_way: dict[Hashable, asyncio.Future[Any]] = {}
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()

    async def answer(self, key: Hashable, work: Callable[[], _T]) -> _T:
        """What `work` gives for the question `key`; a problem 503 when too many others wait, or it takes too long."""
        if key in self._kept:
            self._kept.move_to_end(key)
            held: _T = self._kept[key]
            return held
        begun = self._under_way.get(key) or self._begin(key, work)
        done, _ = await asyncio.wait({begun}, timeout=self._seconds)
        if not done:
            detail = "This is being worked out, and takes longer than one answer may; ask again, and it will be there."
            raise ApiError(503, detail, headers={"Retry-After": "5"}, reason="analysis_deadline")
        found: _T = begun.result()
        return found

    def _begin(self, key: Hashable, work: Callable[[], _T]) -> asyncio.Future[Any]:
        if len(self._under_way) >= self._most:
            detail = f"{len(self._under_way)} other questions of this sort are being worked out; try again soon."
            raise ApiError(503, detail, headers={"Retry-After": "5"}, reason="analyses_busy")
        begun = asyncio.get_running_loop().run_in_executor(self._threads, work)
        self._under_way[key] = begun
        begun.add_done_callback(lambda done: self._end(key, done))
        return begun

    def _end(self, key: Hashable, done: asyncio.Future[Any]) -> None:
        del self._under_way[key]
        if done.cancelled() or done.exception() is not None:
            return
        self._kept[key] = done.result()
        while len(self._kept) > self._most_kept:
            self._kept.popitem(last=False)

    @property
    def load(self) -> int:
        """How many questions run or wait."""
        return len(self._under_way)

    def close(self) -> None:
        """Begin nothing more."""
        self._threads.shutdown(wait=False, cancel_futures=True)
