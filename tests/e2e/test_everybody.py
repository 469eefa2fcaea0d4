"""For everybody: assistive technology, themes, phones."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.e2e.visitor import visit

pytestmark = pytest.mark.browser

PAGES = (
    "/",
    "/map",
    "/map?sel=kth",
    "/map?view=table&tech=batteries",
    "/org/kth",
    "/effort/hybrit-initiative",
    "/tech/batteries",
    "/place/se-ab",
    "/about",
    "/nowhere",
)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_no_serious_finding_of_axe(browser: Browser, server: str, path: str, dark: bool) -> None:
    with visit(browser, server, dark=dark) as visitor:
        visitor.open(path)
        found = visitor.grave()
        visitor.errors = [error for error in visitor.errors if "404" not in error or path != "/nowhere"]
    assert found == []


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_does_not_scroll_sideways(browser: Browser, server: str, path: str) -> None:
    with visit(browser, server, width=360) as visitor:
        visitor.open(path)
        assert not visitor.scrolls_sideways()
        visitor.errors = [error for error in visitor.errors if "404" not in error or path != "/nowhere"]


def test_the_language_and_the_theme_are_remembered(browser: Browser, server: str) -> None:
    with visit(browser, server) as visitor:
        visitor.open("/")
        visitor.page.get_by_role("button", name="Byt till svenska").click()
        visitor.page.get_by_role("button", name="mörka").click()
        visitor.open("/about")
        assert visitor.page.locator("html").get_attribute("lang") == "sv"
        assert visitor.page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
