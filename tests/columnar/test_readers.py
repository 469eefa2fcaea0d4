"""Readers that hold columns, through the pool: who answered, the limits, and what is left to the engine."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.readers import Dataset, QueryError, Question, ReaderLimits, ReaderPool, ResultTooLargeError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forked readers need Linux")

JSON, CSV, XML = "application/sparql-results+json", "text/csv", "application/sparql-results+xml"
E = "http://e.org/"
LIMITS = ReaderLimits(seconds=10, replica_quads=1_000_000)
COUNT = f"SELECT ?b (COUNT(?a) AS ?n) {{ ?a <{E}p> ?b }} GROUP BY ?b ORDER BY ?b"
ROWS = f"SELECT ?a ?b {{ ?a <{E}p> ?b }}"
GRAPH = f"CONSTRUCT {{ ?b <{E}of> ?a }} {{ ?a <{E}p> ?b }}"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("columnar") / "store"
    made = Store(str(path))
    made.bulk_extend(Quad(NamedNode(f"{E}{n}"), NamedNode(E + "p"), NamedNode(f"{E}to{n % 7}")) for n in range(4_000))
    made.bulk_extend(Quad(NamedNode(f"{E}{n}"), NamedNode(E + "n"), Literal(n)) for n in range(1_000))
    made.flush()
    return path


def _with_pool(store: Path, work: Callable[[ReaderPool], Awaitable[None]], limits: ReaderLimits = LIMITS) -> None:
    async def run() -> None:
        async with ReaderPool(store, 1, limits) as pool, asyncio.timeout(30):
            while not (pool.in_memory and len(pool.pids) == pool.size):
                await asyncio.sleep(0.02)
            await work(pool)

    asyncio.run(run())


def test_columns_answer_from_memory_and_the_engine_on_the_disk(store: Path) -> None:
    async def work(pool: ReaderPool) -> None:
        held = await pool.query(COUNT, CSV)
        small = await pool.query(f"SELECT ?a {{ ?a <{E}n> 5 }}", CSV)
        async with ReaderPool(store, 1) as disk:
            plain = await disk.query(COUNT, CSV)
        assert (held.by, plain.by, small.by) == ("columns", "engine", "engine")
        assert (held.body, held.rows) == (plain.body, plain.rows)
        assert held.timing is not None

    _with_pool(store, work)


def test_columns_can_be_switched_off(store: Path) -> None:
    async def work(pool: ReaderPool) -> None:
        assert (await pool.query(COUNT, CSV)).by == "engine"

    _with_pool(store, work, replace(LIMITS, columns=False))


def test_what_columns_do_not_do_goes_to_the_engine(store: Path) -> None:
    async def work(pool: ReaderPool) -> None:
        for question in (
            Question(COUNT, XML),
            Question(COUNT, JSON, dataset=Dataset(default_graphs=[E + "none"])),
            Question(f"SELECT ?a ?p {{ ?a ?p <{E}to1> }}", JSON),
        ):
            assert (await pool.ask(question)).by == "engine"
        with pytest.raises(QueryError):
            await pool.query(COUNT + " nonsense", JSON)
        with pytest.raises(QueryError):
            await pool.query(COUNT, "text/turtle")

    _with_pool(store, work)


def test_the_limits_of_an_answer_hold_for_columns(store: Path) -> None:
    async def work(pool: ReaderPool) -> None:
        for text, media_type in ((ROWS, JSON), (GRAPH, "text/turtle")):
            with pytest.raises(ResultTooLargeError, match=r"more than 500 (rows|triples)"):
                await pool.query(text, media_type)
        with pytest.raises(ResultTooLargeError, match="larger than 10,000 bytes"):
            await pool.query(ROWS + " LIMIT 500", JSON)
        assert (await pool.query(ROWS + " LIMIT 100", CSV)).rows == 100

    _with_pool(store, work, replace(LIMITS, rows=500, answer_bytes=10_000))


def test_graphs_streams_and_times_come_from_columns_too(store: Path) -> None:
    async def work(pool: ReaderPool) -> None:
        drawn = await pool.query(GRAPH, "application/n-triples")
        assert (drawn.by, drawn.rows, drawn.body.count(b"\n")) == ("columns", 4_000, 4_000)
        explained = await pool.ask(Question(COUNT, JSON), mode="explain")
        assert (explained.by, explained.rows, explained.body) == ("columns", 7, b"")
        assert explained.timing is not None
        assert explained.timing.writing is not None
        answer = await pool.stream(Question(ROWS, JSON))
        body = answer.first + b"".join([part async for part in answer])
        await answer.close()
        assert answer.whole
        assert len(json.loads(body)["results"]["bindings"]) == 4_000

    _with_pool(store, work, replace(LIMITS, rows=4_000))
