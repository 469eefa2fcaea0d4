"""kill -9 at any time: what was acknowledged is there afterwards, and nothing is there by half."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from pathlib import Path

import httpx

from tests.api.writing import Desk, bare, desk

KILLS = 20
PAIRS = "SELECT ?n (COUNT(?g) AS ?halves) { VALUES ?g { <http://e/a> <http://e/b> } GRAPH ?g { ?s <http://e/n> ?n } } GROUP BY ?n"


def _whole(held: Desk) -> set[int]:
    rows = held.rows(PAIRS)
    assert all(halves == "2" for _, halves in rows)
    return {int(number) for number, _ in rows}


def _pair(number: int) -> str:
    """Two operations that belong together."""
    return "; ".join(
        f"INSERT DATA {{ GRAPH <http://e/{graph}> {{ <http://e/{number}> <http://e/n> {number} }} }}" for graph in "ab"
    )


def test_the_writer_is_killed_again_and_again(tmp_path: Path) -> None:
    folder, chance = tmp_path / "data", random.Random(1)
    key = bare(folder)
    acknowledged: set[int] = set()
    stop = threading.Event()

    def send(held: Desk, start: int) -> None:
        number = start
        while not stop.is_set():
            if held.update(_pair(number)).status_code == 204:
                acknowledged.add(number)
            number += 2

    with desk(folder, key) as held:
        threads = [threading.Thread(target=send, args=(held, start)) for start in (0, 1)]
        for thread in threads:
            thread.start()
        kills, until = 0, time.monotonic() + 120
        while kills < KILLS and time.monotonic() < until:
            time.sleep(chance.uniform(0.02, 0.4))
            for writer in held.writers():
                os.kill(writer.pid, signal.SIGKILL)
                kills += 1
        stop.set()
        for thread in threads:
            thread.join()
        assert kills >= KILLS
        assert acknowledged
        assert acknowledged <= _whole(held)
    with desk(folder, key) as again:
        assert acknowledged <= _whole(again)


def test_the_whole_server_is_killed_in_the_middle_of_a_stream(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    key = bare(folder)
    acknowledged: set[int] = set()
    for life in range(3):
        with desk(folder, key) as held:
            assert acknowledged <= _whole(held)
            timer = threading.Timer(0.7, held.running.process.kill)
            timer.start()
            number = life * 10_000
            try:
                while held.update(_pair(number)).status_code == 204:
                    acknowledged.add(number)
                    number += 1
            except httpx.TransportError:
                pass
            timer.join()
    assert len(acknowledged) > 3
    with desk(folder, key) as held:
        assert acknowledged <= _whole(held)
        assert held.update(_pair(99_999)).status_code == 204
