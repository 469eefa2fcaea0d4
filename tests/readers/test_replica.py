"""Readers that are forked from a copy of the store in memory."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import psutil
import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from graph.readers import (
    BusyError,
    DeadlineError,
    QueryError,
    Question,
    ReaderDiedError,
    ReaderLimits,
    ReaderPool,
    StoreError,
)
from graph.readers_replica import Replica, fits_in_memory

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forked readers need Linux")

JSON = "application/sparql-results+json"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
ALL = "SELECT * { ?s ?p ?o }"
LIMITS = ReaderLimits(seconds=5, replica_quads=1_000_000)


def _store(path: Path, size: int = 3_000) -> Path:
    store = Store(str(path))
    link = NamedNode("http://example.org/p")
    store.bulk_extend(Quad(NamedNode(f"http://example.org/{n}"), link, Literal(n)) for n in range(size))
    store.add(Quad(BlankNode("kept"), link, Literal("blank")))
    store.add_graph(NamedNode("http://example.org/empty"))
    store.flush()
    return path


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _store(tmp_path_factory.mktemp("replica") / "store")


async def _in_memory(pool: ReaderPool) -> None:
    async with asyncio.timeout(20):
        while not (pool.in_memory and len(pool.pids) == pool.size):
            await asyncio.sleep(0.02)


def _with_pool(store: Path, work: Callable[[ReaderPool], Awaitable[None]], limits: ReaderLimits = LIMITS) -> None:
    async def run() -> None:
        async with ReaderPool(store, 2, limits) as pool:
            await _in_memory(pool)
            await work(pool)

    asyncio.run(run())


def test_the_answers_are_those_of_the_disk(store: Path) -> None:
    queries = [ALL, "ASK { GRAPH <http://example.org/empty> {} }", "SELECT ?s { ?s ?p 'blank' }"]

    async def run() -> None:
        async with ReaderPool(store, 1) as disk, ReaderPool(store, 1, LIMITS) as memory:
            await _in_memory(memory)
            for query in queries:
                one, other = await disk.query(query, "text/csv"), await memory.query(query, "text/csv")
                assert sorted(one.body.splitlines()) == sorted(other.body.splitlines())
                assert other.store == store

    asyncio.run(run())


def test_a_fork_that_dies_or_takes_too_long_is_replaced(store: Path) -> None:
    nested = "SELECT * { FILTER(" + "(" * 10_000 + "1" + ")" * 10_000 + ") }"

    async def work(pool: ReaderPool) -> None:
        for query, error in (("nonsense", QueryError), (nested, ReaderDiedError)):
            with pytest.raises(error):
                await pool.query(query, JSON)
        with pytest.raises(DeadlineError):
            await pool.query(SLOW, JSON, seconds=0.2)
        for pid in pool.pids:
            os.kill(pid, signal.SIGKILL)
        assert (await pool.query("ASK {}", JSON)).body.endswith(b"true}")
        assert pool.in_memory
        assert pool.counts.deadlines == 1

    _with_pool(store, work)


def test_when_the_copy_is_lost_the_disk_answers_until_it_is_there_again(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.readers._QUIET_SECONDS", 0.1)

    async def work(pool: ReaderPool) -> None:
        holder = psutil.Process(pool.pids[0]).parent()
        assert holder is not None
        holder.kill()
        async with asyncio.timeout(10):
            while pool.in_memory and psutil.Process(pool.pids[0]).parent() == holder:
                assert (await pool.query("ASK {}", JSON)).body.endswith(b"true}")
        assert (await pool.query("ASK {}", JSON)).body.endswith(b"true}")
        await _in_memory(pool)

    _with_pool(store, work)


def test_sockets_are_shut_and_memory_is_capped(store: Path) -> None:
    doubled = " ".join(f"BIND(CONCAT(?x{step}, ?x{step}) AS ?x{step + 1})" for step in range(34))

    async def work(pool: ReaderPool) -> None:
        if pool.sealed:
            with pytest.raises(QueryError, match="not permitted"):
                await pool.query("SELECT * { SERVICE <http://127.0.0.1:8000/> { ?s ?p ?o } }", JSON)
        with pytest.raises(ReaderDiedError) as death:
            await pool.query(f"SELECT (STRLEN(?x34) AS ?n) {{ BIND('aaaaaaaaaaaaaaaa' AS ?x0) {doubled} }}", JSON)
        assert death.value.too_heavy

    _with_pool(store, work, ReaderLimits(seconds=20, memory=256 << 20, replica_quads=1_000_000))


def test_after_a_switch_the_disk_answers_until_the_new_store_is_in_memory(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.readers._QUIET_SECONDS", 0.2)
    other = _store(tmp_path / "other", 10)

    async def work(pool: ReaderPool) -> None:
        before = psutil.Process(pool.pids[0]).parent()
        await pool.switch(other)
        first = await pool.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "text/csv")
        assert (first.body.split()[-1], first.store) == (b"11", other)
        await _in_memory(pool)
        again = await pool.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "text/csv")
        assert again.body == first.body
        assert before is not None
        assert not before.is_running()

    _with_pool(store, work)


def test_a_query_under_way_ends_on_the_old_copy(store: Path, tmp_path: Path) -> None:
    other = _store(tmp_path / "other", 10)
    some = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }"

    async def work(pool: ReaderPool) -> None:
        under_way = asyncio.create_task(pool.query(some, "text/csv"))
        while not pool.busy:
            await asyncio.sleep(0.01)
        await pool.switch(other)
        old = await under_way
        assert old.body.split()[-1] == str(3_001**2).encode()
        assert old.store == store

    _with_pool(store, work, ReaderLimits(seconds=60, replica_quads=1_000_000))


def test_a_store_that_is_too_large_stays_on_the_disk(store: Path) -> None:
    assert fits_in_memory(store, 1_000_000)
    assert not fits_in_memory(store, 10)


def test_a_folder_that_is_no_store_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        asyncio.run(Replica.load(tmp_path / "nothing"))


@pytest.mark.parametrize("quads", [0, 1_000_000])
def test_a_long_answer_comes_in_pieces(store: Path, quads: int) -> None:
    long = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 200000"

    async def run() -> None:
        async with ReaderPool(store, 2, ReaderLimits(seconds=30, rows=10, replica_quads=quads)) as pool:
            if quads:
                await _in_memory(pool)
            answer = await pool.stream(Question(long, "text/csv"))
            with pytest.raises(BusyError):
                await pool.stream(Question(long, "text/csv"))
            await asyncio.sleep(0.3)  # nobody takes it: the reader waits, and this process holds little of it
            pieces = [answer.first, *[piece async for piece in answer]]
            await answer.close()
            assert b"".join(pieces).count(b"\n") == 200_001
            assert len(pieces) > 100
            cut = await pool.stream(Question(long, "text/csv"))
            await cut.close()
            assert (await pool.query("ASK {}", JSON)).rows == 1
            with pytest.raises(QueryError):
                await pool.stream(Question("nonsense", "text/csv"))
            short = await pool.stream(Question("SELECT * { ?s ?p 'blank' }", "text/csv"))
            assert short.whole
            await short.close()
            async with asyncio.timeout(10):
                while len(pool.pids) < 2:  # one was killed in the middle of its answer
                    await asyncio.sleep(0.02)

    asyncio.run(run())
