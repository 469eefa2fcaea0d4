"""Who asks, what that allows, and that a query ends when its client has gone."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

from fastapi import Request
from starlette.types import Receive

from api.problem import ApiError
from api.served import Served
from api.writing import writer_key
from graph.readers import Question, Result

_Answer = TypeVar("_Answer")
_LOOK_AFTER = 0.05  # seconds; a quick query is over before it is worth asking whether somebody still waits for it


@dataclass(frozen=True, slots=True)
class Asker:
    """`client` is the name in the queue; `seconds` the limit of a query. Who has a key may have answers of any size."""

    client: str
    seconds: float
    has_key: bool


async def asker(request: Request, served: Served) -> Asker:
    """By the key in the request if it has one (a problem 401 when it does not hold), else by the address."""
    settings = served.settings
    if "authorization" in request.headers:
        key = await writer_key(request, served)
        return Asker(f"key {key.name}", max(settings.key_timeout, settings.query_timeout), True)
    return Asker(_network(request.client.host if request.client else ""), settings.query_timeout, False)


def _network(address: str) -> str:
    """Of IPv6 the first half: who has one address there has all of them."""
    if ":" not in address:
        return address
    try:
        return str(ipaddress.IPv6Network(f"{address.partition('%')[0]}/64", strict=False))
    except ValueError:
        return address


async def ask(request: Request, served: Served, query: str, media_type: str) -> Result:
    """The answer to a query of our own, asked for whoever sent the request, within the same limits as theirs."""
    who = await asker(request, served)
    question = Question(query, media_type, client=who.client, seconds=who.seconds)
    return await while_there(request, served.pool.ask(question))


async def while_there(request: Request, work: Coroutine[Any, Any, _Answer]) -> _Answer:
    """What the work gives; it is cancelled when the client goes, and then nobody hears the problem 503."""
    watch = _Watch(request)
    try:
        return await work
    except asyncio.CancelledError:
        if not watch.gone:
            raise
        watch.task.uncancel()
        raise ApiError(503, "The client has gone.") from None
    finally:
        watch.end()


async def until_gone(receive: Receive) -> None:
    """Wait until the client has closed the connection."""
    while (await receive())["type"] != "http.disconnect":
        pass


class _Watch:
    """Cancels the task that made it when the client goes."""

    def __init__(self, request: Request) -> None:
        task = asyncio.current_task()
        if task is None:  # pragma: no cover - requests are answered in tasks
            raise RuntimeError("no task to cancel")
        self.task: asyncio.Task[Any] = task
        self.gone = False
        self._request = request
        self._leaving: asyncio.Task[None] | None = None
        self._timer = asyncio.get_running_loop().call_later(_LOOK_AFTER, self._begin)

    def end(self) -> None:
        """Look no longer."""
        self._timer.cancel()
        if self._leaving is not None:
            self._leaving.cancel()

    def _begin(self) -> None:
        self._leaving = asyncio.create_task(self._look())

    async def _look(self) -> None:
        await until_gone(self._request.receive)
        self.gone = True
        self.task.cancel()
