from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.e2e.visitor import Visitor, visit
from tests.visualisations.browser import chromium


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with chromium() as held:
        yield held


@pytest.fixture
def visitor(browser: Browser, server: str) -> Iterator[Visitor]:
    with visit(browser, server) as held:
        yield held
