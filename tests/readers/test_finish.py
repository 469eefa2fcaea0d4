"""What must come to its end comes to it, also when whoever waits is told to stop, twice."""

from __future__ import annotations

import asyncio

import pytest

from graph.finish import finish
from graph.readers_sources import DiskReaders
from graph.store import EmbeddedStore


def test_a_cancelled_wait_still_sees_the_end() -> None:
    async def run() -> None:
        done, gate = list[str](), asyncio.Event()

        async def work() -> str:
            await gate.wait()
            done.append("end")
            return "result"

        waiting = asyncio.create_task(finish(work()))
        for _ in range(2):
            await asyncio.sleep(0)
            waiting.cancel()
        await asyncio.sleep(0)
        assert not waiting.done()
        gate.set()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert done == ["end"]
        assert await finish(work()) == "result"

    asyncio.run(run())


def test_errors_of_the_work_come_through() -> None:
    async def fail() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        asyncio.run(finish(fail()))


@pytest.mark.parametrize("rounds", [0, 1, 3, 10, 40])
def test_a_start_that_is_cancelled_leaves_no_process(tmp_path_factory: pytest.TempPathFactory, rounds: int) -> None:
    path = tmp_path_factory.mktemp("store")
    EmbeddedStore.create(path).close()

    async def run() -> None:
        starting = asyncio.create_task(DiskReaders(path).start(1 << 30))
        for _ in range(rounds):
            await asyncio.sleep(0.005)
        starting.cancel()
        result = (await asyncio.gather(starting, return_exceptions=True))[0]
        if not isinstance(result, BaseException):  # it had started already
            await result.kill()

    asyncio.run(run())  # a process left behind is a ResourceWarning, which pytest makes an error
