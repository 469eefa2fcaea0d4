from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.writing import bare, desk
from tests.ingest.wikidata.proxy import Proxy, proxy

DATA = Path(__file__).with_name("data.ttl")


@pytest.fixture(scope="session")
def wikidata_endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`cleantech serve` on a bare store that holds Wikidata-shaped data."""
    folder = tmp_path_factory.mktemp("wikidata")
    key = bare(folder)
    with desk(folder, key) as served:
        answer = served.store("PUT", "?default", DATA.read_bytes())
        assert answer.status_code in {201, 204}, answer.text
        yield f"{served.url}/sparql"


@pytest.fixture
def front(wikidata_endpoint: str) -> Iterator[Proxy]:
    """A proxy before the endpoint."""
    with proxy(wikidata_endpoint) as held:
        yield held
