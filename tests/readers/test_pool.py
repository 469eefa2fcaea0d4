from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.readers import (
    BusyError,
    DeadlineError,
    QueryError,
    ReaderDiedError,
    ReaderError,
    ReaderLimits,
    ReaderPool,
    Result,
    ResultTooLargeError,
    StoreError,
    ask_once,
)

JSON = "application/sparql-results+json"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
ALL = "SELECT ?s ?o { ?s ?p ?o }"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def _store(path: Path, size: int) -> Path:
    store = Store(str(path))
    link = NamedNode("http://example.org/p")
    store.bulk_extend(
        Quad(NamedNode(f"http://example.org/{number}"), link, Literal(f'{number},\r\n"{{}},{{"'))
        for number in range(size)
    )
    store.flush()
    return path


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _store(tmp_path_factory.mktemp("reader") / "store", 2_000)


def _run(
    store: Path, *queries: str, limits: ReaderLimits | None = None, media: str = JSON
) -> list[Result | ReaderError]:
    """Each answer or error in turn, from one pool."""

    async def ask() -> list[Result | ReaderError]:
        held: list[Result | ReaderError] = []
        async with ReaderPool(store, 1, limits or ReaderLimits(seconds=1)) as pool:
            for query in queries:
                try:
                    held.append(await pool.query(query, media))
                except ReaderError as error:
                    held.append(error)
        return held

    return asyncio.run(ask())


def test_a_question_has_its_answer(store: Path) -> None:
    result = ask_once(store, COUNT, JSON)
    assert b'"2000"' in result.body
    assert (result.rows, result.media_type, result.store) == (1, JSON, store)


def test_after_each_sort_of_failure_the_next_query_is_answered(store: Path) -> None:
    nested = "SELECT * { FILTER(" + "(" * 10_000 + "1" + ")" * 10_000 + ") }"
    failing = ["SELECT nonsense", SLOW, nested, "SELECT * { SERVICE <http://127.0.0.1:8000/> { ?s ?p ?o } }"]
    answers = _run(store, *[query for bad in failing for query in (bad, "ASK {}")])
    assert [type(answer) for answer in answers[::2]] == [QueryError, DeadlineError, ReaderDiedError, QueryError]
    assert all(isinstance(answer, Result) for answer in answers[1::2])


def test_sockets_are_shut(store: Path) -> None:
    async def sealed() -> bool:
        async with ReaderPool(store, 1) as pool:
            return pool.sealed

    if not asyncio.run(sealed()):
        pytest.skip("this system has no seccomp filter")
    (error,) = _run(store, "SELECT * { SERVICE <http://127.0.0.1:8000/> { ?s ?p ?o } }")
    assert isinstance(error, QueryError)
    assert "not permitted" in str(error)


@pytest.mark.parametrize("media", [JSON, "application/sparql-results+xml", "text/csv", "text/tab-separated-values"])
def test_rows_are_counted_exactly_in_every_format(store: Path, media: str) -> None:
    limits = ReaderLimits(rows=1_000)
    fits, over = _run(store, f"{ALL} LIMIT 1000", f"{ALL} LIMIT 1001", limits=limits, media=media)
    assert isinstance(fits, Result)
    assert isinstance(over, ResultTooLargeError)
    (few,) = _run(store, f"{ALL} LIMIT 7", media=media)
    assert isinstance(few, Result)
    assert few.rows >= 7


def test_triples_and_bytes_are_capped(store: Path) -> None:
    construct = "CONSTRUCT WHERE { ?s ?p ?o }"
    (over,) = _run(store, construct, limits=ReaderLimits(rows=1_999), media="text/turtle")
    assert isinstance(over, ResultTooLargeError)
    (large,) = _run(store, ALL, limits=ReaderLimits(answer_bytes=5_000))
    assert isinstance(large, ResultTooLargeError)
    (exact,) = _run(store, construct, limits=ReaderLimits(rows=2_000), media="text/turtle")
    assert isinstance(exact, Result)
    assert exact.rows == 2_000


def test_memory_is_capped(store: Path) -> None:
    doubled = " ".join(f"BIND(CONCAT(?x{step}, ?x{step}) AS ?x{step + 1})" for step in range(34))
    bomb = f"SELECT (STRLEN(?x34) AS ?n) {{ BIND('aaaaaaaaaaaaaaaa' AS ?x0) {doubled} }}"
    dead, alive = _run(store, bomb, "ASK {}", limits=ReaderLimits(seconds=20, memory=256 << 20))
    assert isinstance(dead, ReaderDiedError)
    assert dead.too_heavy
    assert isinstance(alive, Result)


def test_a_reader_that_somebody_kills_is_replaced(store: Path) -> None:
    async def ask() -> None:
        async with ReaderPool(store, 2) as pool:
            for _ in range(5):
                for pid in pool.pids:
                    os.kill(pid, signal.SIGKILL)
                assert (await pool.query("ASK {}", JSON)).rows == 1

    asyncio.run(ask())


def test_who_waits_too_long_or_in_too_long_a_queue_is_told(store: Path) -> None:
    async def ask() -> list[Result | BaseException]:
        async with ReaderPool(store, 1, ReaderLimits(seconds=1, waiting=2)) as pool:
            return await asyncio.gather(*(pool.query(SLOW, JSON) for _ in range(5)), return_exceptions=True)

    kinds = sorted(type(answer).__name__ for answer in asyncio.run(ask()))
    assert set(kinds) <= {"BusyError", "DeadlineError"}
    assert kinds.count("BusyError") >= 2
    assert BusyError.__name__ in kinds


def test_a_query_that_is_given_up_frees_its_reader(store: Path) -> None:
    async def ask() -> Result:
        async with ReaderPool(store, 1, ReaderLimits(seconds=60)) as pool:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(pool.query(SLOW, JSON), 0.2)
            return await asyncio.wait_for(pool.query("ASK {}", JSON), 20)

    assert asyncio.run(ask()).rows == 1


def test_switching_drops_no_query_under_way(store: Path, tmp_path: Path) -> None:
    other = _store(tmp_path / "store", 3)

    async def ask() -> tuple[Result, Result]:
        async with ReaderPool(store, 2, ReaderLimits(seconds=30)) as pool:
            long = asyncio.create_task(pool.query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }", JSON))
            await asyncio.sleep(0.05)
            await pool.switch(other)
            return await pool.query(COUNT, JSON), await long

    fresh, under_way = asyncio.run(ask())
    assert (b'"3"' in fresh.body, fresh.store) == (True, other)
    assert (b'"4000000"' in under_way.body, under_way.store) == (True, store)


def test_a_store_that_does_not_open_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        ask_once(tmp_path / "nope", "ASK {}", JSON)
