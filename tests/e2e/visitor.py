"""A visitor: one page of a real browser that notes what a page should not do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlparse

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request

_ACT_MS = 15_000
_LOAD_MS = 60_000  # a page on a busy machine: waiting for it is no judgement of it
_GRAVE = {"serious", "critical"}
_OF_COLOURS = ("color-contrast", "link-in-text-block")  # all that another theme can spoil
# Of rows, entries and cells alike the first and the last speak for all: axe takes half a minute for five hundred cards.
_FEW = """(few) => {
  const alike = ['li', 'tr', 'td', 'article', 'option', 'svg g', 'svg a'].map((one) => 'main ' + one).join()
  for (const one of document.querySelectorAll(few ? alike : '[data-alike]')) {
    const all = few ? [...one.parentElement.children].filter((each) => each.tagName === one.tagName) : []
    if (few && (all[0] === one || all.at(-1) === one)) continue
    one.style.display = few ? 'none' : ''
    one.toggleAttribute('data-alike', few)
  }
}"""
_AXE = "(options) => axe.run(document, options).then((told) => told.violations)"
_SEEN = "try { for (const n of ['home', 'map']) localStorage.setItem('cleantech-kg:hint-' + n, 'seen') } catch {}"
# Counts what the page has asked for and not yet read to its end.
_COUNT = """(() => {
  const ask = window.fetch
  window.__asked = 0
  window.fetch = (...asked) => {
    window.__asked++
    const answer = ask(...asked)
    answer.then((told) => told.clone().arrayBuffer()).catch(() => undefined).finally(() => window.__asked--)
    return answer
  }
})()"""
# At rest: nothing is asked for, no part of the page says that it loads, and that for a while (ms).
_RESTS = """(still) => {
  const busy = document.readyState !== 'complete' || window.__asked
    || document.querySelector('main .loading, main [aria-busy=true]:not(select)')
    || (location.pathname === '/map' && window.__explorer?.loading !== false)
  if (busy) delete window.__rests
  else window.__rests ??= performance.now()
  return !busy && performance.now() - window.__rests >= still
}"""
_STILL_MS = 60
_DRIVER = "GL Driver Message (OpenGL, Performance"  # software GL on the speed of reading pixels: not the page's doing


@dataclass
class Visitor:
    """`page` on `server`; `errors` of the console and the page, `foreign` requests to any host but the server."""

    page: Page
    server: str
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(_ACT_MS)
        self.page.set_default_navigation_timeout(_LOAD_MS)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and _DRIVER not in message.text:
            self.errors.append(message.text)

    def _request(self, request: Request) -> None:
        if urlparse(request.url).scheme not in ("data", "blob") and not request.url.startswith(self.server + "/"):
            self.foreign.append(request.url)

    def open(self, path: str) -> None:
        """Go to a path of the explorer and wait until it is drawn."""
        self.page.goto(self.server + path, wait_until="load")
        self.settle()

    def settle(self, still: int = _STILL_MS) -> None:
        """Wait until for so many milliseconds nothing loads and, on the map, the picture or the table is there."""
        self.page.evaluate("() => { delete window.__rests }")
        self.page.wait_for_function(_RESTS, arg=still, timeout=_LOAD_MS)

    def grave(self, only: tuple[str, ...] = (), besides: tuple[str, ...] = ()) -> list[tuple[str, list[str]]]:
        """What axe finds that is serious or worse: the rule, and the beginnings of the first elements. By all rules, by some `only`, or by all `besides` some."""
        if not self.page.evaluate("() => Boolean(window.axe)"):
            self.page.evaluate(Axe().axe_script)
        options = {"runOnly": only} if only else {"rules": {rule: {"enabled": False} for rule in besides}}
        violations = self.page.evaluate(_AXE, {"resultTypes": ["violations"], **options})
        return [
            (found["id"], [node["html"][:120] for node in found["nodes"][:3]])
            for found in violations
            if found["impact"] in _GRAVE
        ]

    def shuts_out(self, path: str) -> list[str]:
        """What keeps somebody out of a page with all its parts open: findings of axe in the light, in the dark and on a phone, which must not scroll sideways either.

        The page is loaded once, dark comes by the theme of the system, the phone by the size of the window.
        """
        self.page.set_viewport_size({"width": 1280, "height": 860})
        self.page.emulate_media(color_scheme="light")
        self.open(path)
        self.page.locator("main details").evaluate_all("all => all.forEach((one) => { one.open = true })")
        self.settle()
        self.page.evaluate(_FEW, True)
        found = [f"light {one}" for one in self.grave()]
        self.page.emulate_media(color_scheme="dark")
        self.settle()
        found += [f"dark {one}" for one in self.grave(only=_OF_COLOURS)]
        self.page.evaluate(_FEW, False)
        self.page.set_viewport_size({"width": 360, "height": 740})
        self.settle()
        found += ["phone scrolls sideways"] if self.scrolls_sideways() else []
        self.page.evaluate(_FEW, True)
        found += [f"phone {one}" for one in self.grave(besides=_OF_COLOURS)]
        return [f"{path}: {one}" for one in found]

    def explorer(self) -> dict[str, Any]:
        """What the map says of itself: nodes, edges, selected, view, camera."""
        told: dict[str, Any] = self.page.evaluate(
            "() => ({ ...window.__explorer, camera: window.__explorer.camera() })"
        )
        return told

    def query(self) -> str:
        """The query part of the address."""
        return urlparse(self.page.url).query

    def search(self, text: str) -> Locator:
        """Type into the page's search box; the suggestions."""
        box = self.page.get_by_role("combobox").first
        box.click()
        box.fill(text)
        options = self.page.get_by_role("option")
        options.first.wait_for()
        self.settle()
        return options

    def scrolls_sideways(self) -> bool:
        """Whether the page is wider than its window."""
        wide: bool = self.page.evaluate("() => document.documentElement.scrollWidth > window.innerWidth + 1")
        return wide


@contextmanager
def visit(
    browser: Browser, server: str, *, width: int = 1280, dark: bool = False, lang: str = "en", first: bool = False
) -> Iterator[Visitor]:
    """A visitor with a fresh profile, who has seen the hints unless it is the `first` visit; at the end the page must have been silent and must have stayed at home."""
    context = browser.new_context(
        viewport={"width": width, "height": 860 if width > 600 else 740},
        color_scheme="dark" if dark else "light",
        locale=lang,
        reduced_motion="reduce",
    )
    if not first:
        context.add_init_script(_SEEN)
    context.add_init_script(_COUNT)
    visitor = Visitor(context.new_page(), server)
    try:
        yield visitor
        assert visitor.errors == [], visitor.errors
        assert visitor.foreign == [], visitor.foreign
    finally:
        context.close()
