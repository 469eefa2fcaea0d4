"""What holds on every page: the menu of a phone, the hints of a first visit, no English in Swedish, paper."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.visitor import visit

pytestmark = pytest.mark.browser

_CORE: Final = Path(__file__).parents[2] / "visualisations/web/src/core"
# One of each kind; add a page here as soon as it has an address.
SWEDISH: Final = (
    "/",
    "/map?sel=kth",
    "/map?view=table",
    "/map?view=geography",
    "/org/northvolt",
    "/effort/hybrit-initiative",
    "/tech/batteries",
    "/place/se-ab",
    "/gaps",
    "/gaps?view=method",
    "/path?a=kth&b=northvolt",
    "/flows",
    "/compare?a=place/se-ab&b=place/se-o",
    "/time?period=2021",
    "/query",
    "/query/build",
    "/review",
    "/about",
    "/about/data",
    "/about/method",
    "/nowhere",
)
PAPER: Final = (
    "/",
    "/map?tech=batteries",
    "/map?view=table&tech=batteries",
    "/org/kth",
    "/path?a=kth&b=ssab",
    "/gaps?view=brokers",
    "/gaps?view=method",
    "/flows",
    "/compare?a=place/se-ab&b=place/se-o",
    "/time?period=2021",
    "/query?question=CQ03",
    "/about/data",
)
# What paper cannot do: buttons to press, parts to scroll, ground as dark as a screen, a page wider than itself.
_ON_PAPER: Final = """() => {
  const found = [], ground = (style) => /^rgb\\((\\d+), (\\d+), (\\d+)\\)$/.exec(style.backgroundColor)?.slice(1).reduce((sum, part) => sum + Number(part), 0)
  for (const one of document.querySelectorAll('body, main *')) {
    if (!one.checkVisibility()) continue
    const style = getComputedStyle(one), box = one.getBoundingClientRect()
    if (ground(style) < 240 && box.height > 40 && box.width > 300) found.push(`dark ${one.outerHTML.slice(0, 80)}`)
    if (/auto|scroll/.test(style.overflow) && (one.scrollWidth > one.clientWidth + 2 || one.scrollHeight > one.clientHeight + 2)) found.push(`cut ${one.outerHTML.slice(0, 80)}`)
    if (one.matches('.button, input[type=search], nav')) found.push(`control ${one.outerHTML.slice(0, 80)}`)
  }
  return document.documentElement.scrollWidth > innerWidth + 1 ? [...found, 'wide'] : found
}"""
_TEXT: Final = """() => [document.title, document.body.innerText, ...[...document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')]
  .filter((one) => !one.closest('[lang=en]'))
  .flatMap((one) => ['aria-label', 'title', 'placeholder', 'alt'].map((name) => one.getAttribute(name) ?? ''))].join('\\n')"""

_BETWEEN: Final = """() => [document.querySelector('aside[aria-labelledby=hint]').getBoundingClientRect().bottom,
  document.querySelector('main').getBoundingClientRect().top]"""


def _sentences() -> set[str]:
    """Three words or more that only English has, between the holes of every sentence of the interface."""
    found: dict[str, set[str]] = {"en": set(), "sv": set()}
    for lang, held in found.items():
        for file in _CORE.rglob(f"*{lang}.ts"):
            if file.stem == lang or file.stem.endswith(f"-{lang}"):
                for said in re.findall(r"(?<=: )'((?:[^'\\]|\\.)*)'(?=[,}\n])", file.read_text("utf-8")):
                    held |= {part.strip(" .,:;()“”") for part in re.split(r"\{\w+\}", said.replace("\\'", "'"))}
    return {part for part in found["en"] - found["sv"] if len(re.findall(r"[^\W\d_]{2,}", part)) >= 3}


def test_no_english_sentence_shows_in_swedish(browser: Browser, server: str) -> None:
    sentences = _sentences()
    assert len(sentences) > 700
    found = []
    with visit(browser, server, lang="sv") as visitor:
        for path in SWEDISH:
            visitor.open(path)
            text = visitor.page.evaluate(_TEXT)
            found += [(path, said) for said in sentences if re.search(rf"(?<!\w){re.escape(said)}(?!\w)", text)]
            visitor.page.set_viewport_size({"width": 360, "height": 740})  # Swedish has the longer words
            visitor.settle()
            found += [(path, "scrolls sideways")] if visitor.scrolls_sideways() else []
            visitor.page.set_viewport_size({"width": 1280, "height": 860})
        visitor.errors = [error for error in visitor.errors if "404" not in error]
    assert found == []


def test_the_menu_of_a_phone_opens_closes_and_leads_on(browser: Browser, server: str) -> None:
    with visit(browser, server, width=360) as visitor:
        visitor.open("/about")
        page = visitor.page
        toggle, links = page.get_by_role("button", name="Menu"), page.get_by_role("navigation", name="Main")
        expect(links).to_be_hidden()
        toggle.focus()
        page.keyboard.press("Enter")
        expect(toggle).to_have_attribute("aria-expanded", "true")
        assert links.get_by_role("link").count() == 9
        assert visitor.grave() == []
        assert not visitor.scrolls_sideways()
        page.keyboard.press("Tab")
        expect(links.get_by_role("link").first).to_be_focused()
        page.keyboard.press("Escape")
        expect(links).to_be_hidden()
        expect(toggle).to_be_focused()
        toggle.click()
        page.get_by_role("heading", level=1).click(position={"x": 5, "y": 5}, force=True)
        expect(links).to_be_hidden()
        toggle.click()
        links.get_by_role("link", name="Time", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("What happened when")
        expect(links).to_be_hidden()
        visitor.settle()


@pytest.mark.parametrize("path", ["/", "/map"])
def test_a_hint_is_shown_until_it_is_dismissed_for_ever(browser: Browser, server: str, path: str) -> None:
    for dark, width in ((False, 1280), (True, 360)):
        with visit(browser, server, dark=dark, width=width, first=True) as visitor:
            visitor.open(path)
            hint = visitor.page.get_by_role("complementary", name="First time here?")
            expect(hint).to_be_visible()
            assert visitor.grave() == []
            assert not visitor.scrolls_sideways()
            lower, upper = visitor.page.evaluate(_BETWEEN)
            assert lower <= upper  # it covers nothing
            hint.get_by_role("button", name="Got it").focus()
            visitor.page.keyboard.press("Escape" if dark else "Enter")
            expect(hint).to_have_count(0)
            visitor.open(path)
            expect(visitor.page.get_by_role("heading", level=1)).to_have_count(1)
            expect(hint).to_have_count(0)


def test_pages_can_be_printed_by_who_reads_in_the_dark(browser: Browser, server: str) -> None:
    found = {}
    with visit(browser, server, dark=True) as visitor:
        page = visitor.page
        for path in PAPER:
            visitor.open(path)
            page.set_viewport_size({"width": 718, "height": 1000})  # A4 with margins
            page.emulate_media(media="print")
            expect(page.get_by_role("banner")).to_be_hidden()
            if "/map" not in path:
                expect(page.get_by_role("heading", level=1)).to_be_visible()
            found[path] = page.evaluate(_ON_PAPER)
            page.emulate_media(media="screen")
            page.set_viewport_size({"width": 1280, "height": 860})
    assert {path: said for path, said in found.items() if said} == {}
