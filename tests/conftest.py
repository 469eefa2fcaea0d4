"""Shared by all tests: the real demo in a data folder, built once, and a real server on it."""

from __future__ import annotations

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
