from __future__ import annotations

from pathlib import Path

import pytest

from tests.ingest.tabular.tables import Own


@pytest.fixture
def own(tmp_path: Path) -> Own:
    return Own(tmp_path)
