"""The time that connections may take: all of them are looked at, again and again."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from api.connection import ConnectionLimits
from api.protocol import CarefulProtocol

_LINGER = 2.0  # seconds for the other side to read the last words while what it still sends is thrown away
_HALF_CLOSED = 1.0  # seconds for an answer to begin after the client has said that it sends no more


async def watch(connections: Iterable[object], limits: ConnectionLimits) -> None:
    """Look at all connections, often enough for the shortest limit."""
    shortest = min(limits.idle, limits.head_seconds, limits.stall, limits.body, limits.answer, _HALF_CLOSED)
    loop = asyncio.get_running_loop()
    while True:
        await asyncio.sleep(shortest / 4)
        now = loop.time()
        for connection in list(connections):
            if isinstance(connection, CarefulProtocol):
                _look(connection, now)


def _look(connection: CarefulProtocol, now: float) -> None:
    """End what takes too long."""
    if connection.outlet.waiting:
        _look_at_reader(connection, now)
        return
    connection.taken_at = now
    limits, since = connection.limits, now - connection.since
    match connection.state:
        case "over" if not connection.busy and since > _LINGER:
            connection.transport.abort()
        case "head" if since > limits.head_seconds:
            connection.refuse(408, "slow_head", f"The head was not whole after {limits.head_seconds:g} s.")
        case "body":
            _look_at_body(connection, now)
        case "idle" if since > limits.idle:
            connection.transport.close()
    begun = connection.running is None or connection.running.response_started
    if connection.half_closed is not None and not begun and now - connection.half_closed > _HALF_CLOSED:
        connection.cut()


def _look_at_reader(connection: CarefulProtocol, now: float) -> None:
    taken = connection.outlet.taken
    if taken > connection.taken:
        connection.taken, connection.taken_at = taken, now
    elif now - connection.taken_at > connection.limits.answer:
        connection.refused("slow_reader")
        connection.cut()


def _look_at_body(connection: CarefulProtocol, now: float) -> None:
    cycle, limits = connection.cycle, connection.limits
    if connection.flow.read_paused or cycle.waiting_for_100_continue or connection.running is not cycle:
        connection.at = now  # it is not the client who waits
    if now - connection.at > limits.stall:
        connection.refuse(408, "slow_body", f"No byte of the body came for {limits.stall:g} s.")
    elif now - connection.since > limits.body:
        connection.refuse(408, "slow_body", f"The body was not whole after {limits.body:g} s.")
