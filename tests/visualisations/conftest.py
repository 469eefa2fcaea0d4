from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from graph.generation import DataFolder
from ingest.run import ingest
from tests.visualisations.browser import chromium


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with chromium() as held:
        yield held


@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the map of the bundled source."""
    folder = tmp_path_factory.mktemp("demo")
    ingest(DataFolder(folder), "sweden")
    return folder
