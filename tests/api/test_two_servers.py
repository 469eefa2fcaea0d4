"""Two servers on one data folder: one writes, the other follows, refuses writes, and takes over."""

from __future__ import annotations

import time
from pathlib import Path

import httpx
import pytest
from pyoxigraph import Store

from tests.api.running import run, running
from tests.api.writing import Desk, bare, desk

FOLLOWS = (
    "WARNING api.served: another server writes in this data folder: this one follows its edits, and refuses writes"
    " until it has ended"
)
TAKES_OVER = "WARNING api.served: the other server has ended: this one writes in the data folder from now on"
VALUES = "SELECT ?o { GRAPH <http://e/g> { ?s ?p ?o } } ORDER BY ?o"


def _insert(held: Desk, value: int) -> httpx.Response:
    return held.update(f"INSERT DATA {{ GRAPH <http://e/g> {{ <http://e/s> <http://e/p> {value} }} }}")


def _comes(held: Desk, expected: list[list[str]]) -> None:
    until = time.monotonic() + 20
    while (rows := held.rows(VALUES)) != expected and time.monotonic() < until:
        time.sleep(0.1)
    assert rows == expected


@pytest.mark.parametrize("killed", [False, True])
def test_a_second_server_follows_refuses_and_takes_over(tmp_path: Path, killed: bool) -> None:
    key = bare(tmp_path)
    with running("--data", str(tmp_path)) as one:
        first = Desk(one, key)
        assert _insert(first, 1).status_code == 204
        with running("--data", str(tmp_path), expected=f"{FOLLOWS}\n{TAKES_OVER}") as two:
            second = Desk(two, key)
            assert second.rows(VALUES) == [["1"]]
            for value in range(2, 8):  # more than the checkpoints that are kept
                assert _insert(first, value).status_code == 204
            _comes(second, [[str(value)] for value in range(1, 8)])
            listed = httpx.get(f"{second.url}/api/v1/edits", headers={"Authorization": f"Bearer {key}"})
            assert listed.json()["total"] == 7
            began = time.monotonic()
            refused = [_insert(second, 9), second.store("PUT", "?graph=http://e/g", b"<a:a> <a:b> 1 .")]
            refused.append(httpx.delete(f"{second.url}/api/v1/edits/1", headers={"Authorization": f"Bearer {key}"}))
            for answer in refused:
                assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
                assert answer.json()["detail"].startswith("Another server writes in this folder")
            assert time.monotonic() - began < 5
            assert run("edits", "drop", "7", "--data", str(tmp_path)).returncode == 0  # by the first
            _comes(second, [[str(value)] for value in range(1, 7)])
            (one.process.kill if killed else one.process.terminate)()
            one.process.wait(30)
            until = time.monotonic() + 20
            while (answer := _insert(second, 7)).status_code == 503 and time.monotonic() < until:
                time.sleep(0.2)
            assert (answer.status_code, answer.headers["x-edit"]) == (204, "9")
            assert second.rows(VALUES) == [[str(value)] for value in range(1, 8)]
            assert run("edits", "drop", "--last", "--data", str(tmp_path)).returncode == 0  # by the second
            assert second.rows(VALUES) == [[str(value)] for value in range(1, 7)]
    with desk(tmp_path, key) as held:
        assert held.rows(VALUES) == [[str(value)] for value in range(1, 7)]


def test_a_live_store_that_does_not_open_makes_writes_fail_at_once_and_is_tried_again(tmp_path: Path) -> None:
    key = bare(tmp_path)
    with desk(tmp_path, key) as held:
        assert _insert(held, 1).status_code == 204
    live = next(tmp_path.glob("generations/*/edits/live"))
    taken = Store(str(live))  # its lock is ours
    locked = f"IO error: While lock file: {live}/LOCK: Resource temporarily unavailable"
    said = f"ERROR api.served: edits cannot be written, those there are served: {locked}"
    with running("--data", str(tmp_path), expected=said) as one:
        held = Desk(one, key)
        assert held.rows(VALUES) == [["1"]]
        began = time.monotonic()
        answer = _insert(held, 2)
        assert (answer.status_code, answer.json()["detail"].startswith("The edits cannot be written")) == (503, True)
        assert time.monotonic() - began < 5
        del taken
        until = time.monotonic() + 40
        while (answer := _insert(held, 2)).status_code == 503 and time.monotonic() < until:
            time.sleep(0.5)
        assert answer.status_code == 204
        assert one.log().count(said) == 1


def test_a_follower_reads_on_while_the_other_writes(tmp_path: Path) -> None:
    """What it reads is not tidied away, and no answer goes back in time."""
    key = bare(tmp_path)
    with running("--data", str(tmp_path)) as one, running("--data", str(tmp_path), expected=FOLLOWS) as two:
        first, second = Desk(one, key), Desk(two, key)
        seen = 0
        for value in range(40):
            assert _insert(first, value).status_code == 204
            now = len(second.rows(f"SELECT ?o {{ GRAPH <http://e/g> {{ ?s ?p ?o }} FILTER(?o < 1000 + {value}) }}"))
            assert now >= seen
            seen = now
        _comes(second, [[str(value)] for value in range(40)])
        kept = list(tmp_path.glob("generations/*/edits/checkpoints/*"))
        assert len(kept) < 8
        two.process.terminate()
        two.process.wait(30)
