from __future__ import annotations

from pathlib import Path

import pytest

from graph.build import rebuild
from graph.columns import Columns
from graph.generation import DataFolder, Generation
from graph.search import Search
from ingest.run import ingest
from ontology.terms import BASE
from tests.graph.sample import sample_sources

BUILT = "2026-11-23T12:00:00Z"


@pytest.fixture(scope="session")
def sample_generation(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    """The planted sample of the ontology, built and published."""
    return rebuild(DataFolder(tmp_path_factory.mktemp("sample")), sample_sources(), BASE, built=BUILT)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    """The Swedish demo that ships, ingested, built and published."""
    data = DataFolder(tmp_path_factory.mktemp("demo"))
    ingest(data, "sweden")
    current = data.current()
    assert current is not None
    return current


@pytest.fixture(scope="session")
def columns(demo: Generation) -> Columns:
    return Columns.load(demo.columns)


@pytest.fixture(scope="session")
def search(demo: Generation) -> Search:
    return Search(demo.search)


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "var")
