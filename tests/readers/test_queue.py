"""Places are given to clients in turn."""

from __future__ import annotations

import asyncio

import pytest

from graph.readers import BusyError, TooManyError
from graph.readers_queue import FairQueue


def test_who_asks_little_is_not_behind_who_asks_much() -> None:
    async def order() -> list[str]:
        queue, served = FairQueue(1, 32, 32), list[str]()

        async def ask(client: str) -> None:
            await queue.take(client, 5)
            served.append(client)
            await asyncio.sleep(0.01)
            queue.give_back(client)

        greedy = [asyncio.create_task(ask("greedy")) for _ in range(6)]
        await asyncio.sleep(0)
        await asyncio.gather(*greedy, ask("modest"), ask("other"))
        assert (queue.free, queue.waiting) == (1, 0)
        return served

    served = asyncio.run(order())
    assert served[:4] == ["greedy", "greedy", "modest", "other"]
    assert served.count("greedy") == 6


def test_one_client_and_all_together_have_their_limits() -> None:
    async def ask() -> None:
        queue = FairQueue(1, 2, 2)
        await queue.take("a", 5)
        waits = [asyncio.create_task(queue.take("a", 5)), asyncio.create_task(queue.take("b", 5))]
        await asyncio.sleep(0)
        with pytest.raises(TooManyError):
            await queue.take("a", 5)
        with pytest.raises(BusyError, match="Too many queries wait"):
            await queue.take("c", 5)
        for client in ("a", "a", "b"):
            queue.give_back(client)
        await asyncio.gather(*waits)
        await queue.take("c", 5)

    asyncio.run(ask())


def test_who_gives_up_takes_no_place_along() -> None:
    async def ask() -> None:
        queue = FairQueue(1, 8, 8)
        await queue.take("a", 5)
        with pytest.raises(BusyError, match="in time"):
            await queue.take("b", 0.01)
        gone = asyncio.create_task(queue.take("c", 5))
        await asyncio.sleep(0)
        gone.cancel()
        queue.give_back("a")  # while the one that gave up is still in line
        await asyncio.gather(gone, return_exceptions=True)
        assert (queue.free, queue.waiting) == (1, 0)
        await queue.take("d", 0.01)
        late = asyncio.create_task(queue.take("e", 5))
        await asyncio.sleep(0)
        queue.give_back("d")  # the place comes …
        late.cancel()  # … and the client goes in the same moment
        await asyncio.gather(late, return_exceptions=True)
        await queue.take("f", 0.01)

    asyncio.run(ask())
