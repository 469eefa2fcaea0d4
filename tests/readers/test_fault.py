"""A fault of the engine is told as one, and not as a lack of memory."""

from __future__ import annotations

import asyncio
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.readers import ReaderDiedError, ReaderLimits, ReaderPool
from graph.readers_words import LastWords

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the last words are kept on Linux only")

SORTED = "SELECT ?o { ?s ?p ?o } ORDER BY ?o"
XSD = "http://www.w3.org/2001/XMLSchema#"


def _mixed(seed: int) -> Iterator[Quad]:
    """Values of so many kinds that pyoxigraph 0.5.13 loses the order among them and gives up."""
    chance = random.Random(seed)
    for number in range(300):
        kinds = [
            Literal(chance.randrange(50)),
            Literal(str(chance.randrange(50))),
            Literal(f"w{chance.randrange(99)}", language=chance.choice(["an", "bn"])),
            Literal(chance.random() * 50),
            Literal(f"20{chance.randrange(10, 30)}-01-01", datatype=NamedNode(f"{XSD}date")),
            Literal(chance.random() < 0.5),
            Literal(f"x{chance.randrange(40)}", datatype=NamedNode("http://e/t")),
        ]
        yield Quad(NamedNode(f"http://e/{number}"), NamedNode("http://e/p"), chance.choice(kinds))


@pytest.mark.parametrize("quads", [0, 1_000_000])
def test_an_order_that_the_engine_loses_is_its_fault(tmp_path: Path, quads: int) -> None:
    async def sort(path: Path) -> ReaderDiedError | None:
        async with ReaderPool(path, 1, ReaderLimits(replica_quads=quads)) as pool:
            while quads and not pool.in_memory:
                await asyncio.sleep(0.02)
            try:
                await pool.query(SORTED, "text/csv")
            except ReaderDiedError as error:
                assert (await pool.query("ASK {}", "text/csv")).rows == 1
                return error
            return None

    faults = []
    for seed in range(6):
        path = tmp_path / str(seed)
        store = Store(str(path))
        store.extend(_mixed(seed))
        store.flush()
        del store
        faults.append(asyncio.run(sort(path)))
    told = [fault for fault in faults if fault is not None]
    if not told:
        pytest.fail("the engine sorts these values now: take the words about it out of ReaderDiedError")
    assert all(fault.fault and not fault.too_heavy for fault in told)
    assert all("STR()" in str(fault) for fault in told)


def test_last_words_are_taken_once() -> None:
    words = LastWords()
    with open(words.fileno(), "w", closefd=False) as file:
        file.write("it was the engine")
    assert (words.take(), words.take()) == ("it was the engine", "")
