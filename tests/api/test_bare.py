"""A bare store of other people's data has no technologies, payments or events: nothing that the pages ask for breaks on it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.api.running import COMMAND, running

_EMPTY = (
    "stats", "map", "map.csv", "map/packed", "map/communities", "map/places", "map/flows", "map/rows", "facets",
    "facets?tech=batteries", "flows", "flows.csv", "flows?technology=batteries", "flows/choices", "flows/sums",
    "compare/proposals", "time", "time.csv", "time/events", "sources", "sources.csv", "gaps/choices", "gaps/method",
    "gaps/venture-day", "gaps/newcomers", "gaps/brokers", "gaps/whitespace", "gaps/orphans", "gaps/deserts",
)  # fmt: skip
_REFUSED = ("time?technology=batteries", "gaps/matrix?technology=batteries", "gaps/pairs?technology=batteries")


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("bare") / "data"
    _init(folder)
    with running("--no-demo", "--data", str(folder)) as served:  # a warning of what is made beforehand would fail
        yield served.url


def _init(folder: Path) -> None:
    subprocess.run([*COMMAND, "init", "--plain", "--data", str(folder)], check=True, capture_output=True)


@pytest.mark.parametrize("path", _EMPTY)
def test_what_the_pages_ask_for_is_an_empty_answer(bare: str, path: str) -> None:
    assert httpx.get(f"{bare}/api/v1/{path}", timeout=60).status_code == 200


@pytest.mark.parametrize("path", _REFUSED)
def test_a_technology_that_nothing_has_is_refused_in_words(bare: str, path: str) -> None:
    answer = httpx.get(f"{bare}/api/v1/{path}", timeout=60)
    assert answer.status_code == 400
    assert "batteries" in answer.text
    assert answer.json()["parameter"] == "technology"
