from __future__ import annotations

from pathlib import Path

import pytest

from graph.columns import Columns
from graph.generation import DataFolder


@pytest.fixture(scope="session")
def demo_columns(demo_data: Path) -> Columns:
    """The columns of the demo that ships."""
    current = DataFolder(demo_data).current()
    assert current is not None
    return Columns.load(current.columns)
