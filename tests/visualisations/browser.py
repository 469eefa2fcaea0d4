"""A real Chromium that notes all that a page should not do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlparse

from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request, sync_playwright

from tests.browser import chromium_path

FLAGS = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass
class Noise:
    """Dialogs, errors and requests of one page; `requests` without its own address and data: URLs."""

    dialogs: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def watch(self, page: Page, own: str) -> None:
        """Note what this page does from now on."""
        page.on("dialog", self._dialog)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self._request(request, own))

    def _dialog(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.errors.append(message.text)

    def _request(self, request: Request, own: str) -> None:
        if request.url != own and urlparse(request.url).scheme not in ("data", "blob"):
            self.requests.append(request.url)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless browser without a sandbox, as a container wants it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(browser: Browser, file: Path, *, width: int = 1200, scheme: str = "light") -> Iterator[tuple[Page, Noise]]:
    """The exported page, drawn, from file:// with the network switched off."""
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        offline=True,
    )
    page, noise = context.new_page(), Noise()
    noise.watch(page, file.as_uri())
    page.goto(file.as_uri(), wait_until="load")
    page.wait_for_function("window.__network !== undefined")
    try:
        yield page, noise
    finally:
        context.close()
