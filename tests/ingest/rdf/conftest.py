from __future__ import annotations

from pathlib import Path

import pytest

from graph.generation import DataFolder
from tests.ingest.rdf.given import CARD, Given


@pytest.fixture
def given(tmp_path: Path) -> Given:
    """A folder with a card and no data yet."""
    made = Given(tmp_path / "theirs", DataFolder(tmp_path / "var"))
    made.write("source.toml", CARD)
    return made
