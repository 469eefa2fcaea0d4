"""From the navigation to /map to the drawn network, in a fresh headless Chromium, with the page's own processor time."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

from playwright.sync_api import Browser, sync_playwright

from tests.benchmarks.rig import Rig
from tests.benchmarks.row import Row, SkippedError

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = ["--no-sandbox", "--no-first-run", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
_DRAWN = "() => (window.__explorer && window.__explorer.nodes > 0 ? performance.now() : false)"


def measure(rig: Rig) -> Iterator[Row]:
    path = next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        raise SkippedError("no Chromium on this machine (Debian: apt-get install chromium)")
    with rig.server() as (address, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        taken = [_draw(browser, f"{address}/map") for _ in range(rig.runs)]
        browser.close()
    yield Row.of("first picture in the browser", [wall for wall, _ in taken], "ms")
    yield Row.of("first picture, processor time of the page", [busy for _, busy in taken], "ms")


def _draw(browser: Browser, address: str) -> tuple[float, float]:
    """Milliseconds since the navigation began, and of the page's main thread, with nothing in the cache."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Performance.enable")
    page.goto(address)
    wall = float(page.wait_for_function(_DRAWN).json_value())
    told = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
    context.close()
    return wall, told["TaskDuration"] * 1000
