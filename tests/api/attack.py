"""`python -m tests.api.attack --url http://127.0.0.1:8000 --seconds 60`: hostile clients against a running server.

They keep a number of hostile queries and connections under way, while somebody from another address of the loopback asks
ordinary things and somebody watches /health. `attack()` gives the numbers to whoever wants them.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import ipaddress
import itertools
import json
import statistics
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from multiprocessing import get_context
from urllib.parse import urlsplit

import httpx

from tests.api.hostile import ENDLESS, GET, LARGE_ANSWER, MALFORMED, POST, QUERIES, Raw

_ORDINARY = (
    "ASK {}",
    "SELECT ?s { ?s a ?class } LIMIT 10",
    "SELECT (COUNT(*) AS ?n) { ?s a ?class }",
)
_FRIEND, _WATCHER = "127.0.0.2", "127.0.0.3"  # addresses of this machine: the server knows clients by address


@dataclass(frozen=True, slots=True)
class Report:
    """Seconds of `/health` (median, worst) and of ordinary queries; answers by status, `0` for a connection that ended
    without one, `lost` for one that the client gave up."""

    seconds: float
    health_asked: int
    health_median: float
    health_worst: float
    health_failed: int
    ordinary_answered: int
    ordinary_refused: int
    ordinary_median: float | None
    ordinary_worst: float | None
    hostile: dict[str, dict[str, int]]


@dataclass(slots=True)
class _Seen:
    until: float
    ordinary: list[float] = field(default_factory=list)
    refused: int = 0
    hostile: dict[str, Counter[str]] = field(default_factory=dict)

    @property
    def over(self) -> bool:
        return time.monotonic() > self.until

    def count(self, name: str, status: str) -> None:
        self.hostile.setdefault(name, Counter())[status] += 1


def attack(url: str, seconds: float = 60.0, queries: int = 50, connections: int = 20) -> Report:
    """Keep so many hostile queries and connections under way for so long. Only for a server on the loopback."""
    host = urlsplit(url).hostname or ""
    if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
        raise ValueError(f"{url} is not on this machine")
    return asyncio.run(_attack(url.rstrip("/"), seconds, queries, connections))


async def _attack(url: str, seconds: float, queries: int, connections: int) -> Report:
    seen = _Seen(time.monotonic() + seconds)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as aside:
        watching = asyncio.get_running_loop().run_in_executor(aside, _watch, url, seconds)
        await _all(url, seen, queries, connections)
        health, failed = await watching
    return Report(
        seconds=seconds,
        health_asked=len(health),
        health_median=statistics.median(health),
        health_worst=max(health),
        health_failed=failed,
        ordinary_answered=len(seen.ordinary),
        ordinary_refused=seen.refused,
        ordinary_median=statistics.median(seen.ordinary) if seen.ordinary else None,
        ordinary_worst=max(seen.ordinary, default=None),
        hostile={name: dict(sorted(counts.items())) for name, counts in sorted(seen.hostile.items())},
    )


async def _all(url: str, seen: _Seen, queries: int, connections: int) -> None:
    kinds = itertools.cycle(QUERIES)
    raws = itertools.cycle([*(("endless " + name, raw) for name, raw in ENDLESS.items()), *MALFORMED.items()])
    slow = itertools.cycle(
        [("slow head", GET), ("slow body", POST + b"Content-Length: 9\r\n\r\n"), ("slow reader", LARGE_ANSWER)]
    )
    limits = httpx.Limits(max_connections=queries + 10)
    async with httpx.AsyncClient(base_url=url, timeout=60, limits=limits) as foe:
        jobs = [
            *(_again(seen, lambda: _ask(seen, foe, next(kinds))) for _ in range(queries)),
            *(_again(seen, lambda: _send(seen, url, *next(raws))) for _ in range(connections // 2)),
            *(_again(seen, lambda: _hold(seen, url, *next(slow))) for _ in range(connections - connections // 2)),
            _befriend(seen, url),
        ]
        await asyncio.wait([asyncio.ensure_future(job) for job in jobs], timeout=seen.until - time.monotonic() + 30)


async def _again(seen: _Seen, once: Callable[[], Awaitable[None]]) -> None:
    while not seen.over:
        try:
            await once()
        except OSError:
            seen.count("connections", "lost")
            await asyncio.sleep(0.5)


async def _ask(seen: _Seen, foe: httpx.AsyncClient, name: str) -> None:
    headers = {"Content-Type": "application/sparql-query"}
    try:
        answer = await foe.post("/sparql", content=QUERIES[name], headers=headers)
        seen.count(name, str(answer.status_code))
    except httpx.HTTPError:
        seen.count(name, "lost")
    await asyncio.sleep(0.05)  # who is refused at once would do nothing but ask again


async def _send(seen: _Seen, url: str, name: str, raw: Raw) -> None:
    place = urlsplit(url)
    reader, writer = await asyncio.open_connection(place.hostname, place.port)
    status = b"0"
    with contextlib.suppress(OSError):
        writer.write(raw.first)
        for _ in range(raw.times):
            writer.write(raw.more)
            await writer.drain()
    with contextlib.suppress(OSError, TimeoutError):
        status = (await asyncio.wait_for(reader.read(4_096), 20))[9:12] or b"0"
    seen.count(name, status.decode())
    writer.close()
    await asyncio.sleep(0.05)


async def _hold(seen: _Seen, url: str, name: str, first: bytes) -> None:
    """Begin, and then do nothing until the time is up or the server ends it."""
    place = urlsplit(url)
    reader, writer = await asyncio.open_connection(place.hostname, place.port, limit=1_024)
    writer.write(first)
    status = b"0"
    with contextlib.suppress(OSError, TimeoutError):
        left = max(seen.until - time.monotonic(), 0.1)
        if name == "slow reader":
            await asyncio.sleep(min(left, 40))
        else:
            status = (await asyncio.wait_for(reader.read(100), min(left, 40)))[9:12] or b"0"
    seen.count(name, status.decode())
    writer.close()


def _watch(url: str, seconds: float) -> tuple[list[float], int]:
    """Seconds of each look at /health, and how many failed. In a process of its own: this one is busy attacking."""
    held, failed, until = [], 0, time.monotonic() + seconds
    transport = httpx.HTTPTransport(local_address=_WATCHER)
    with httpx.Client(base_url=url, transport=transport, timeout=30) as watcher:
        while time.monotonic() < until:
            begun = time.monotonic()
            try:
                failed += watcher.get("/health").status_code != httpx.codes.OK
            except httpx.HTTPError:
                failed += 1
            held.append(time.monotonic() - begun)
            time.sleep(0.05)
    return held, failed


async def _befriend(seen: _Seen, url: str) -> None:
    transport = httpx.AsyncHTTPTransport(local_address=_FRIEND)
    async with httpx.AsyncClient(base_url=url, transport=transport, timeout=60) as friend:
        for query in itertools.cycle(_ORDINARY):
            if seen.over:
                return
            begun = time.monotonic()
            with contextlib.suppress(httpx.HTTPError):
                answer = await friend.get("/sparql", params={"query": query})
                if answer.status_code == httpx.codes.OK:
                    seen.ordinary.append(time.monotonic() - begun)
                else:
                    seen.refused += 1
            await asyncio.sleep(0.2)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.api.attack", description=__doc__)
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--queries", type=int, default=50)
    given = parser.parse_args()
    print(json.dumps(asdict(attack(given.url, given.seconds, given.queries)), indent=1))


if __name__ == "__main__":
    main()
