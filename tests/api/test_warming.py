"""What is made before anybody asks for it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from api.served import Snapshot
from api.warming import PARTS, Part, Warming
from graph.generation import DataFolder
from graph.profile import profile
from graph.profile_money import payments
from graph.profile_scope import taking_part


def _snapshot(folder: Path) -> Snapshot:
    generation = DataFolder(folder).current()
    assert generation is not None
    return Snapshot.load(generation)


def _told(part: Callable[[Snapshot], object], done: threading.Event) -> tuple[Part, ...]:
    def last(_: Snapshot) -> None:
        done.set()

    return part, last


def test_what_profiles_stand_on_is_there_before_the_first_visitor(demo_data: Path) -> None:
    snapshot = _snapshot(demo_data)
    assert len({part.__name__ for part in PARTS}) == len(PARTS)
    done = threading.Event()
    warming = Warming((*PARTS, *_told(lambda _: None, done)))
    warming.begin(snapshot)
    assert done.wait(60)
    warming.end()
    for made in (payments, taking_part):
        before = made.cache_info().misses
        made(snapshot.columns)
        assert made.cache_info().misses == before, made
    assert profile(snapshot.columns, "kth") is not None


def test_a_part_that_fails_is_logged_and_the_next_one_runs(demo_data: Path, caplog: pytest.LogCaptureFixture) -> None:
    def broken(_: Snapshot) -> None:
        raise ValueError("no such column")

    done = threading.Event()
    warming = Warming(_told(broken, done))
    with caplog.at_level(logging.ERROR):
        warming.begin(_snapshot(demo_data))
        assert done.wait(60)
        warming.end()
    assert "broken could not be made beforehand" in caplog.text


def test_an_edit_warms_nothing_again_and_the_end_begins_no_part(demo_data: Path) -> None:
    snapshot, begun, go = _snapshot(demo_data), threading.Event(), threading.Event()
    seen: list[str] = []

    def first(_: Snapshot) -> None:
        seen.append("first")
        begun.set()
        assert go.wait(60)

    def second(_: Snapshot) -> None:
        seen.append("second")

    warming = Warming((first, second))
    warming.begin(snapshot)
    assert begun.wait(60)
    warming.begin(snapshot)
    ending = threading.Thread(target=warming.end)
    ending.start()
    assert warming.ending.wait(60)
    go.set()
    ending.join()
    assert seen == ["first"]
