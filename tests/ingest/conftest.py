from __future__ import annotations

from pathlib import Path

import pytest

from graph.generation import DataFolder
from graph.node import Node
from ingest.lastrun import read_last
from ingest.run import ingest
from tests.ingest.folder import Tables


@pytest.fixture
def tables(tmp_path: Path) -> Tables:
    return Tables(tmp_path / "sweden")


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """A data folder into which the shipped source was ingested; not to be written to."""
    data = DataFolder(tmp_path_factory.mktemp("published"))
    ingest(data, "sweden")
    return data


@pytest.fixture(scope="session")
def nodes(published: DataFolder) -> dict[str, Node]:
    """What the shipped source gives, by key."""
    last = read_last(published, "sweden")
    assert last is not None
    return {node.key: node for node in last.said.nodes}
