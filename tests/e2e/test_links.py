"""A link gives others the same picture; the way from a search to a gap by keyboard alone; a browser without WebGL."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import chromium_path
from tests.e2e.visitor import Visitor, visit
from tests.visualisations.browser import FLAGS

pytestmark = pytest.mark.browser

_WITHOUT_GL: Final = ("--disable-gpu", "--disable-webgl", "--disable-webgl2", "--disable-3d-apis")
_MOST_TABS: Final = 150
_WRITTEN_MS: Final = 450  # a moved camera is written into the address when it has stood still
# What a reader has chosen: every field of the page with what it holds, and what is pressed.
_FIELDS: Final = """all => all.filter((field) => field.checkVisibility()).map((field) => [
    field.closest('label')?.innerText.replace(/[\\d,]+$/, '').trim() || field.getAttribute('aria-label') || field.innerText,
    field.matches('[type=checkbox], [type=radio]') ? field.checked : field.getAttribute('aria-pressed') ?? field.value])
    .filter(([, held]) => held !== false && held !== 'false' && held !== '')"""


def _part(page: Page, title: str) -> Locator:
    """A part of the filters, opened when it is shut."""
    part = page.locator("aside details").filter(has=page.locator("summary").get_by_text(title, exact=True))
    if part.get_attribute("open") is None:
        part.locator("summary").click()
    return part


def _facet(title: str) -> Callable[[Visitor], None]:
    """Tick the first choice of a part of the filters."""
    return lambda visitor: _part(visitor.page, title).get_by_role("checkbox").first.check()


def _switch(group: str, text: str) -> Callable[[Visitor], None]:
    return lambda visitor: visitor.page.get_by_role("group", name=group).get_by_text(text, exact=True).click()


def _years(visitor: Visitor) -> None:
    _part(visitor.page, "Years").get_by_role("slider").first.focus()
    for _ in range(3):
        visitor.page.keyboard.press("ArrowRight")


def _words(visitor: Visitor) -> None:
    visitor.page.get_by_label("Words in the name").fill("an")


def _select(visitor: Visitor) -> None:
    key = visitor.page.evaluate(
        "fetch('/api/v1/map' + location.search).then((a) => a.json()).then((m) => m.nodes.name.en[0])"
    )
    visitor.search(str(key)).first.click()


def _zoom(visitor: Visitor) -> None:
    visitor.page.get_by_role("button", name="Zoom in").click()


def _sort(visitor: Visitor) -> None:
    visitor.open("/map?view=table")
    visitor.page.get_by_role("button", name="Name").click()


# Each control of the map: the parameter of the address that it writes, and how it is worked.
_CONTROLS: Final[tuple[tuple[str, Callable[[Visitor], None]], ...]] = (
    ("kind", _facet("Kind")),
    ("tech", _facet("Technology")),
    ("tie", _facet("Kind of tie")),
    ("role", _facet("Role")),
    ("county", _facet("County")),
    ("from", _years),
    ("mode", _switch("Show", "Organisations only")),
    ("sel", _select),
    ("cam", _zoom),
    ("q", _words),
    ("view", _switch("View", "Table")),
    ("sort", _sort),
)


def _seen(visitor: Visitor) -> dict[str, Any]:
    """The picture as the page tells of it, and all that is chosen on it."""
    told = visitor.explorer()
    camera = told.pop("camera")
    fields = visitor.page.locator("main :is(input, select, [aria-pressed])").evaluate_all(_FIELDS)
    chips = visitor.page.get_by_role("list", name="Active filters").all_inner_texts()
    return told | {
        "camera": camera and {axis: round(at, 3) for axis, at in camera.items()},
        "fields": sorted(map(str, fields)),
        "chips": chips,
    }


def test_every_control_of_the_map_is_in_its_link(visitor: Visitor, browser: Browser) -> None:
    """Each control alone and one after another: the address tells it, and gives somebody else the same picture."""
    with visit(browser, visitor.server) as other:
        for name, act in _CONTROLS:
            visitor.open("/map")
            act(visitor)
            visitor.page.wait_for_url(f"**{name}=**")
            visitor.settle(_WRITTEN_MS)
            mine, link = _seen(visitor), visitor.page.url.removeprefix(visitor.server)
            other.open(link)
            assert _seen(other) == mine, link
            assert other.page.url.removeprefix(visitor.server) == link


def test_together_they_give_the_same_picture(visitor: Visitor, browser: Browser) -> None:
    visitor.open("/map")
    for name in ("kind", "tech", "sel", "cam"):
        dict(_CONTROLS)[name](visitor)
        visitor.page.wait_for_url(f"**{name}=**")
        visitor.settle(_WRITTEN_MS)
    mine, link = _seen(visitor), visitor.page.url.removeprefix(visitor.server)
    assert mine["nodes"] > 0
    assert mine["selected"]
    with visit(browser, visitor.server) as other:
        other.open(link)
        assert _seen(other) == mine


def _tab_to(page: Page, goal: Locator, key: str = "Tab") -> None:
    """Press Tab until the goal has the focus: what cannot be reached so is a fault."""
    for _ in range(_MOST_TABS):
        if goal.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError("not reached by keyboard")


def _to_a_gap(visitor: Visitor) -> Page:
    """From the front page to the pairs of a gap, without a mouse: search, profile, matrix, cell."""
    visitor.open("/")
    page = visitor.page
    page.keyboard.press("/")
    page.keyboard.type("chalmers")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/org/chalmers**")
    page.get_by_role("heading", level=1, name="Chalmers").wait_for(
        timeout=60_000
    )  # panels further down load when they are seen
    _tab_to(page, page.get_by_role("banner").get_by_role("link", name="Gaps"), "Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/gaps")
    visitor.settle()
    stop = page.get_by_role("grid").locator("[tabindex='0']")
    _tab_to(page, stop)
    _arrow_to(page, page.get_by_role("grid").locator("td.gap1, td.gap2, td.gap3").first)
    page.keyboard.press("Enter")
    page.wait_for_url("**cell=**")
    visitor.settle()
    expect(page.get_by_role("heading", level=2, name="Pairs in:")).to_be_focused()
    return page


def _arrow_to(page: Page, goal: Locator) -> None:
    """Walk over the matrix from its first cell, row after row, to the goal."""
    page.keyboard.press("Control+Home")
    place = "element => { const cells = [...element.parentElement.children].filter((cell) => cell.matches('td')); return [element.parentElement.rowIndex, cells.indexOf(element)] }"
    focused = page.locator(":focus")
    for _ in range(_MOST_TABS):
        (row, column), (at_row, at_column) = goal.evaluate(place), focused.evaluate(place)
        if (row, column) == (at_row, at_column):
            return
        down, right = (
            ("ArrowDown" if row > at_row else "ArrowUp"),
            ("ArrowRight" if column > at_column else "ArrowLeft"),
        )
        page.keyboard.press(down if row != at_row else right)
    raise AssertionError("the cell is not reached by arrow keys")


def test_from_a_search_to_a_gap_by_keyboard(visitor: Visitor) -> None:
    page = _to_a_gap(visitor)
    _tab_to(page, page.locator("article").first.get_by_role("link").first)


def test_from_a_gap_to_a_path_by_keyboard(visitor: Visitor) -> None:
    page = _to_a_gap(visitor)
    way = page.locator("article a[href^='/path?']").first
    _tab_to(page, way)
    page.keyboard.press("Enter")
    page.wait_for_url("**/path?**")
    visitor.settle()
    hops = page.get_by_role("main").get_by_role("button", name="Source")
    _tab_to(page, hops.first)
    page.keyboard.press("Enter")
    sources = (
        page.get_by_role("main").get_by_role("link").evaluate_all("all => all.map((link) => link.getAttribute('href'))")
    )
    assert any(source.startswith("http") and not source.startswith(visitor.server) for source in sources)


def test_a_browser_without_webgl_gets_the_map_by_itself(browser: Browser, server: str) -> None:
    """Chromium started without it, not a page that is lied to."""
    bare = browser.browser_type.launch(executable_path=chromium_path(), args=[*FLAGS, *_WITHOUT_GL])
    try:
        with visit(bare, server) as visitor:
            visitor.open("/map?tech=batteries")
            has = "document.createElement('canvas').getContext('webgl2') || document.createElement('canvas').getContext('webgl')"
            assert visitor.page.evaluate(f"Boolean({has})") is False
            assert visitor.explorer()["nodes"] > 10
            expect(visitor.page.get_by_text("WebGL is missing")).to_be_visible()
            assert visitor.page.get_by_role("row").count() > 10
            assert visitor.grave() == []
    finally:
        bare.close()
