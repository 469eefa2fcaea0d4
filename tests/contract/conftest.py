"""The service under test: a bare data folder served by the program, or the addresses given with --endpoints."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from tests.api.running import run, running
from tests.contract.service import Service


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--endpoints", metavar="QUERY,UPDATE,STORE", help="addresses of another service to hold to the W3C suite"
    )


@pytest.fixture(scope="session")
def service(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service with an empty store, all of whose graphs may be written."""
    given: str | None = pytestconfig.getoption("--endpoints", default=None)
    if given is not None:
        query, update, store = given.split(",")
        with httpx.Client(timeout=30) as client:
            yield Service(query, update, store, client)
        return
    folder = str(tmp_path_factory.mktemp("plain"))
    made = run("init", "--plain", "--data", folder)
    assert made.returncode == 0, made.stderr
    key = run("keys", "add", "test", "--scope", "admin", "--data", folder)
    assert key.returncode == 0, key.stderr
    headers = {"Authorization": f"Bearer {key.stdout.strip()}"}
    with running("--data", folder) as served, httpx.Client(timeout=30, headers=headers) as client:
        yield Service(f"{served.url}/sparql", f"{served.url}/sparql", f"{served.url}/graph-store", client)
