"""Work that must come to its end although whoever waits for it is told to stop: the end of a child process, above all."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Coroutine
from typing import Any, TypeVar

_T = TypeVar("_T")


async def finish(work: Coroutine[Any, Any, _T]) -> _T:
    """The result of `work`. A cancellation is put off until it is done, and then raised."""
    task = asyncio.ensure_future(work)
    stopped: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError as error:
            if task.cancelled():
                raise
            stopped = error
        except BaseException:
            break
    if stopped is not None:
        with contextlib.suppress(BaseException):
            task.result()
        raise stopped
    return task.result()
