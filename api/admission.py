"""How many requests to `/api/v1` are answered at the same time, of one address and of all, and for how long."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.metrics import Metrics
from api.problem import ApiError, problem_response
from api.settings import Settings

_PREFIX = "/api/v1/"


@dataclass
class _Answer:
    """What one request is sent, until its time is up and nothing more is."""

    send: Send
    begun: bool = False
    late: bool = False

    async def __call__(self, message: Message) -> None:
        if not self.late:
            self.begun = True
            await self.send(message)


class Admission:
    """Lets requests in as long as there is room.

    The answers are computed in threads, which cannot be stopped: after the time limit the client is told, and the place
    stays taken until the work has ended.
    """

    def __init__(self, app: ASGIApp, settings: Settings, metrics: Metrics) -> None:
        self.app = app
        self.settings = settings
        self.metrics = metrics
        self.running: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or refuse with 429 or 503."""
        if scope["type"] != "http" or not scope["path"].startswith(_PREFIX):
            await self.app(scope, receive, send)
            return
        client = scope["client"][0] if scope.get("client") else ""
        error = self._refusal(client) or await self._answer(client, scope, receive, send)
        if error is not None:
            self.metrics.refuse(error.reason)
            await problem_response(error)(scope, receive, send)

    async def _answer(self, client: str, scope: Scope, receive: Receive, send: Send) -> ApiError | None:
        """Answer; an error when the time is up before the answer begins."""
        answer = _Answer(send)
        work = asyncio.ensure_future(self.app(scope, receive, answer))
        self.running[client] += 1
        work.add_done_callback(lambda _: self._leave(client))
        try:
            await asyncio.wait({work}, timeout=self.settings.rest_timeout)
            if work.done() or answer.begun:
                await work
                return None
        except asyncio.CancelledError:
            work.cancel()
            raise
        answer.late = True
        work.add_done_callback(_forget)
        detail = f"The answer took longer than {self.settings.rest_timeout:g} s; ask for less."
        return ApiError(503, detail, headers={"Retry-After": "10"}, reason="rest_deadline")

    def _leave(self, client: str) -> None:
        self.running[client] -= 1
        if not self.running[client]:
            del self.running[client]

    def _refusal(self, client: str) -> ApiError | None:
        again = {"Retry-After": "1"}
        if self.running[client] >= self.settings.rest_per_address:
            detail = f"{self.settings.rest_per_address} requests of this address are under way; wait for one of them."
            return ApiError(429, detail, headers=again, reason="rest_address")
        if self.running.total() >= self.settings.rest_running:
            detail = f"{self.settings.rest_running} requests are under way; try again soon."
            return ApiError(503, detail, headers=again, reason="rest_busy")
        return None


def _forget(work: asyncio.Future[None]) -> None:
    """Nobody waits for it any more; an error of it has no reader."""
    with contextlib.suppress(asyncio.CancelledError):
        work.exception()
