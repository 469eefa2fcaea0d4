"""Shared by all tests: the real demo in a data folder, built once, and a real server on it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from graph.generation import DataFolder
from ingest.run import ingest
from tests.api.running import running

# A busy machine is no fault of the code: nothing here is judged by the clock.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


_MOST_AT_ONCE = 4  # each has a server, its readers and a browser of its own


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """As many files at a time as there are processors; a few files that are named run in this process, which starts at once."""
    if all(Path(asked.partition("::")[0]).is_file() for asked in config.args):
        return 0
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, _MOST_AT_ONCE) if cores > 1 else 0


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder with the bundled source in it; do not write to it."""
    folder = tmp_path_factory.mktemp("demo-data")
    ingest(DataFolder(folder), "sweden")
    return folder


@pytest.fixture(scope="session")
def server(demo_data: Path) -> Iterator[str]:
    """The address of `cleantech serve` on the demo, without a slash at the end."""
    with running("--data", str(demo_data)) as served:
        yield served.url
