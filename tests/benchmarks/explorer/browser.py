"""A fresh headless Chromium with software GL for each measurement, and the processor time and memory that it took."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import psutil
from playwright.sync_api import CDPSession, Page, sync_playwright

from tests.benchmarks.rig import FailedError
from tests.benchmarks.row import SkippedError

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
_FLAGS: Final = ("--no-sandbox", "--no-first-run", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")
_DRAWING: Final = ("renderer", "GPU")
_STEP: Final = 0.25
_REST: Final = 0.02  # seconds of processor time in a step, below which a page rests
_LONGEST: Final = 180.0


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of processor time: of the page's main thread, and of all processes that draw (page and software GL)."""

    page: float
    drawing: float

    def __sub__(self, other: Spent) -> Spent:
        return Spent(self.page - other.page, self.drawing - other.drawing)


@dataclass(frozen=True, slots=True)
class Watched:
    """A page, its own session of the browser's tools, and the browser's."""

    page: Page
    session: CDPSession
    browser: CDPSession

    def metrics(self) -> dict[str, float]:
        """What the browser tells of the page."""
        told = self.session.send("Performance.getMetrics")["metrics"]
        return {metric["name"]: float(metric["value"]) for metric in told}

    def spent(self) -> Spent:
        """Since the browser began; what the tools themselves took is left out of the page's."""
        told = self.metrics()
        processes = self.browser.send("SystemInfo.getProcessInfo")["processInfo"]
        drawing = sum(float(one["cpuTime"]) for one in processes if one["type"] in _DRAWING)
        return Spent(told["TaskDuration"] - told.get("DevToolsCommandDuration", 0.0), drawing)

    def rest(self) -> Spent:
        """Wait until page and software GL have nothing more to do; what was spent until then."""
        until = time.monotonic() + _LONGEST
        before = self.spent()
        while time.monotonic() < until:
            time.sleep(_STEP)
            now = self.spent()
            if now.page - before.page < _REST and now.drawing - before.drawing < _REST:
                return before
            before = now
        raise FailedError(f"the page did not rest within {_LONGEST:.0f} s")

    def memory_mb(self) -> float:
        """Resident memory of the processes that draw."""
        processes = self.browser.send("SystemInfo.getProcessInfo")["processInfo"]
        return sum(psutil.Process(one["id"]).memory_info().rss for one in processes if one["type"] in _DRAWING) / 1e6


@contextmanager
def watched() -> Iterator[Watched]:
    """An empty page in a browser of its own, 1440 by 900; SkippedError where there is no Chromium."""
    path = next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        raise SkippedError("no Chromium on this machine (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
        try:
            context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
            page = context.new_page()
            page.set_default_timeout(_LONGEST * 1000)
            session = context.new_cdp_session(page)
            session.send("Performance.enable", {"timeDomain": "threadTicks"})
            yield Watched(page, session, browser.new_browser_cdp_session())
        finally:
            browser.close()
